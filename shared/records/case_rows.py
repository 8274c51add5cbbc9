"""Cases, persons and akter as they are stored."""

from dataclasses import asdict
from datetime import date
from typing import Any

from shared.domain.cases import (
    AgeBand,
    AppealState,
    Case,
    CaseAppeal,
    CaseClock,
    CaseKind,
    CasePerson,
    CaseWithdrawal,
    ClockState,
    Step,
)
from shared.domain.ids import (
    AktId,
    CaseId,
    DeadlineId,
    FileId,
    ItemId,
    KeyId,
    PersonId,
    PersonIndex,
    StaffId,
    UnitId,
)
from shared.domain.matters import turn
from shared.domain.persons import Akt, Person
from shared.ports.store import Document, Value
from shared.records.rows import Row
from shared.records.sealing import Sealing


def case_row(case: Case) -> Row:
    """The case: what queues and clocks need lies clear, whom it is about and the list facts lie sealed."""
    return Row(
        "cases",
        case.id,
        case.rev,
        {
            "kind": case.kind.value,
            "unit": case.unit,
            "open": case.open,
            "step": case.step.value,
            "due": case.due,
            "assigned": case.assignee is not None,
            "assignee": case.assignee,
            "akt": case.akt,
            "opened_at": case.opened_at,
            "clocks": {
                name: {"deadline": one.deadline, "due": one.due, "state": one.state.value, "ended_at": one.ended_at}
                for name, one in case.clocks.items()
            },
            "report": case.report,
            "application": case.application,
            "assessment": case.assessment,
            "decision": case.decision,
            "appeal": None if case.appeal is None else _appeal(case.appeal),
            "withdrawn": None if case.withdrawn is None else _withdrawn(case.withdrawn),
            "continues_in": case.continues_in,
            "feedback_requested": case.feedback_requested,
            "attachments": list(case.attachments),
            "unheard": case.unheard,
            "supplement": case.supplement,
            "awaits": case.awaits,
            "news": case.news,
            "audit_number": case.audit_number,
            "audit_head": case.audit_head,
            **_followed(case),
        },
        case.key,
        {"list": {"age_band": case.age_band.value, "source": case.source}, "core": _core(case)},
    )


def _followed(case: Case) -> dict[str, Value]:
    """What the own matters are asked by. A case that nobody applied for has none of it, and is in no such index."""
    if case.applicant is None:
        return {}
    promised = None if case.promised is None else case.promised.isoformat()
    return {"applicant": case.applicant, "turn": turn(case).value, "promised": promised}


def read_promised(fields: Any) -> date | None:
    """The day by which the applicant was last told that it will be decided; None before any notice of delay."""
    promised = fields.get("promised")
    return date.fromisoformat(promised) if promised else None


def _appeal(appeal: CaseAppeal) -> dict[str, Value]:
    return {
        "id": appeal.id,
        "decision": appeal.decision,
        "received": appeal.received.isoformat(),
        "state": appeal.state.value,
        "on": None if appeal.on is None else appeal.on.isoformat(),
        "new": appeal.new,
        "added": None if appeal.added is None else appeal.added.isoformat(),
    }


def read_appeal(fields: Any) -> CaseAppeal | None:
    """What a case says clearly of its appeal, from its field; None where nothing is appealed."""
    if not fields:
        return None
    return CaseAppeal(
        ItemId(fields["id"]),
        ItemId(fields["decision"]),
        date.fromisoformat(fields["received"]),
        AppealState(fields["state"]),
        date.fromisoformat(fields["on"]) if fields["on"] else None,
        ItemId(fields["new"]) if fields.get("new") else None,
        date.fromisoformat(fields["added"]) if fields.get("added") else None,
    )


def _withdrawn(withdrawn: CaseWithdrawal) -> dict[str, Value]:
    return {"id": withdrawn.id, "letter": withdrawn.letter, "on": withdrawn.on.isoformat()}


def read_withdrawn(fields: Any) -> CaseWithdrawal | None:
    """What a case says clearly of its application being taken back, from its field; None where it was not."""
    if not fields:
        return None
    return CaseWithdrawal(ItemId(fields["id"]), ItemId(fields["letter"]), date.fromisoformat(fields["on"]))


def _core(case: Case) -> dict[str, object]:
    # "child" is how it has been stored since a case could be about a child only.
    return {"child": asdict(case.person), "violence": case.violence}


def case_key(document: Document) -> KeyId:
    """The key that seals the document's parts."""
    return KeyId(str(document.fields["key"]))


def read_case(document: Document, sealing: Sealing, *, whole: bool = True) -> Case:
    """The case from its document; with `whole` false whom it is about stays sealed (for lists)."""
    fields: Any = document.fields
    opened = sealing.open(document, case_key(document), ("list", "core") if whole else ("list",))
    core = opened.get("core", {"child": {}, "violence": False})
    return Case(
        id=CaseId(document.id),
        rev=document.rev,
        kind=CaseKind(fields["kind"]),
        unit=UnitId(fields["unit"]),
        akt=AktId(fields["akt"]),
        key=KeyId(fields["key"]),
        step=Step(fields["step"]),
        opened_at=fields["opened_at"],
        age_band=AgeBand(opened["list"]["age_band"]),
        source=opened["list"]["source"],
        person=CasePerson(**core["child"]),
        clocks={name: _clock(one) for name, one in fields["clocks"].items()},
        assignee=StaffId(fields["assignee"]) if fields["assignee"] else None,
        open=fields["open"],
        report=_item(fields["report"]),
        application=_item(fields.get("application")),
        applicant=PersonIndex(fields["applicant"]) if fields.get("applicant") else None,
        assessment=_item(fields["assessment"]),
        decision=_item(fields["decision"]),
        appeal=read_appeal(fields.get("appeal")),
        withdrawn=read_withdrawn(fields.get("withdrawn")),
        continues_in=CaseId(fields["continues_in"]) if fields["continues_in"] else None,
        violence=core["violence"],
        feedback_requested=fields["feedback_requested"],
        attachments=tuple(map(FileId, fields.get("attachments", ()))),
        unheard=fields.get("unheard", 0),
        supplement=_item(fields.get("supplement")),
        awaits=fields.get("awaits", False),
        news=fields.get("news", False),
        promised=read_promised(fields),
        audit_number=fields["audit_number"],
        audit_head=fields["audit_head"],
    )


def _clock(fields: Any) -> CaseClock:
    return CaseClock(DeadlineId(fields["deadline"]), fields["due"], ClockState(fields["state"]), fields["ended_at"])


def _item(value: str | None) -> ItemId | None:
    return ItemId(value) if value else None


def person_row(person: Person) -> Row:
    """The person: name and number lie sealed, nothing that identifies lies clear."""
    return Row(
        "persons",
        person.id,
        person.rev,
        {"akt": person.akt, "index": person.index},
        person.key,
        {"core": {"name": person.name, "number": person.number}},
    )


def person_index_row(person: Person) -> Row | None:
    """The pointer from a keyed index to the person: creating it twice fails, so one number is one person."""
    if person.index is None:
        return None
    return Row("person_index", person.index, 0, {"person": person.id, "akt": person.akt})


def akt_row(akt: Akt) -> Row:
    """The akt: no personal data at all."""
    return Row(
        "akter",
        akt.id,
        akt.rev,
        {"person": akt.person, "legal_hold": akt.legal_hold},
    )


def read_akt_of(document: Document) -> tuple[PersonId, AktId]:
    """Person and akt from a `person_index` document."""
    return PersonId(str(document.fields["person"])), AktId(str(document.fields["akt"]))
