"""Receiving a report: the moment from which every clock of the law counts (FL 22 §)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shared.domain import calendar, transitions
from shared.domain.assessments import Answer
from shared.domain.attachments import Attachment, handed_over
from shared.domain.broken_rules import NotAllowed
from shared.domain.cases import AgeBand, Case, CaseKind, CasePerson, age_band, birth_date
from shared.domain.change import Action, Change
from shared.domain.flows import FLOWS
from shared.domain.ids import CaseId, FileId, ItemId
from shared.domain.own_law import AS_WRITTEN, OwnLaw
from shared.domain.places import Place, new_person
from shared.domain.principals import Principal
from shared.domain.reporters import may_have_feedback
from shared.domain.reports import Report
from shared.domain.transitions import Act, Said


@dataclass(frozen=True, slots=True)
class Filed:
    """What a sent form says that rules depend on, besides the snapshot itself."""

    child: CasePerson
    source: str
    snapshot: Mapping[str, Any]
    contact: Mapping[str, Any]
    acute: bool = False
    violence: Answer = Answer.UNKNOWN
    feedback_requested: bool = False
    born_estimate: AgeBand = AgeBand.UNKNOWN
    attachments: tuple[FileId, ...] = ()


def receive(
    filed: Filed,
    place: Place,
    *,
    report: ItemId,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
    attached: Sequence[Attachment] = (),
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """The report becomes a case with its two clocks running; `report` is the id the sender's receipt names.

    `by` is the logged-in reporter, else `NotAllowed`. `fresh` gives new random ids. The receipt instant is `now`, also
    at night and on holidays. An acute report tells the duty and the lead at once. What is `attached` becomes the
    case's own.
    """
    act = Act(Action.REPORT_RECEIVED, by, now, fresh, law)
    case = Case(
        id=CaseId(fresh()),
        rev=0,
        kind=CaseKind.OROSANMALAN,
        unit=place.unit,
        akt=place.akt,
        key=place.case_key,
        step=FLOWS[CaseKind.OROSANMALAN].first,
        opened_at=now,
        age_band=_band(filed, now),
        source=filed.source,
        person=filed.child,
        report=report,
        violence=filed.violence is Answer.YES,
        feedback_requested=filed.feedback_requested,
        attachments=tuple(one.id for one in attached),
    )
    begun = transitions.apply(case, act, Said(acute=filed.acute))
    files, stopped = handed_over(attached, case)
    told = replace(_report(filed, case, report, by), stopped_files=stopped)
    return transitions.change(act, begun, items=(*new_person(filed.child, place, fresh), told, *files))


def _report(filed: Filed, case: Case, id: ItemId, by: Principal) -> Report:
    if by.person is None:
        raise NotAllowed("a professional's report has a reporter")
    return Report(
        id=id,
        rev=0,
        case=case.id,
        key=case.key,
        reporter=by.person,
        organisation=by.organisation,
        received_at=case.opened_at,
        feedback_requested=filed.feedback_requested,
        snapshot=filed.snapshot,
        contact=filed.contact,
        acute=filed.acute,
        mandated=may_have_feedback(filed.source),
    )


def _band(filed: Filed, now: datetime) -> AgeBand:
    if filed.child.unborn:
        return AgeBand.UNBORN
    band = age_band(birth_date(filed.child.number), calendar.local_date(now))
    return filed.born_estimate if band is AgeBand.UNKNOWN else band
