"""Sending a letter in a case, and what happens to it afterwards: it is read, or printed and posted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from shared.domain import access, transitions
from shared.domain.assessments import Answer, ProtectionAssessment
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen, ProtectionFirst
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseKind, Step
from shared.domain.change import Action, Change
from shared.domain.ids import ItemId
from shared.domain.investigating import FOLLOW_UP
from shared.domain.letters import Addressed, How, Letter, LetterKind
from shared.domain.principals import Principal
from shared.domain.transitions import Act

_STEPS: Final[Mapping[LetterKind, frozenset[Step]]] = {
    LetterKind.REPORT_INVITATION: frozenset({Step.FORHANDSBEDOMNING}),
    LetterKind.INVESTIGATION_OPENED: frozenset({Step.UTREDNING}),
    LetterKind.COMMUNICATION: frozenset({Step.UTREDNING}),
    LetterKind.DELAY_NOTICE: frozenset(
        {Step.FORHANDSBEDOMNING, Step.UTREDNING, Step.FORSTA_GENOMGANG, Step.HANDLAGGNING}
    ),
    LetterKind.MEETING_INVITATION: frozenset(
        {Step.FORHANDSBEDOMNING, Step.UTREDNING, Step.UPPFOLJNING, Step.FORSTA_GENOMGANG, Step.HANDLAGGNING}
    ),
}
"""Where in a case a letter has its place."""
WITH_DECISION: Final = frozenset(
    {
        LetterKind.DECISION,
        LetterKind.INVESTIGATION_EXTENDED,
        LetterKind.INVESTIGATION_ENDED,
        LetterKind.FOLLOW_UP_STARTED,
        LetterKind.FOLLOW_UP_ENDED,
    }
)
"""What tells of the case's own latest decision, whose original goes with it; sent when the case has ended, too."""
_BESIDE: Final = WITH_DECISION | {LetterKind.MEETING_INVITATION}
"""Letters that are no step of the case's flow: its own caseworker sends them."""


def kinds(case: Case) -> list[LetterKind]:
    """The letters that fit the step the case has come to; a decision may be sent when the case has ended, too.

    An applicant gets the decision with the act that makes it.
    """
    fitting = [kind for kind, steps in _STEPS.items() if case.open and case.step in steps]
    if case.decision is None or case.application is not None:
        return fitting
    return [*_of_the_decision(case), *fitting, LetterKind.DECISION]


def _of_the_decision(case: Case) -> list[LetterKind]:
    """The letter in whose own words the latest decision of an investigation is told: its step says which it was."""
    if case.kind is not CaseKind.UTREDNING:
        return []
    if case.step is Step.AVSLUTAT:
        followed_up = FOLLOW_UP in case.clocks
        return [LetterKind.FOLLOW_UP_ENDED if followed_up else LetterKind.INVESTIGATION_ENDED]
    return [LetterKind.FOLLOW_UP_STARTED if case.step is Step.UPPFOLJNING else LetterKind.INVESTIGATION_EXTENDED]


def demand_sendable(case: Case, kind: LetterKind, by: Principal, on: date) -> None:
    """Raises the broken rule that stands in the letter's way on that Swedish date.

    What the row of `LETTER_SENT` demands, `ProtectionFirst` before the protection assessment of a report (SoL 20:1:
    where violence is suspected a letter home can be the danger), and `NotOpen` for a letter that does not fit the step.
    """
    if waits_for_protection(case) and access.is_caseworker(by, case):
        raise ProtectionFirst(kind)
    if kind not in _BESIDE:
        transitions.demand(case, Action.LETTER_SENT, by, on)
    elif not access.is_caseworker(by, case):
        raise NotAllowed("not the case's own caseworker")
    if kind not in kinds(case):
        raise NotOpen(kind)


def waits_for_protection(case: Case) -> bool:
    """Whether the protection assessment comes before every letter."""
    return case.step is Step.SKYDDSBEDOMNING


def takes_plan(case: Case, assessments: Sequence[ProtectionAssessment | None]) -> bool:
    """The same for a case: nobody's child is what somebody applies about for themselves."""
    return case.application is None and needs_plan(assessments)


def needs_plan(assessments: Sequence[ProtectionAssessment | None]) -> bool:
    """Whether an assessment does not say that the guardians may be contacted: a letter then takes a plan in writing.

    Where there is none, or one that can not be read (None), nobody has said so. The assessments are the case's own and
    those of the reports that an investigation took over.
    """
    return not assessments or any(
        one is None or one.form.guardians_may_be_contacted is not Answer.YES for one in assessments
    )


def send(
    case: Case,
    assessments: Sequence[ProtectionAssessment | None],
    kind: LetterKind,
    to: Mapping[ItemId, Addressed],
    how: How,
    *,
    plan: str,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
    promised: date | None = None,
) -> Change:
    """A letter of this kind to each recipient; the keys are the new letters' ids.

    `promised` is the day of the decision that a notice of delay promises an applicant. `plan` says how the child is
    safe when the letter arrives. Raises what `demand_sendable` raises, `ProtectionFirst` where a plan is needed and
    none is written, and `Incomplete` without a recipient.
    """
    demand_sendable(case, kind, by, local_date(now))
    if kind is LetterKind.MEETING_INVITATION:
        raise NotOpen("it goes with what its code opens: inviting")
    if takes_plan(case, assessments) and not plan.strip():
        raise ProtectionFirst(kind)
    if not to:
        raise Incomplete("recipients")
    act = Act(Action.LETTER_SENT, by, now, fresh)
    decision = case.decision if kind in WITH_DECISION else None
    letters = tuple(
        Letter(id, 0, case.id, case.key, case.unit, one.recipient, one.text, act.staff, now, how, plan, decision)
        for id, one in to.items()
    )
    if decision is not None:
        return Change(Action.DECISION_SENT, by, now, (case,), letters, kind.value)
    promising = kind is LetterKind.DELAY_NOTICE and case.applicant is not None
    told = replace(case, promised=promised) if promising else case
    return transitions.change(act, transitions.apply(told, act), items=letters, detail=kind.value)


def read(case: Case, letter: Letter, *, by: Principal, now: datetime) -> Change:
    """The recipient has opened the letter for the first time; `AlreadyDone` when it was opened before."""
    if letter.read_at is not None:
        raise AlreadyDone("read before")
    opened = replace(letter, read_at=now)
    return Change(Action.LETTER_READ, by, now, (case,), (opened,), letter.text.kind.value)


def post(case: Case, letter: Letter, *, by: Principal, now: datetime) -> Change:
    """The printed letter lies in the post; `NotAllowed` for others than the unit's own, `AlreadyDone` if it did.

    `NotOpen` for one that was taken back meanwhile: it must not go.
    """
    if by.staff is None or not access.may_post(by, case.unit):
        raise NotAllowed("does not post the unit's letters")
    if letter.how is not How.PRINT:
        raise NotOpen("the letter is not printed")
    if letter.posted_at is not None:
        raise AlreadyDone("posted before")
    if letter.stopped_at is not None:
        raise NotOpen("taken back")
    posted = replace(letter, posted_at=now, posted_by=by.staff)
    return Change(Action.LETTER_POSTED, by, now, (case,), (posted,), letter.text.kind.value)


def taken_back(letter: Letter | None, now: datetime) -> tuple[Letter, ...]:
    """The letter out of the print queue, where it still waits there; nothing of one that has gone."""
    return (replace(letter, stopped_at=now),) if letter is not None and letter.to_post else ()
