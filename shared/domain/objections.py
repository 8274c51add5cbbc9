"""Saying that a note is wrong, and answering it (SoL 14:6).

What the person says is noted in the case as it was written. Whoever asks for a wrong fact to be put right is answered
within a month (GDPR art. 12.3, 16).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from shared.domain import deadlines, journaling
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotOpen
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.ids import DeadlineId, ItemId, NoticeId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.objection_items import Answered, Objection
from shared.domain.principals import Principal, Role

CLOCK: Final = "synpunkt"
LONGEST: Final = 8000
"""Characters of one text."""
MOST: Final = 10
"""As many as one note takes; after that a person is asked."""


def object_to(
    case: Case,
    note: ItemId,
    text: str,
    *,
    id: ItemId,
    before: int,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
) -> Change:
    """The objection stands, its clock runs, and the case's caseworker is told, or the lead while there is none.

    That `by` may read the note is for the caller to have seen. `Incomplete` without words, and `NotOpen` when the note
    has as many as it takes.
    """
    if not text.strip() or len(text) > LONGEST:
        raise Incomplete("text")
    if before >= MOST:
        raise NotOpen("the note takes no more objections")
    clock = deadlines.start(CLOCK, now, id=DeadlineId(fresh()), case=case.id, unit=case.unit)
    made = Objection(id, 0, note, case.id, case.unit, case.key, now, text, clock.id, clock.due)
    told = Notice(NoticeId(fresh()), 0, case.unit, now, NoticeKind.NOTE_OBJECTED_TO, case.id, of=case.kind)
    told = replace(told, staff=case.assignee, role=None if case.assignee else Role.TEAM_LEAD)
    return Change(Action.NOTE_OBJECTED_TO, by, now, (case,), (made, clock, told))


def answer(
    case: Case, objection: Objection, clock: Deadline | None, text: str, *, title: str, by: Principal, now: datetime
) -> Change:
    """The person is answered and the clock stops.

    Raises what `journaling.demand_writer` raises, `AlreadyDone` when it was answered before and `Incomplete` without
    words.
    """
    journaling.demand_writer(case, by)
    if objection.answer is not None or objection.case != case.id:
        raise AlreadyDone("answered before")
    if not text.strip() or len(text) > LONGEST or by.staff is None:
        raise Incomplete("text")
    after = replace(objection, answer=Answered(by.staff, title, now, text))
    stopped = (deadlines.met(clock, now),) if clock is not None and clock.open else ()
    return Change(Action.OBJECTION_ANSWERED, by, now, (case,), (after, *stopped))
