"""The own file: what is released of it to the person it is about, and who has read it.

Somebody without a file, with nothing released, too young, protected, or unknown to the population register is answered
alike: what can not be shown leaves no trace, not even that there is something.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import accumulate
from typing import Any, Final, TypeAlias

from shared.domain import access
from shared.domain.ids import AktId, CaseId, ItemId, PersonIndex, UnitId
from shared.domain.objection_items import Objection
from shared.domain.principals import Kind, Principal
from shared.domain.queries import (
    ANSWERS_TO_PERSON,
    CASE_DISCLOSURES,
    CASES_OF_AKT,
    LETTERS_IN_INBOX,
    OBJECTIONS_OF_PERSON,
    RELEASED_OF_AKT,
    RELEASED_OF_CASE,
    Shape,
)
from shared.domain.reviews import Shown
from shared.ports.store import Document, Refused, Value
from shared.records.merging import Stream, begun, merged
from shared.records.objection_rows import read_objection
from shared.records.own_akt import OwnAkt
from shared.records.review_rows import REVIEWS, read_shown, review_key
from shared.records.signed_cursors import SignedCursors
from shared.records.told_meetings import BOOKED, CANCELLED, ToldMeeting, of_person, told
from shared.records.trail import Disclosures
from shared.records.vault import Vault

PAGE: Final = 6
MOST_ON_PAPER: Final = 500
"""As many of the newest as one PDF holds."""
LONGEST_ON_PAPER: Final = 1_000_000
"""Characters of text in it: seconds to set on the smallest machine."""
_READERS: Final = 20
_NOTES: Final = "n"
_LETTERS: Final = "l"
_SAID: Final = "s"
_ANSWERS: Final = "a"
_OPENED: Final = frozenset({_NOTES, _SAID, _ANSWERS})
"""The lists of which words are shown, to whoever may read the akt."""


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A released note as its person reads it."""

    id: ItemId
    at: datetime
    unit: UnitId
    shown: Shown


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter in the own inbox, not opened here."""

    id: ItemId
    at: datetime
    unit: UnitId
    read: bool


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the person has said, where it was sent; with `answered` it stands where it was answered, or read."""

    at: datetime
    said: Objection
    answered: bool = False


OwnEntry: TypeAlias = OwnNote | OwnLetter | OwnWords | ToldMeeting


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page, newest first."""

    entries: list[OwnEntry]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """What is released and what the person has said, each newest first; `more` when there is more than a PDF holds."""

    notes: list[OwnNote]
    said: list[Objection] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody at work opened something: which unit, in which roles, when and what (a stable code); never who."""

    at: datetime
    unit: UnitId | None
    roles: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Readings:
    """One page of who has read, newest first."""

    readings: list[Reading]
    cursor: str | None


class OwnFile:
    """The desk of a private person at the own file; everything shown is written in the disclosure log first."""

    def __init__(self, vault: Vault, disclosures: Disclosures, own_akt: OwnAkt) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cursors = SignedCursors(vault.cipher)
        self._disclosures = disclosures
        self._akt = own_akt

    def page(self, principal: Principal, cursor: str | None = None) -> OwnPage:
        """At most 6 things of the own file and the own inbox; `Refused` for a cursor that is not ours."""
        if not access.may_have_letters(principal):
            return OwnPage([], None)
        person = PersonIndex(str(principal.person))
        place = self._cursors.read(person, cursor)
        akt, lists = self._akt.readable_with(
            principal, lambda akt: begun(self._store, _lists(person, akt), size=PAGE, cursor=place)
        )
        found = lists.merged(without=_OPENED if akt is None else ())
        self._record(
            principal,
            [one for name, one in found.documents if name in _OPENED],
            "own_journal",
            [one for name, one in found.documents if name in {BOOKED, CANCELLED}],
        )
        entries = [self._entry(name, lists.at(name, one), one) for name, one in found.documents]
        onward = self._cursors.write(person, found.cursor)
        return OwnPage([one for one in entries if one is not None], onward)

    def opens(self, principal: Principal) -> bool:
        """Whether the person may read an own file now, whatever there is in it."""
        return self._akt.readable(principal) is not None

    def newest(self, principal: Principal) -> Document | None:
        """The review of the latest event that is released, closed; None where nothing is."""
        akt = self._akt.readable(principal)
        found = [] if akt is None else self._store.query(RELEASED_OF_AKT, {"open_to": akt}, limit=1).documents
        return next(iter(found), None)

    def readable(self, principal: Principal, id: ItemId) -> Document | None:
        """The review of a note that the person may read now, closed; None for everything else."""
        document = self._store.get(REVIEWS, id)
        akt = None if document is None else self._akt.readable(principal)
        return document if document is not None and akt is not None and document.fields["open_to"] == akt else None

    def entry(self, principal: Principal, id: ItemId) -> OwnNote | None:
        """One released note of the own file; None for everything else, as for what does not exist."""
        document = self.readable(principal, id)
        if document is None:
            return None
        self._record(principal, [document], "own_journal")
        return self._note(document)

    def whole(self, principal: Principal) -> Whole:
        """Everything released and said, at most 500 of each and about a million characters of what is released."""
        akt = self._akt.readable(principal)
        if akt is None:
            return Whole([])
        documents, more = self._all(RELEASED_OF_AKT, {"open_to": akt})
        said, even_more = self._all(OBJECTIONS_OF_PERSON, {"person": principal.person})
        self._record(principal, [*documents, *said], "own_journal_pdf")
        notes = [note for one in documents if (note := self._note(one)) is not None]
        lengths = accumulate(len(one.shown.text) for one in notes)
        held = [one for one, length in zip(notes, lengths, strict=True) if length <= LONGEST_ON_PAPER]
        own = [read_objection(one, self._sealing) for one in said]
        return Whole(held, own, more=more or even_more or len(held) < len(notes))

    def _all(self, shape: Shape, equals: Mapping[str, Value]) -> tuple[list[Document], bool]:
        """Those that one PDF holds, and whether there are more."""
        found: list[Document] = []
        cursor: str | None = None
        while len(found) < MOST_ON_PAPER:
            page = self._store.query(shape, equals, limit=100, cursor=cursor)
            found += page.documents
            cursor = page.cursor
            if cursor is None:
                break
        return found, cursor is not None

    def readings(self, principal: Principal, cursor: str | None = None) -> Readings:
        """Who at work has opened the cases of which something is released; `Refused` for a cursor that is not ours.

        A case of which nothing is released is not told of: that somebody has just read it may be what nobody must know.
        """
        akt = self._akt.readable(principal)
        cases = [] if akt is None else self._told_of(akt)
        if not cases:
            if cursor is not None:
                raise Refused("a cursor of another list")
            return Readings([], None)
        self._disclosures.record(principal, cases[0], "own_readers")
        streams = {str(case): Stream(CASE_DISCLOSURES, {"case": case}) for case in cases}
        found = merged(self._store, streams, size=_READERS, cursor=cursor)
        return Readings([_reading(one) for _, one in found.documents if _at_work(one)], found.cursor)

    def _told_of(self, akt: AktId) -> list[CaseId]:
        """The cases of the akt of which something is released, newest first; of those on the first page."""
        page = self._store.query(CASES_OF_AKT, {"akt": akt}, limit=CASES_OF_AKT.page)
        calls: list[Callable[[], Any]] = [
            partial(self._store.count, RELEASED_OF_CASE, {"open_to": akt, "case": one.id}, cap=1)
            for one in page.documents
        ]
        counts = self._store.together(*calls)
        return [CaseId(one.id) for one, count in zip(page.documents, counts, strict=True) if count]

    def _record(
        self, principal: Principal, documents: Sequence[Document], what: str, meetings: Sequence[Document] = ()
    ) -> None:
        """One entry for each case that something is shown of, the first naming the meetings; nothing is opened before.

        Meetings alone have one entry, at the first of them.
        """
        named = [one.id for one in meetings]
        cases = list(dict.fromkeys(str(one.fields["case"]) for one in documents)) or named[:1]
        for place, case in enumerate(cases):
            self._disclosures.record(principal, CaseId(case), what, "" if place else " ".join(named))
        self._ring.load([review_key(one) for one in (*documents, *meetings)])

    def _entry(self, name: str, at: datetime, document: Document) -> OwnEntry | None:
        if name == _LETTERS:
            return _letter(document)
        if name in {BOOKED, CANCELLED}:
            return told(document, self._sealing)
        if name == _NOTES:
            return self._note(document)
        return OwnWords(at, read_objection(document, self._sealing), answered=name == _ANSWERS)

    def _note(self, document: Document) -> OwnNote | None:
        shown = read_shown(document, self._sealing)
        fields: Any = document.fields
        return (
            None if shown is None else OwnNote(ItemId(document.id), fields["event_at"], UnitId(fields["unit"]), shown)
        )


def _lists(person: PersonIndex, akt: AktId) -> dict[str, Stream]:
    """All lists of the person and of the akt that may be theirs."""
    return {
        _LETTERS: Stream(LETTERS_IN_INBOX, {"inbox": person}),
        **of_person(person),
        _NOTES: Stream(RELEASED_OF_AKT, {"open_to": akt}, ample=True),
        _ANSWERS: Stream(ANSWERS_TO_PERSON, {"person": person, "open": False}),
        _SAID: Stream(OBJECTIONS_OF_PERSON, {"person": person}),
    }


def _letter(document: Document) -> OwnLetter:
    fields: Any = document.fields
    return OwnLetter(ItemId(document.id), fields["sent_at"], UnitId(fields["unit"]), not fields["unread"])


def _at_work(document: Document) -> bool:
    return document.fields["actor_kind"] == Kind.STAFF.value


def _reading(document: Document) -> Reading:
    fields: Mapping[str, Any] = document.fields
    unit = fields["actor_unit"]
    return Reading(
        fields["at"], UnitId(unit) if unit else None, tuple(fields["actor_roles"].split()), str(fields["what"])
    )
