"""Writing in the journal of a case: signing a note, and adding to one that is signed."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from shared.domain import access, calendar
from shared.domain.broken_rules import Incomplete, NotAllowed, NotOpen
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.ids import ItemId
from shared.domain.notes import Addition, Contacts, Note, NoteForm
from shared.domain.principals import Principal

MOST_ADDITIONS: Final = 20
"""As many as one note takes; after that a new note says it better."""
LONGEST: Final = 8000
"""Characters of one text."""


def demand_writer(case: Case, by: Principal) -> None:
    """Raises `NotAllowed` for everybody but the case's own caseworker and the unit's lead.

    It is asked of no step: what happened before a case ended may have to be written afterwards.
    """
    if not access.may_document(by, case):
        raise NotAllowed("does not write in the case")


def happened_at(said: str) -> datetime | None:
    """The instant that orders the note, or None when the text is no day: see `NoteForm.happened`."""
    day, _, clock = said.partition("T")
    try:
        return calendar.at(date.fromisoformat(day), time.fromisoformat(clock) if clock else time())
    except ValueError:
        return None


def sign(
    case: Case, contacts: Contacts | None, form: NoteForm, *, id: ItemId, title: str, by: Principal, now: datetime
) -> Change:
    """The note stands from now on, and counts; `contacts` is what was counted before, None for the first.

    Raises what `demand_writer` raises and `Incomplete` with the fields that are empty, or that tell of what has not
    happened yet.
    """
    demand_writer(case, by)
    missing = form.missing()
    event_at = happened_at(form.happened)
    if event_at is None or event_at > now:
        missing = (*missing, "happened")
    if missing or event_at is None or form.kind is None or by.staff is None:
        raise Incomplete(*dict.fromkeys(missing))
    note = Note(id, 0, case.id, case.key, by.staff, title, event_at, now, form)
    before = contacts or Contacts(case.id, 0, case.key)
    after = replace(before, counts={**before.counts, form.kind: before.of(form.kind) + 1})
    return Change(Action.NOTE_SIGNED, by, now, (case,), (note, after))


def add(case: Case, note: Note, text: str, *, title: str, by: Principal, now: datetime) -> Change:
    """The note with one more addition; what was signed before stays as it is.

    Raises what `demand_writer` raises, `Incomplete` without words and `NotOpen` when the note is full.
    """
    demand_writer(case, by)
    if note.case != case.id:
        raise NotAllowed("the note belongs to another case")
    if not text.strip() or len(text) > LONGEST or by.staff is None:
        raise Incomplete("text")
    if len(note.additions) >= MOST_ADDITIONS:
        raise NotOpen("the note takes no more additions")
    added = replace(note, additions=(*note.additions, Addition(by.staff, title, now, text)))
    return Change(Action.NOTE_ADDED_TO, by, now, (case,), (added,))
