"""Making the immediate protection assessment (SoL 20:1): the first thing that happens to a report."""

from collections.abc import Callable, Sequence
from datetime import datetime

from shared.domain import transitions
from shared.domain.assessments import ProtectionAssessment, ProtectionForm
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.ids import ItemId
from shared.domain.principals import Principal
from shared.domain.transitions import Act, Said


def assess(
    case: Case,
    running: Sequence[Deadline],
    form: ProtectionForm,
    *,
    id: ItemId,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
) -> Change:
    """The assessment is documented and its clock stops; raises what the row of `PROTECTION_ASSESSED` demands.

    `running` are the stored deadlines that the act stops (`transitions.stopping`).
    """
    act = Act(Action.PROTECTION_ASSESSED, by, now, fresh)
    moved = transitions.apply(case, act, Said(missing=form.missing()), running, assessment=id)
    made = ProtectionAssessment(
        id=id,
        rev=0,
        case=case.id,
        key=case.key,
        by=act.staff,
        received_at=case.opened_at,
        assessed_at=now,
        form=form,
    )
    return transitions.change(act, moved, items=(made,))
