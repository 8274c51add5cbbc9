"""Receiving a report: the moment from which every clock of the law counts (FL 22 §)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain import calendar, deadlines
from shared.domain.assessments import Answer
from shared.domain.cases import AgeBand, Case, CaseClock, CaseKind, Child, Step, age_band, birth_date
from shared.domain.change import Action, Change, Item
from shared.domain.ids import (
    AktId,
    CaseId,
    DeadlineId,
    ItemId,
    KeyId,
    NoticeId,
    OrganisationId,
    PersonId,
    PersonIndex,
    UnitId,
)
from shared.domain.notices import Notice, NoticeKind
from shared.domain.persons import Akt, Person
from shared.domain.principals import Principal, Role
from shared.domain.reports import Report


@dataclass(frozen=True, slots=True)
class Filed:
    """What a sent form says that rules depend on, besides the snapshot itself."""

    child: Child
    source: str
    snapshot: Mapping[str, Any]
    contact: Mapping[str, Any]
    acute: bool = False
    violence: Answer = Answer.UNKNOWN
    feedback_requested: bool = False
    born_estimate: AgeBand = AgeBand.UNKNOWN


@dataclass(frozen=True, slots=True)
class Place:
    """Where the report lands: the unit, and the child's akt, known or to be made.

    `case_key` seals the case. A child who is not known before has a `person_key`, which seals the person; both keys
    exist before their first data and belong to the akt.
    """

    unit: UnitId
    akt: AktId
    case_key: KeyId
    child: PersonIndex | None = None
    person_key: KeyId | None = None


def receive(
    filed: Filed, place: Place, *, report: ItemId, by: Principal, now: datetime, fresh: Callable[[], str]
) -> Change:
    """The report becomes a case with its two clocks running; `report` is the id the sender's receipt names.

    `by` is the logged-in reporter. `fresh` gives new random ids. The receipt instant is `now`, also at night
    and on holidays. An acute report tells the duty and the lead at once.
    """
    if by.person is None:
        raise ValueError("a professional's report has a reporter")
    case_id = CaseId(fresh())
    persons = _persons(filed.child, place, fresh)
    running = _clocks(case_id, place.unit, now, fresh)
    case = Case(
        id=case_id,
        rev=0,
        kind=CaseKind.OROSANMALAN,
        unit=place.unit,
        akt=place.akt,
        key=place.case_key,
        step=Step.SKYDDSBEDOMNING,
        opened_at=now,
        age_band=_band(filed, now),
        source=filed.source,
        child=filed.child,
        clocks={one.name: CaseClock(one.id, one.due) for one in running},
        report=report,
        violence=filed.violence is Answer.YES,
        feedback_requested=filed.feedback_requested,
    )
    told = _acute_notices(case, now, fresh) if filed.acute else ()
    written = _report(filed, case, report, by.person, by.organisation)
    return Change(Action.REPORT_RECEIVED, by, now, (case,), (*persons, written, *running, *told))


def _report(filed: Filed, case: Case, id: ItemId, reporter: PersonIndex, organisation: OrganisationId | None) -> Report:
    return Report(
        id=id,
        rev=0,
        case=case.id,
        key=case.key,
        reporter=reporter,
        organisation=organisation,
        received_at=case.opened_at,
        feedback_requested=filed.feedback_requested,
        snapshot=filed.snapshot,
        contact=filed.contact,
        acute=filed.acute,
    )


def _persons(child: Child, place: Place, fresh: Callable[[], str]) -> tuple[Item, ...]:
    if place.person_key is None:
        return ()
    person = PersonId(fresh())
    return (
        Person(person, 0, place.akt, place.person_key, child.name, child.number, place.child),
        Akt(place.akt, 0, person),
    )


def _clocks(case: CaseId, unit: UnitId, now: datetime, fresh: Callable[[], str]) -> tuple[deadlines.Deadline, ...]:
    return tuple(
        deadlines.start(name, now, id=DeadlineId(fresh()), case=case, unit=unit)
        for name in ("skyddsbedomning", "forhandsbedomning")
    )


def _band(filed: Filed, now: datetime) -> AgeBand:
    if filed.child.unborn:
        return AgeBand.UNBORN
    band = age_band(birth_date(filed.child.number), calendar.local_date(now))
    return filed.born_estimate if band is AgeBand.UNKNOWN else band


def _acute_notices(case: Case, now: datetime, fresh: Callable[[], str]) -> tuple[Notice, ...]:
    return tuple(
        Notice(NoticeId(fresh()), 0, case.unit, now, NoticeKind.ACUTE_REPORT, case.id, role=role, acute=True)
        for role in (Role.DUTY, Role.TEAM_LEAD)
    )
