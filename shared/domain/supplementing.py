"""Asking an applicant for what is missing, and receiving it (FL 20 §): nothing is decided by itself, whatever comes.

The clocks of the case go on: the day of the decision is the board's own promise, and the six months of FL 12 § are the
party's right, which no question of ours takes away.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from shared.domain import access, calendar, transitions
from shared.domain.attachments import Attachment, handed_over
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change, Item
from shared.domain.deadline_law import rule
from shared.domain.deadlines import Deadline
from shared.domain.ids import ItemId
from shared.domain.letters import How, Letter, Recipient, Relation, Text
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.supplements import (
    CLOCK,
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_FILES,
    MOST_ITEMS,
    MOST_SENDINGS,
    IfNot,
    Standing,
    Supplement,
    Supplied,
    Supply,
    Wanted,
)
from shared.domain.transitions import Act, Moved, Said

LATEST: Final = 92
"""Days ahead that the last day may lie: three months."""

Write = Callable[[Supplement], Text]
"""The words of the letter that asks for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What staff ask for, as it is filled in. `last_day` is a Swedish date."""

    items: tuple[Wanted, ...]
    last_day: date | None
    if_not: IfNot | None

    def missing(self, today: date) -> tuple[str, ...]:
        """The names of what is not filled in, or says what can not be asked."""
        wrong = []
        if not 0 < len(self.items) <= MOST_ITEMS or not all(map(_sound, self.items)):
            wrong.append("items")
        if not may_be_last(self.last_day, today):
            wrong.append("last_day")
        if self.if_not is None:
            wrong.append("if_not")
        return tuple(wrong)


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does it, when, and with which new ids."""

    by: Principal
    now: datetime
    fresh: Callable[[], str]
    law: OwnLaw = field(default_factory=dict)
    """What the municipality has decided itself."""

    def act(self, action: Action) -> Act:
        """The act of this kind."""
        return Act(action, self.by, self.now, self.fresh, self.law)


def proposed(today: date) -> date:
    """The last day that is written unless somebody chooses another."""
    return rule(CLOCK, today).last_day(today)


def may_be_last(day: date | None, today: date) -> bool:
    """Whether the day can be the last: after today, so that there is a day to do it in, and within three months."""
    return day is not None and today < day <= calendar.add_days(today, LATEST)


def ask(
    case: Case, asked: Asked, running: Sequence[Deadline], *, id: ItemId, letter: ItemId, write: Write, doing: Doing
) -> Change:
    """The applicant is asked, by a letter in the inbox; the clock of the answer runs beside the others.

    Raises what the row of `SUPPLEMENT_REQUESTED` demands, and `NotOpen` in a case that nobody follows.
    """
    today = local_date(doing.now)
    act = doing.act(Action.SUPPLEMENT_REQUESTED)
    said = Said(missing=asked.missing(today), until=asked.last_day)
    moved = transitions.apply(case, act, said, running, supplement=id, awaits=True)
    if case.applicant is None or asked.if_not is None:
        raise NotOpen("nobody follows the case")
    due = moved.case.clocks[CLOCK].due
    made = Supplement(
        id, 0, case.id, case.key, case.unit, case.applicant, act.staff, doing.now, due, asked.if_not, asked.items
    )
    return transitions.change(act, moved, items=(made, _letter(case, made, letter, write, act)))


def answer(
    case: Case,
    supplement: Supplement,
    running: Sequence[Deadline],
    answers: Sequence[Supplied],
    attached: Sequence[Attachment],
    *,
    id: ItemId,
    doing: Doing,
) -> Change:
    """What the applicant has sent is received, also after the last day. When nothing is missing it is our turn.

    Raises `NotAllowed` for everybody else, `NotOpen` when it is closed or decided or has been sent to too often, and
    `Incomplete` with nothing, too much, or what was not asked for.
    """
    act = doing.act(Action.SUPPLEMENT_SENT)
    _demand_open(case, supplement, act)
    said = tuple(one for one in answers if one.anything)
    known = {one.id for one in supplement.items}
    if not said or any(one.item not in known or len(one.words) > LONGEST_ANSWER for one in said):
        raise Incomplete("answers")
    if supplement.sendings >= MOST_SENDINGS or len(case.attachments) + len(attached) > MOST_FILES:
        raise NotOpen("there is no room for more")
    after = replace(supplement, items=_answered(supplement, said), sendings=supplement.sendings + 1)
    moved = _on(case, after, running, act)
    files, _ = handed_over(attached, case)
    whole = replace(moved.case, attachments=(*case.attachments, *(one.id for one in files)), news=True)
    late = doing.now >= supplement.due
    sent = Supply(id, 0, supplement.id, case.id, case.key, supplement.applicant, doing.now, late=late, answers=said)
    return transitions.change(act, replace(moved, case=whole), items=(after, sent, *files))


def accept(
    case: Case, supplement: Supplement, running: Sequence[Deadline], items: Collection[ItemId], *, doing: Doing
) -> Change:
    """Staff say that nothing more is needed of these items, whether they came here or in another way."""
    act = doing.act(Action.SUPPLEMENT_ACCEPTED)
    _demand_open(case, supplement, act)
    chosen = _chosen(supplement, items)
    after = replace(
        supplement,
        items=tuple(replace(one, standing=Standing.ENOUGH) if one.id in chosen else one for one in supplement.items),
    )
    return transitions.change(act, _on(case, after, running, act), items=(after,))


def ask_again(
    case: Case,
    supplement: Supplement,
    running: Sequence[Deadline],
    again: dict[ItemId, str],
    last_day: date | None,
    *,
    letter: ItemId,
    write: Write,
    doing: Doing,
) -> Change:
    """There is a new last day, and these items are asked for once more, each for its reason; a letter says so.

    Without any item only the day moves, which takes that something is missing: else `Incomplete`.
    """
    act = doing.act(Action.SUPPLEMENT_RENEWED)
    _demand_open(case, supplement, act)
    wrong = [] if may_be_last(last_day, local_date(doing.now)) else ["last_day"]
    chosen = _chosen(supplement, again) if again else frozenset()
    if not (chosen or supplement.missing) or any(not 0 < len(one.strip()) <= LONGEST_WORDS for one in again.values()):
        wrong.append("again")
    moved = transitions.apply(case, act, Said(missing=tuple(wrong), until=last_day), running, awaits=True)
    items = tuple(
        replace(one, standing=Standing.MISSING, again=again[one.id].strip()) if one.id in chosen else one
        for one in supplement.items
    )
    after = replace(supplement, items=items, due=moved.case.clocks[CLOCK].due)
    return transitions.change(act, moved, items=(after, _letter(case, after, letter, write, act)))


def close(case: Case, supplement: Supplement, running: Sequence[Deadline], *, doing: Doing) -> Change:
    """Nothing more is asked for, whatever has come; the application is worked on and decided as it is."""
    act = doing.act(Action.SUPPLEMENT_CLOSED)
    _demand_open(case, supplement, act)
    return transitions.change(act, transitions.apply(case, act, running=running, supplement=None, awaits=False))


def read(case: Case, sent: Sequence[Supply], *, doing: Doing) -> Change:
    """The case's caseworker has read what came; `AlreadyDone` when all of it was read before."""
    if not access.is_caseworker(doing.by, case):
        raise NotAllowed("not the case's own caseworker")
    new = tuple(replace(one, read_at=doing.now) for one in sent if one.read_at is None and one.case == case.id)
    if not new and not case.news:
        raise AlreadyDone("read before")
    items: tuple[Item, ...] = new
    return Change(Action.SUPPLEMENT_READ, doing.by, doing.now, (replace(case, news=False),), items)


def _sound(item: Wanted) -> bool:
    return (
        all(0 < len(name.strip()) <= LONGEST_NAME for name in item.name.values()) and len(item.words) <= LONGEST_WORDS
    )


def _demand_open(case: Case, supplement: Supplement, act: Act) -> None:
    """The right person first, then a supplement that is open."""
    transitions.demand(case, act.action, act.by, local_date(act.now))
    if supplement.case != case.id or case.supplement != supplement.id or case.decision is not None:
        raise NotOpen("the supplement is closed")


def _chosen(supplement: Supplement, items: Collection[ItemId]) -> frozenset[ItemId]:
    """The items, when they are this supplement's; else `Incomplete`."""
    if not items or not {one.id for one in supplement.items}.issuperset(items):
        raise Incomplete("items")
    return frozenset(items)


def _on(case: Case, after: Supplement, running: Sequence[Deadline], act: Act) -> Moved:
    """The case after an act that may have brought the last that was missing."""
    whole = not after.missing
    return transitions.apply(case, act, Said(complete=whole), running, awaits=not whole)


def _answered(supplement: Supplement, said: Sequence[Supplied]) -> tuple[Wanted, ...]:
    """The items after the sending. What staff have said to be enough stays so, whatever more comes."""
    told = {one.item: Standing.CANNOT if one.cannot else Standing.RECEIVED for one in said}
    return tuple(
        one if one.standing is Standing.ENOUGH else replace(one, standing=told.get(one.id, one.standing))
        for one in supplement.items
    )


def _letter(case: Case, asked: Supplement, id: ItemId, write: Write, act: Act) -> Letter:
    to = Recipient(asked.applicant, case.person.number, case.person.name, Relation.APPLICANT)
    return Letter(id, 0, case.id, case.key, case.unit, to, write(asked), act.staff, act.now, How.INBOX)
