"""How a case stands when somebody wants to do something in it: what is done already, and what is not there."""

from collections.abc import Callable, Mapping
from typing import Final

from shared.domain.cases import AppealState, Case, ClockState
from shared.domain.flow import Row, Takes

_DONE: Final[Mapping[Takes, Callable[[Case], bool]]] = {
    Takes.NO_REQUEST: lambda case: case.feedback_requested,
    Takes.NO_SUPPLEMENT: lambda case: case.supplement is not None,
    Takes.NO_APPEAL: lambda case: case.appeal is not None and case.appeal.again is None,
}
_THERE: Final[Mapping[Takes, Callable[[Case], bool]]] = {
    Takes.A_SUPPLEMENT: lambda case: case.supplement is not None,
    Takes.A_DECISION: lambda case: case.decision is not None,
    Takes.OWN_DECISION: lambda case: case.appeal is not None and case.appeal.decision == case.decision,
    Takes.IN_COURT: lambda case: case.appeal is not None and case.appeal.state is AppealState.HANDED_OVER,
    Takes.A_DISMISSAL: lambda case: case.appeal is not None and case.appeal.state is AppealState.DISMISSED,
    Takes.NOT_IN_COURT: lambda case: case.appeal is not None and case.appeal.on is None,
}


def done_before(case: Case, row: Row) -> bool:
    """Whether the act is done already, as what it takes and the deadlines that it meets tell."""
    clocks = (case.clocks[name] for name in row.stops if name in case.clocks)
    return any(_DONE[one](case) for one in row.takes if one in _DONE) or any(
        one.state is not ClockState.RUNNING for one in clocks
    )


def lacks(case: Case, row: Row) -> bool:
    """Whether something that the act is about is not there."""
    return any(not _THERE[one](case) for one in row.takes if one in _THERE)
