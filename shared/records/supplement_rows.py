"""Supplements and what is sent to them as they are stored: clear are ids and instants, every word lies sealed."""

from dataclasses import asdict
from typing import Any, Final

from shared.domain.ids import CaseId, FileId, ItemId, KeyId, PersonIndex, StaffId, UnitId
from shared.domain.supplements import IfNot, Standing, Supplement, Supplied, Supply, Wanted
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

SUPPLEMENTS: Final = "supplements"
SUPPLIES: Final = "supplies"


def supplement_row(one: Supplement) -> Row:
    """What is asked for."""
    return Row(
        SUPPLEMENTS,
        one.id,
        one.rev,
        {
            "case": one.case,
            "unit": one.unit,
            "applicant": one.applicant,
            "by": one.by,
            "asked_at": one.asked_at,
            "due": one.due,
            "sendings": one.sendings,
        },
        one.key,
        {"asked": {"if_not": one.if_not.value, "items": [asdict(item) for item in one.items]}},
    )


def supplement_key(document: Document) -> KeyId:
    """The key that seals the document's parts, of a supplement as of a sending."""
    return KeyId(str(document.fields["key"]))


def read_supplement(document: Document, sealing: Sealing) -> Supplement:
    """The whole supplement; its key is best loaded before."""
    fields: Any = document.fields
    key = supplement_key(document)
    asked = sealing.open(document, key, ("asked",))["asked"]
    return Supplement(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        unit=UnitId(fields["unit"]),
        applicant=PersonIndex(fields["applicant"]),
        by=StaffId(fields["by"]),
        asked_at=fields["asked_at"],
        due=fields["due"],
        if_not=IfNot(asked["if_not"]),
        items=tuple(map(_wanted, asked["items"])),
        sendings=fields["sendings"],
    )


def supply_row(one: Supply) -> Row:
    """What was sent."""
    return Row(
        SUPPLIES,
        one.id,
        one.rev,
        {
            "supplement": one.supplement,
            "case": one.case,
            "applicant": one.applicant,
            "at": one.at,
            "late": one.late,
            "read_at": one.read_at,
        },
        one.key,
        {"story": {"answers": [asdict(answer) for answer in one.answers]}},
    )


def read_supply(document: Document, sealing: Sealing) -> Supply:
    """The whole sending; its key is best loaded before."""
    fields: Any = document.fields
    key = supplement_key(document)
    sent = sealing.open(document, key, ("story",))["story"]
    return Supply(
        id=ItemId(document.id),
        rev=document.rev,
        supplement=ItemId(fields["supplement"]),
        case=CaseId(fields["case"]),
        key=key,
        applicant=PersonIndex(fields["applicant"]),
        at=fields["at"],
        late=fields["late"],
        answers=tuple(map(_supplied, sent["answers"])),
        read_at=fields["read_at"],
    )


def _wanted(kept: Any) -> Wanted:
    return Wanted(ItemId(kept["id"]), kept["name"], kept["words"], Standing(kept["standing"]), kept["again"])


def _supplied(kept: Any) -> Supplied:
    files = tuple(map(FileId, kept["files"]))
    return Supplied(ItemId(kept["item"]), files, kept["words"], cannot=kept["cannot"])
