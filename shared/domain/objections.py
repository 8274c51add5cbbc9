"""Saying that a note is wrong, or adding to the own file, and what staff do with it (SoL 14:6).

What the person says is noted in the case as it was written. Whoever asks for a wrong fact to be put right is answered
within a month (GDPR art. 12.3, 16). What is only added has no clock, unless the person asks for an answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from shared.domain import deadlines, journaling
from shared.domain.attachments import Attachment, handed_over
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotOpen
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.ids import DeadlineId, ItemId, NoticeId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.objection_items import Answered, Clock, Objection
from shared.domain.principals import Principal, Role

CLOCK: Final = "synpunkt"
LONGEST: Final = 8000
"""Characters of one text."""
MOST: Final = 10
"""As many as one note takes, and as many as wait in one case; after that a person is asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says, with what they chose to send along; `asks` is whether they want an answer."""

    text: str
    attached: Sequence[Attachment] = ()
    asks: bool = True


def object_to(
    case: Case,
    note: ItemId | None,
    said: Said,
    *,
    id: ItemId,
    before: int,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
) -> Change:
    """It stands, its clock runs if there is one, and the case's caseworker is told, or the lead while there is none.

    Whoever says that a note is wrong is always answered. That `by` may read the note, or the file, is for the caller
    to have seen. `Incomplete` without words, and `NotOpen` when there are `before` as many as there may be.
    """
    if not said.text.strip() or len(said.text) > LONGEST:
        raise Incomplete("text")
    if before >= MOST:
        raise NotOpen("no room for more of it")
    running = deadlines.start(CLOCK, now, id=DeadlineId(fresh()), case=case.id, unit=case.unit)
    clocks = (running,) if note or said.asks else ()
    files, _ = handed_over(said.attached, case)
    made = Objection(
        id=id,
        rev=0,
        note=note,
        case=case.id,
        unit=case.unit,
        key=case.key,
        person=by.person,
        at=now,
        text=said.text,
        clock=Clock(running.id, running.due) if clocks else None,
        files=tuple(one.id for one in files),
    )
    action = Action.NOTE_OBJECTED_TO if note else Action.FILE_ADDED_TO
    after = replace(case, unheard=case.unheard + 1)
    return Change(action, by, now, (after,), (made, *clocks, _told(case, note, NoticeId(fresh()), now), *files))


def _told(case: Case, note: ItemId | None, id: NoticeId, now: datetime) -> Notice:
    kind = NoticeKind.NOTE_OBJECTED_TO if note else NoticeKind.FILE_ADDED_TO
    told = Notice(id, 0, case.unit, now, kind, case.id, of=case.kind)
    return replace(told, staff=case.assignee, role=None if case.assignee else Role.TEAM_LEAD)


def answer(
    case: Case, objection: Objection, clock: Deadline | None, text: str, *, title: str, by: Principal, now: datetime
) -> Change:
    """The person is answered and the clock, if there is one, stops.

    Raises what `journaling.demand_writer` raises, `AlreadyDone` when it was answered or read before and `Incomplete`
    without words.
    """
    _demand_open(case, objection, by)
    if not text.strip() or len(text) > LONGEST or by.staff is None:
        raise Incomplete("text")
    after = replace(objection, answer=Answered(by.staff, title, now, text))
    stopped = (deadlines.met(clock, now),) if clock is not None and clock.open else ()
    return Change(Action.OBJECTION_ANSWERED, by, now, (_heard(case),), (after, *stopped))


def hear(case: Case, objection: Objection, *, by: Principal, now: datetime) -> Change:
    """Staff have read what asks for no answer.

    Raises what `answer` raises, and `NotOpen` for what must be answered.
    """
    _demand_open(case, objection, by)
    if objection.clock is not None:
        raise NotOpen("an answer is due")
    return Change(Action.OBJECTION_HEARD, by, now, (_heard(case),), (replace(objection, heard_at=now),))


def _demand_open(case: Case, objection: Objection, by: Principal) -> None:
    journaling.demand_writer(case, by)
    if not objection.open or objection.case != case.id:
        raise AlreadyDone("answered or read before")


def _heard(case: Case) -> Case:
    return replace(case, unheard=max(0, case.unheard - 1))
