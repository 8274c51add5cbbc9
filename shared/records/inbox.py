"""The inbox of a private person: the own letters, the unread first, and nobody else's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.domain import access, lettering
from shared.domain.broken_rules import AlreadyDone
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import ItemId, SubmissionId, UnitId
from shared.domain.letters import Letter
from shared.domain.principals import Principal
from shared.domain.queries import LETTERS_OF_PERSON
from shared.ports.store import Conflict, Document, NotFound, Refused, Unavailable, Value
from shared.records.case_rows import read_case
from shared.records.commits import Commits
from shared.records.invitation_codes import InvitationCodes
from shared.records.letter_rows import letter_key, read_letter
from shared.records.settling import settle
from shared.records.submissions import Submission
from shared.records.trail import Disclosures
from shared.records.vault import Vault

CAP: Final = 101
"""The count of unread letters stops here: 101 is read as "more than 100"."""
_ORDER: Final = (True, False)
"""Unread first."""


@dataclass(frozen=True, slots=True)
class Received:
    """A letter as the list shows it: from which unit, when, and whether it has been read; nothing is opened."""

    id: ItemId
    unit: UnitId
    sent_at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of the inbox and the cursor of the next."""

    letters: list[Received]
    cursor: str | None


class Inbox:
    """Own letters; somebody else's is answered as if it did not exist."""

    def __init__(self, vault: Vault, commits: Commits, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._commits = commits
        self._disclosures = disclosures
        self._codes = InvitationCodes(vault.cipher)

    def unread(self, principal: Principal) -> int:
        """How many letters the person has not read, at most 101; 0 for who has no inbox. One read at most."""
        if not access.may_have_letters(principal):
            return 0
        return self._store.count(LETTERS_OF_PERSON, _equals(principal, unread=True), cap=CAP)

    def page(self, principal: Principal, cursor: str | None = None) -> InboxPage:
        """At most 25 letters, the unread before the read and newest first; `Refused` for a cursor that is not ours."""
        if not access.may_have_letters(principal):
            return InboxPage([], None)
        at, inner = _read_cursor(cursor)
        found: list[Document] = []
        for place in range(at, len(_ORDER)):
            page = self._store.query(
                LETTERS_OF_PERSON,
                _equals(principal, unread=_ORDER[place]),
                limit=LETTERS_OF_PERSON.page - len(found),
                cursor=inner if place == at else None,
            )
            shown = {one.id for one in found}  # a letter read meanwhile is met again
            found += [one for one in page.documents if one.id not in shown]
            if page.cursor is not None:
                return InboxPage([_received(one) for one in found], f"{place}.{page.cursor}")
            if len(found) == LETTERS_OF_PERSON.page and place + 1 < len(_ORDER):
                return InboxPage([_received(one) for one in found], f"{place + 1}.")
        return InboxPage([_received(one) for one in found], None)

    def open(self, principal: Principal, id: ItemId, what: str = "own_letter") -> Letter | Received | None:
        """The own letter when it has been received, opened and so logged (as `what`); None for everybody else's.

        One that has not been received stays closed: only what the list says of it.
        """
        document = self._own(principal, id)
        if document is None or document.fields["unread"]:
            return None if document is None else _received(document)
        return self._opened(principal, document, what)

    def receive(self, principal: Principal, id: ItemId) -> Letter | bool:
        """The person asks for the own letter, which from now on is received: True, and False for everybody else's.

        That it was received can be lost (others write in the case all the while): then it is the letter itself, opened
        and so logged, and closed again next time.
        """
        document = self._own(principal, id)
        if document is None or not document.fields["unread"]:
            return document is not None
        self._ring.load([letter_key(document)])
        if self._mark_read(principal, read_letter(document, self._sealing)):
            return True
        return self._opened(principal, document, "own_letter")

    def _own(self, principal: Principal, id: ItemId) -> Document | None:
        document = self._store.get("letters", id) if access.may_have_letters(principal) else None
        return document if document is not None and document.fields["inbox"] == principal.person else None

    def _opened(self, principal: Principal, document: Document, what: str) -> Letter:
        self._ring.load([letter_key(document)])
        letter = read_letter(document, self._sealing)
        self._disclosures.record(principal, letter.case, what)
        return self._codes.told(letter)

    def _mark_read(self, principal: Principal, letter: Letter) -> bool:
        once = Submission(str(principal.person), SubmissionId(letter.id), {"read": letter.id})

        def build() -> Change:
            case, fresh = self._afresh(letter)
            return lettering.read(case, fresh, by=principal, now=self._clock.now())

        try:
            settle(self._commits, once, letter.id, build)
        except (Conflict, Unavailable):
            return False
        except AlreadyDone:
            pass
        return True

    def _afresh(self, letter: Letter) -> tuple[Case, Letter]:
        case, document = self._store.get("cases", letter.case), self._store.get("letters", letter.id)
        if case is None or document is None:
            raise NotFound(letter.id)
        return read_case(case, self._sealing), read_letter(document, self._sealing)


def _equals(principal: Principal, *, unread: bool) -> dict[str, Value]:
    return {"inbox": principal.person, "unread": unread}


def _received(document: Document) -> Received:
    fields: Any = document.fields
    return Received(ItemId(document.id), UnitId(fields["unit"]), fields["sent_at"], not fields["unread"])


def _read_cursor(cursor: str | None) -> tuple[int, str | None]:
    if cursor is None:
        return 0, None
    place, dot, inner = cursor.partition(".")
    if not dot or place not in {"0", "1"}:
        raise Refused("not a cursor of this list")
    return int(place), inner or None
