"""Invitations as they are stored: case, standing and instants clear; who is invited to what, sealed."""

from datetime import date
from typing import Any, Final

from shared.domain.booking.invitations import Invitation, Standing, Terms
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.ids import CaseId, ItemId, KeyId, PersonIndex, StaffId, UnitId
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

COLLECTION: Final = "invitations"
_PART: Final = "invited"


def invitation_row(one: Invitation) -> Row:
    """The invitation; `code` is the keyed index of a code that is kept nowhere."""
    clear = {
        "case": one.case,
        "unit": one.unit,
        "standing": one.standing.value,
        "code": one.code,
        "letter": one.letter,
        "made_at": one.made_at,
        "expires_at": one.expires_at,
        "by": one.by,
        "tries": one.tries,
        "booking": one.booking,
    }
    invited = {
        "person": one.person,
        "name": one.name,
        "born": one.born,
        "service": one.terms.service,
        "staff": list(one.terms.staff),
        "forms": [form.value for form in one.terms.forms],
        "first": one.terms.first.isoformat(),
        "last": one.terms.last.isoformat(),
    }
    return Row(COLLECTION, one.id, one.rev, clear, one.key, {_PART: invited})


def invitation_key(document: Document) -> KeyId:
    """The key that seals the document's part: its case's."""
    return KeyId(str(document.fields["key"]))


def read_invitation(document: Document, sealing: Sealing) -> Invitation:
    """The whole invitation; its key is best loaded before."""
    fields: Any = document.fields
    key = invitation_key(document)
    invited = sealing.open(document, key, (_PART,))[_PART]
    return Invitation(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        unit=UnitId(fields["unit"]),
        standing=Standing(fields["standing"]),
        person=PersonIndex(invited["person"]),
        name=invited["name"],
        born=invited["born"],
        terms=Terms(
            invited["service"],
            tuple(invited["staff"]),
            tuple(map(MeetingForm, invited["forms"])),
            date.fromisoformat(invited["first"]),
            date.fromisoformat(invited["last"]),
        ),
        code=fields["code"],
        letter=ItemId(fields["letter"]),
        made_at=fields["made_at"],
        expires_at=fields["expires_at"],
        by=StaffId(fields["by"]),
        tries=fields["tries"],
        booking=ItemId(fields["booking"]) if fields["booking"] else None,
    )
