"""The own file: what is released of it to the person it is about, and who has read it.

Somebody without a file, with nothing released, too young, protected, or unknown to the population register is answered
alike: what can not be shown leaves no trace, not even that there is something.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import accumulate
from typing import Any, Final

from shared.domain import access
from shared.domain.calendar import local_date
from shared.domain.cases import Child, birth_date
from shared.domain.ids import AktId, CaseId, ItemId, KeyId, UnitId
from shared.domain.principals import Kind, Principal
from shared.domain.queries import (
    CASE_DISCLOSURES,
    CASES_OF_AKT,
    LETTERS_IN_INBOX,
    RELEASED_OF_AKT,
    RELEASED_OF_CASE,
)
from shared.domain.register import Doubt
from shared.domain.reviews import Shown
from shared.ports.register import PopulationRegister
from shared.ports.store import Document, Refused
from shared.records.merging import Stream, merged
from shared.records.register_questions import asked
from shared.records.review_rows import REVIEWS, read_shown, review_key
from shared.records.trail import Disclosures
from shared.records.vault import Vault

PAGE: Final = 7
MOST_ON_PAPER: Final = 500
"""As many of the newest as one PDF holds."""
LONGEST_ON_PAPER: Final = 1_000_000
"""Characters of text in it: seconds to set on the smallest machine."""
_READERS: Final = 20
_NOTES: Final = "n"
_LETTERS: Final = "l"


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
class OwnPage:
    """One page, newest first."""

    entries: list[OwnNote | OwnLetter]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """What is released, newest first; `more` when there is more than one PDF holds."""

    notes: list[OwnNote]
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

    def __init__(self, vault: Vault, disclosures: Disclosures, population_register: PopulationRegister) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._disclosures = disclosures
        self._register = population_register

    def page(self, principal: Principal, cursor: str | None = None) -> OwnPage:
        """At most 7 things of the own file and the own inbox; `Refused` for a cursor that is not ours."""
        if not access.may_have_letters(principal):
            return OwnPage([], None)
        streams = {_LETTERS: Stream(LETTERS_IN_INBOX, {"inbox": principal.person})}
        akt = self._akt(principal)
        if akt is not None:
            streams[_NOTES] = Stream(RELEASED_OF_AKT, {"open_to": akt})
        found = merged(self._store, streams, size=PAGE, cursor=cursor)
        self._record(principal, [one for name, one in found.documents if name == _NOTES], "own_journal")
        entries = [_letter(one) if name == _LETTERS else self._note(one) for name, one in found.documents]
        return OwnPage([one for one in entries if one is not None], found.cursor)

    def readable(self, principal: Principal, id: ItemId) -> Document | None:
        """The review of a note that the person may read now, closed; None for everything else."""
        document = self._store.get(REVIEWS, id)
        akt = None if document is None else self._akt(principal)
        return document if document is not None and akt is not None and document.fields["open_to"] == akt else None

    def entry(self, principal: Principal, id: ItemId) -> OwnNote | None:
        """One released note of the own file; None for everything else, as for what does not exist."""
        document = self.readable(principal, id)
        if document is None:
            return None
        self._record(principal, [document], "own_journal")
        return self._note(document)

    def whole(self, principal: Principal) -> Whole:
        """Everything released, at most 500 notes and about a million characters."""
        akt = self._akt(principal)
        if akt is None:
            return Whole([])
        documents: list[Document] = []
        cursor: str | None = None
        while len(documents) < MOST_ON_PAPER:
            page = self._store.query(RELEASED_OF_AKT, {"open_to": akt}, limit=100, cursor=cursor)
            documents += page.documents
            cursor = page.cursor
            if cursor is None:
                break
        self._record(principal, documents, "own_journal_pdf")
        notes = [note for one in documents[:MOST_ON_PAPER] if (note := self._note(one)) is not None]
        lengths = accumulate(len(one.shown.text) for one in notes)
        held = [one for one, length in zip(notes, lengths, strict=True) if length <= LONGEST_ON_PAPER]
        return Whole(held, more=cursor is not None or len(held) < len(notes))

    def readings(self, principal: Principal, cursor: str | None = None) -> Readings:
        """Who at work has opened the cases of which something is released; `Refused` for a cursor that is not ours.

        A case of which nothing is released is not told of: that somebody has just read it may be what nobody must know.
        """
        akt = self._akt(principal)
        cases = [] if akt is None else self._told_of(akt)
        if not cases:
            if cursor is not None:
                raise Refused("a cursor of another list")
            return Readings([], None)
        self._disclosures.record(principal, cases[0], "own_readers")
        streams = {str(case): Stream(CASE_DISCLOSURES, {"case": case}) for case in cases}
        found = merged(self._store, streams, size=_READERS, cursor=cursor)
        return Readings([_reading(one) for _, one in found.documents if _at_work(one)], found.cursor)

    def _akt(self, principal: Principal) -> AktId | None:
        """The akt that the person may read now, or None: see the module."""
        pointer = self._store.get("person_index", str(principal.person)) if access.may_have_letters(principal) else None
        document = None if pointer is None else self._store.get("persons", str(pointer.fields["person"]))
        if pointer is None or document is None:
            return None
        key = KeyId(str(document.fields["key"]))
        self._ring.load([key])
        known = self._sealing.open(document, key, ("core",))["core"]
        today = local_date(self._clock.now())
        if not access.may_read_own_file(principal, birth_date(known["number"]), today):
            return None
        reply = asked(self._register, Child(name=known["name"], number=known["number"]), self._clock)
        if reply.family is None or reply.family.protected or Doubt.NAME_DIFFERS in reply.doubts:
            return None
        return AktId(str(pointer.fields["akt"]))

    def _told_of(self, akt: AktId) -> list[CaseId]:
        """The cases of the akt of which something is released, newest first; of those on the first page."""
        page = self._store.query(CASES_OF_AKT, {"akt": akt}, limit=CASES_OF_AKT.page)
        calls: list[Callable[[], Any]] = [
            partial(self._store.count, RELEASED_OF_CASE, {"open_to": akt, "case": one.id}, cap=1)
            for one in page.documents
        ]
        counts = self._store.together(*calls)
        return [CaseId(one.id) for one, count in zip(page.documents, counts, strict=True) if count]

    def _record(self, principal: Principal, documents: Sequence[Document], what: str) -> None:
        """One entry for each case that something is shown of; nothing is opened before."""
        for case in dict.fromkeys(str(one.fields["case"]) for one in documents):
            self._disclosures.record(principal, CaseId(case), what)
        self._ring.load([review_key(one) for one in documents])

    def _note(self, document: Document) -> OwnNote | None:
        shown = read_shown(document, self._sealing)
        fields: Any = document.fields
        return (
            None if shown is None else OwnNote(ItemId(document.id), fields["event_at"], UnitId(fields["unit"]), shown)
        )


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
