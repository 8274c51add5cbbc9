"""Releasing a note to the person it is about: a signed act, item by item, and never by a rule.

A note is a draft, then internal, then released, released in part, or withheld with its paragraph. What nobody has
reviewed is internal.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.domain import journaling, secrecy_law
from shared.domain.broken_rules import Incomplete, NotAllowed
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.masking import Span, masked
from shared.domain.notes import Care, Note
from shared.domain.principals import Principal
from shared.domain.reviews import Result, Review, ReviewCheck, Shown

LONGEST_REASON: Final = 4000


@dataclass(frozen=True, slots=True)
class Considered:
    """What the reviewer comes to. `kept` are parts of `reviewed_text`, for a partial release alone.

    `additions` is how many additions the note had when it was read: it is that text which is released.
    """

    result: Result | None
    checks: frozenset[ReviewCheck]
    additions: int
    ground: str = ""
    reason: str = ""
    kept: tuple[Span, ...] = ()


def reviewed_text(note: Note) -> str:
    """Everything of the note that can be released: its words, and below them what was added."""
    return "\n\n".join((note.form.text, *(f"Tillägg: {one.text}" for one in note.additions)))


def possible(note: Note) -> tuple[Result, ...]:
    """What a review can come to. Violence is never released here; what somebody else has to do with, never whole."""
    if Care.VIOLENCE in note.form.care:
        return (Result.WITHHELD,)
    if note.form.care & {Care.THIRD_PERSON, Care.CHILD_ALONE}:
        return (Result.PARTLY, Result.WITHHELD)
    return (Result.RELEASED, Result.PARTLY, Result.WITHHELD)


def review(
    case: Case, note: Note, before: Review | None, said: Considered, *, title: str, by: Principal, now: datetime
) -> Change:
    """The review stands, in place of the one `before`; the note itself is not touched.

    Raises `NotAllowed` for everybody but the case's own caseworker and the unit's lead, and for a result that the note
    does not allow; `Incomplete` with what is missing: every check, a result, a paragraph and reasons for what is not
    shown, parts that the text has, and `changed` when the note was added to since it was read.
    """
    journaling.demand_writer(case, by)
    if note.case != case.id or by.staff is None:
        raise NotAllowed("not the case's note")
    if missing := _missing(note, said, now):
        raise Incomplete(*missing)
    if said.result is None or said.result not in possible(note):
        raise NotAllowed("such a note is not released like this")
    after = Review(
        id=note.id,
        rev=before.rev if before else 0,
        case=case.id,
        unit=case.unit,
        akt=case.akt,
        key=case.key,
        by=by.staff,
        title=title,
        at=now,
        event_at=note.event_at,
        result=said.result,
        checks=said.checks,
        ground=said.ground if said.result is not Result.RELEASED else "",
        reason=said.reason,
        kept=said.kept if said.result is Result.PARTLY else (),
        additions=said.additions,
        shown=_shown(note, said),
    )
    return Change(Action.NOTE_REVIEWED, by, now, (case,), (after,), said.result.value)


def stale(note: Note, stands: Review) -> bool:
    """Whether the note was added to after it was reviewed: the addition is not released."""
    return len(note.additions) > stands.additions


def _shown(note: Note, said: Considered) -> Shown | None:
    """What the person reads, built here and nowhere else; None when it is withheld."""
    if said.result is Result.WITHHELD or note.form.kind is None:
        return None
    text = reviewed_text(note)
    if said.result is Result.PARTLY:
        text = masked(text, said.kept)
    return Shown(note.form.kind, note.form.happened, text, whole=said.result is Result.RELEASED)


def _missing(note: Note, said: Considered, now: datetime) -> list[str]:
    hides = said.result in {Result.PARTLY, Result.WITHHELD}
    wrong = {
        "checks": said.checks != frozenset(ReviewCheck),
        "result": said.result is None,
        "ground": hides and secrecy_law.ground(said.ground, local_date(now)) is None,
        "reason": (hides and not said.reason.strip()) or len(said.reason) > LONGEST_REASON,
        "kept": said.result is Result.PARTLY and not _can_be_kept(reviewed_text(note), said.kept),
        "changed": said.additions != len(note.additions),
    }
    return [name for name, is_so in wrong.items() if is_so]


def _can_be_kept(text: str, kept: tuple[Span, ...]) -> bool:
    try:
        return masked(text, kept) != text
    except ValueError:
        return False
