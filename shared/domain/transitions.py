"""How a case moves: the one place where a row of its flow is checked and applied."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from shared.domain import access, deadlines
from shared.domain.broken_rules import (
    AlreadyDone,
    AssessmentMissing,
    BrokenRule,
    Incomplete,
    LeadNeeded,
    NotAllowed,
    NotOpen,
)
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseClock, CaseKind, ClockState, Step
from shared.domain.change import Action, Change, Item
from shared.domain.deadlines import Deadline
from shared.domain.delegation import DECIDED, may_decide
from shared.domain.flow import Row, Takes, Way, When, Who
from shared.domain.flows import FLOWS
from shared.domain.ids import DeadlineId, StaffId
from shared.domain.municipality import Staff
from shared.domain.notices import Notice
from shared.domain.own_law import AS_THE_LAW, OwnLaw
from shared.domain.principals import Kind, Principal, Role
from shared.domain.reporters import may_have_feedback
from shared.domain.reports import Report
from shared.domain.standing import done_before, lacks
from shared.domain.telling import notices


@dataclass(frozen=True, slots=True)
class Act:
    """`by` does `action` at `now`; `fresh` gives new random ids. `law` is what the municipality has decided itself."""

    action: Action
    by: Principal
    now: datetime
    fresh: Callable[[], str]
    law: OwnLaw = field(default_factory=dict)

    @property
    def staff(self) -> StaffId:
        """The acting employee, or raises `NotAllowed`."""
        if self.by.staff is None:
            raise NotAllowed("not staff")
        return self.by.staff


@dataclass(frozen=True, slots=True)
class Said:
    """What is said with an act, as far as rules depend on it."""

    missing: tuple[str, ...] = ()
    """The fields of its form that are empty and may not be."""
    violence: bool = False
    violence_reason: str = ""
    acute: bool = False
    urgent: bool = False
    """Whether the application tells of something that can not wait."""
    complete: bool = False
    """Whether nothing is missing any more of what the applicant was asked for."""
    to: Staff | None = None
    """The colleague who gets the case."""
    report: Report | None = None
    """The case's report: it alone tells who the reporter is."""
    into: Case | None = None
    """The investigation that takes the report over."""
    until: date | None = None
    """The last day that a person has chosen for the deadlines that the act moves or starts."""
    since: datetime | None = None
    """The instant from which the deadlines that it starts count, when that is not now."""


NOTHING: Final = Said()


@dataclass(frozen=True, slots=True)
class Moved:
    """A case as it is after an act, with the deadlines that were stopped, moved and started and who is told."""

    case: Case
    items: tuple[Deadline | Notice, ...]


def possible(case: Case, by: Principal, on: date) -> tuple[Action, ...]:
    """The acts that `by` can begin in the case as it stands, on that Swedish date: what pages offer.

    What a form must say, and whether what it says takes a lead, is seen when it is sent.
    """
    return tuple(row.act for row in FLOWS[case.kind].rows if row.at and _broken(case, row, by, on) is None)


def demand_possible(case: Case, by: Principal, on: date, *acts: Action) -> None:
    """At least one of the acts is possible, or raises the rule that stops the first."""
    broken = [_broken(case, row_of(case.kind, act), by, on) for act in acts]
    if broken and None not in broken and broken[0] is not None:
        raise broken[0]


def demand(case: Case, action: Action, by: Principal, on: date, said: Said = NOTHING) -> None:
    """`by` may do this in the case on that Swedish date, saying this; or the broken rule.

    Order: the right person (`NotAllowed`), not done before (`AlreadyDone`), the case open and everything before it
    done (`NotOpen` or what is missing), and then what is said.
    """
    row = row_of(case.kind, action)
    if broken := _broken(case, row, by, on, said):
        raise broken
    for one in row.takes:
        if one in _IN_WHAT_IS_SAID:
            _IN_WHAT_IS_SAID[one](case, by, said)


def apply(case: Case, act: Act, said: Said = NOTHING, running: Sequence[Deadline] = (), **fields: Any) -> Moved:
    """The case after the act, or raises what `demand` raises.

    `running` are the deadlines that `stopping` names, as they are stored; `fields` is what else becomes of the case.
    """
    demand(case, act.action, act.by, local_date(act.now), said)
    return _moved(case, act, said, running, fields)


def follow(case: Case, act: Act) -> Moved:
    """The other case that an act reaches: begun by it, or open and told of it; raises `NotOpen` when it is not."""
    row = row_of(case.kind, act.action)
    if row.who is not Who.WITH_ANOTHER:
        raise ValueError(f"{act.action} is done in the case itself")
    if broken := _step_broken(case, row):
        raise broken
    return _moved(case, act, NOTHING, (), {})


def change(act: Act, *moved: Moved, items: tuple[Item, ...] = (), detail: str = "") -> Change:
    """Everything the act means, the case it was done in first."""
    brought = tuple(item for one in moved for item in one.items)
    return Change(act.action, act.by, act.now, tuple(one.case for one in moved), (*items, *brought), detail)


def stopping(case: Case, action: Action) -> tuple[DeadlineId, ...]:
    """The running deadlines of the case that the act may meet, move or cancel; none when it has no place in it."""
    row = FLOWS[case.kind].row(action)
    names = [*row.stops, *row.moves, *(name for way in row.ways for name in way.ends)] if row else []
    clocks = [case.clocks.get(name) for name in dict.fromkeys(names)]
    return tuple(one.deadline for one in clocks if one is not None and one.state is ClockState.RUNNING)


def deadline_of(case: Case, action: Action) -> str:
    """The name of the deadline that the act meets, met or moves in the case; raises `NotOpen` when there is none."""
    row = row_of(case.kind, action)
    names = (*row.stops, *row.moves)
    if not names:
        raise NotOpen(f"{action} meets no deadline")
    return next((name for name in names if name in case.clocks), names[0])


def row_of(kind: CaseKind, action: Action) -> Row:
    """The act's row, or raises `NotOpen` when such cases have no such act."""
    row = FLOWS[kind].row(action)
    if row is None:
        raise NotOpen(f"{action} has no place in {kind}")
    return row


# ── What stops an act ─────────────────────────────────────────────────────────────────────────────────────────────────


def _broken(case: Case, row: Row, by: Principal, on: date, said: Said = NOTHING) -> BrokenRule | None:
    """The rule that stops the act, as far as the case tells, and the report where it is there."""
    if row.who is Who.WITH_ANOTHER:
        return NotOpen(f"{row.act} comes with another case")
    if not _MAY[row.who](by, case, said):
        return NotAllowed(f"not {row.who}")
    if Takes.SOCIONOM in row.takes and not by.socionom:
        return NotAllowed("not a socionom")
    if Takes.DELEGATION in row.takes and not may_decide(by, DECIDED[row.act], on):
        return NotAllowed("not delegated")
    if Takes.REPORTER_WITH_A_RIGHT in row.takes and not may_have_feedback(case.source):
        return NotOpen("no reporter of SoL 19:1-19:3")
    return _step_broken(case, row)


def _step_broken(case: Case, row: Row) -> BrokenRule | None:
    if done_before(case, row):
        return AlreadyDone(row.act)
    if not row.at:
        return AlreadyDone(row.act) if case.clocks else None
    if not case.open and case.step not in row.at:
        return NotOpen("the case is closed")
    unwanted = Takes.A_CASEWORKER if case.assignee is None else Takes.NO_CASEWORKER
    if unwanted in row.takes:
        return AlreadyDone("the case has a caseworker, or none")
    if Takes.ASSESSMENT in row.takes and case.assessment is None:
        return AssessmentMissing("no protection assessment")
    return None if case.step in row.at and not lacks(case, row) else NotOpen(case.step)


def _every_field(_case: Case, _by: Principal, said: Said) -> None:
    if said.missing:
        raise Incomplete(*said.missing)


def _another_caseworker(case: Case, _by: Principal, said: Said) -> None:
    if said.to is None or not access.may_have(said.to, case):
        raise NotAllowed("not a colleague who works with reports")
    if said.to.id == case.assignee:
        raise AlreadyDone("the case is theirs already")


def _ongoing_investigation(case: Case, _by: Principal, said: Said) -> None:
    into = said.into
    if into is None or into.kind is not CaseKind.UTREDNING or into.step is not Step.UTREDNING or into.akt != case.akt:
        raise Incomplete("investigation")


def _lead_if_violence(_case: Case, by: Principal, said: Said) -> None:
    if not said.violence:
        return
    if not by.has(Role.TEAM_LEAD):
        raise LeadNeeded("violence is suspected")
    if not said.violence_reason.strip():
        raise Incomplete("violence_reason")


_IN_WHAT_IS_SAID: Final[Mapping[Takes, Callable[[Case, Principal, Said], None]]] = {
    Takes.EVERY_FIELD: _every_field,
    Takes.ANOTHER_CASEWORKER: _another_caseworker,
    Takes.ONGOING_INVESTIGATION: _ongoing_investigation,
    Takes.LEAD_IF_VIOLENCE: _lead_if_violence,
}
_MAY: Final[Mapping[Who, Callable[[Principal, Case, Said], bool]]] = {
    Who.REPORTER: lambda by, _case, _said: by.kind is Kind.REPORTER and by.person is not None,
    Who.RESIDENT: lambda by, _case, _said: by.kind is Kind.RESIDENT and by.person is not None,
    Who.UNIT: lambda by, case, _said: access.may_open(by, case),
    Who.CASEWORKER: lambda by, case, _said: access.is_caseworker(by, case),
    Who.DECIDER: lambda by, case, _said: access.may_decide(by, case),
    Who.LEAD: lambda by, case, _said: access.may_assign(by, case),
    Who.ASKER: lambda by, case, said: access.may_decide(by, case) or access.has_filed(by, said.report, case),
    Who.ITS_APPLICANT: lambda by, case, _said: access.may_follow(by, case),
    Who.SYSTEM: lambda by, _case, _said: by.kind is Kind.SYSTEM,
}


# ── What follows ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _moved(case: Case, act: Act, said: Said, running: Sequence[Deadline], fields: Mapping[str, Any]) -> Moved:
    row = row_of(case.kind, act.action)
    way = next(one for one in row.ways if _holds(one.when, case, said))
    if {one.id for one in running} != set(stopping(case, act.action)):
        raise ValueError("the stored deadlines are not those of the case")
    met = [one for one in running if one.name in {*row.stops, *way.meets}]
    off = [one for one in running if one.name in {*way.cancels, *way.starts} and one not in met]
    later = [deadlines.moved(one, said.until, act.now) for one in running if one.name in row.moves and said.until]
    started = _started(case, way, act, said)
    step = way.to or case.step
    clocks = {
        **case.clocks,
        **{one.name: case.clocks[one.name].met(act.now) for one in met},
        **{one.name: case.clocks[one.name].cancelled(act.now) for one in off},
        **{one.name: CaseClock(one.id, one.due) for one in (*later, *started)},
    }
    after = replace(case, step=step, open=step is not Step.AVSLUTAT, clocks=clocks, **fields)
    heard = [one for one in row.tells if _holds(one.when, case, said)]
    told = (one for tells in heard for one in notices(after, tells, by=act.by.staff, now=act.now, fresh=act.fresh))
    ended = (*(deadlines.met(one, act.now) for one in met), *(deadlines.cancelled(one, act.now) for one in off))
    return Moved(after, (*ended, *later, *started, *told))


def _holds(when: When, case: Case, said: Said) -> bool:
    facts = {
        When.ALWAYS: True,
        When.ACUTE: said.acute,
        When.URGENT: said.urgent,
        When.COMPLETE: said.complete,
        When.FEEDBACK_REQUESTED: case.feedback_requested,
        When.ENDED: not case.open,
    }
    return facts[when]


def _started(case: Case, way: Way, act: Act, said: Said) -> list[Deadline]:
    begun = []
    for name in way.starts:
        id, own = DeadlineId(act.fresh()), act.law.get(name, AS_THE_LAW)
        since = said.since or act.now
        one = deadlines.start(name, since, id=id, case=case.id, unit=case.unit, own=own, until=said.until)
        begun.append(one if said.since is None else deadlines.watched_from(one, act.now))
    return begun
