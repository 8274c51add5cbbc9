"""Receiving an application: the moment from which it must be dealt with (FL 9, 22 §§, SoL 14:2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from shared.domain import calendar, transitions
from shared.domain.applications import Application
from shared.domain.attachments import Attachment, handed_over
from shared.domain.broken_rules import NotAllowed
from shared.domain.cases import Case, CaseKind, CasePerson, age_band, birth_date
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.flows import FLOWS
from shared.domain.ids import CaseId, FileId, ItemId
from shared.domain.own_law import AS_WRITTEN, OwnLaw
from shared.domain.places import Place, new_person
from shared.domain.principals import Principal
from shared.domain.retention import Retention
from shared.domain.transitions import Act, Said

SOURCE: Final = "application"
"""How a case came in that somebody applied for."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a sent form says that rules depend on, besides the snapshot itself.

    `number` has 12 digits, or is empty when the login no longer tells it. `signals` name what may not wait.
    """

    kind: CaseKind
    form: str
    name: str
    number: str
    retention: Retention
    snapshot: Mapping[str, Any]
    contact: Mapping[str, Any]
    signals: tuple[str, ...] = ()
    attachments: tuple[FileId, ...] = ()


def receive(
    applied: Applied,
    place: Place,
    *,
    application: ItemId,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
    attached: Sequence[Attachment] = (),
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """The application becomes a case of its kind with its clocks running; `application` is the id the receipt names.

    `by` is the logged-in applicant, else `NotAllowed`. The receipt instant is `now`, also at night and on holidays.
    What may not wait has a shorter first clock and is told to the lead at once. What is `attached` becomes the case's.
    """
    act = Act(Action.APPLICATION_RECEIVED, by, now, fresh, law)
    who = CasePerson(name=applied.name, number=applied.number)
    case = Case(
        id=CaseId(fresh()),
        rev=0,
        kind=applied.kind,
        unit=place.unit,
        akt=place.akt,
        key=place.case_key,
        step=FLOWS[applied.kind].first,
        opened_at=now,
        age_band=age_band(birth_date(applied.number), calendar.local_date(now)),
        source=SOURCE,
        person=who,
        application=application,
        applicant=by.person,
        attachments=tuple(one.id for one in attached),
    )
    begun = transitions.apply(case, act, Said(urgent=bool(applied.signals)))
    files, stopped = handed_over(attached, case)
    sent = replace(_application(applied, case, application, by), stopped_files=stopped)
    return transitions.change(act, begun, items=(*new_person(who, place, fresh), sent, *files))


def _application(applied: Applied, case: Case, id: ItemId, by: Principal) -> Application:
    if by.person is None:
        raise NotAllowed("an application has an applicant")
    return Application(
        id=id,
        rev=0,
        case=case.id,
        key=case.key,
        applicant=by.person,
        kind=applied.kind,
        form=applied.form,
        received_at=case.opened_at,
        snapshot=applied.snapshot,
        contact=applied.contact,
        signals=applied.signals,
    )


def review(
    case: Case, running: Sequence[Deadline], *, by: Principal, now: datetime, fresh: Callable[[], str]
) -> Change:
    """Its caseworker has read the application and seen to what can not wait (SoL 14:2); raises what its row demands."""
    act = Act(Action.APPLICATION_REVIEWED, by, now, fresh)
    return transitions.change(act, transitions.apply(case, act, running=running))
