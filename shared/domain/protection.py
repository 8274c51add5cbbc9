"""Making the immediate protection assessment (SoL 20:1): the first thing that happens to a report."""

from dataclasses import replace
from datetime import datetime

from shared.domain import access, deadlines
from shared.domain.assessments import ProtectionAssessment, ProtectionForm
from shared.domain.broken_rules import AlreadyDone, Incomplete
from shared.domain.cases import Case, Step
from shared.domain.change import Action, Change
from shared.domain.ids import ItemId
from shared.domain.principals import Principal

CLOCK = "skyddsbedomning"


def assess(
    case: Case, clock: deadlines.Deadline, form: ProtectionForm, *, id: ItemId, by: Principal, now: datetime
) -> Change:
    """The assessment is documented and its clock stops; the case waits for the preliminary assessment.

    Raises `NotAllowed` unless `by` is the assigned caseworker and a socionom, `AlreadyDone` when an
    assessment stands, `Incomplete` with the empty fields.
    """
    staff = access.demand_case_work(by, case)
    access.demand_socionom(by)
    if case.assessment is not None or case.step is not Step.SKYDDSBEDOMNING:
        raise AlreadyDone("a protection assessment stands")
    if missing := form.missing():
        raise Incomplete(*missing)
    assessment = ProtectionAssessment(
        id=id,
        rev=0,
        case=case.id,
        key=case.key,
        by=staff,
        received_at=case.opened_at,
        assessed_at=now,
        form=form,
    )
    after = replace(
        case,
        step=Step.FORHANDSBEDOMNING,
        assessment=id,
        clocks={**case.clocks, CLOCK: case.clocks[CLOCK].met(now)},
    )
    return Change(Action.PROTECTION_ASSESSED, by, now, (after,), (assessment, deadlines.met(clock, now)))
