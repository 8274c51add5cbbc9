"""Server-side sessions: who is logged in, until when, and nothing that works if the store is copied.

The browser holds a random token; the store knows only its hash. Roles are read from the directory at every request:
its head lies beside the sessions and comes in the same call, so that somebody who is removed is out at the next click.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from shared.domain.ids import ItemId, OrganisationId, PersonIndex, SessionId, StaffId
from shared.domain.login import renew
from shared.domain.principals import Kind, Principal
from shared.domain.queries import SESSIONS_EXPIRED, SESSIONS_OF_PERSON
from shared.ports.clock import Clock
from shared.ports.store import Delete, Document, Store, StoreError, Value
from shared.records.day_seals import ATTEMPT, CODE, COLLECTION, GUESSES, KEY, PARKED, SESSION, DaySeals
from shared.records.directory_store import HEAD, DirectoryStore

TOUCH: Final = timedelta(minutes=1)
"""A session is written at most this often."""
KEPT: Final = timedelta(minutes=30)
"""An ended session is known this much longer, so that a form sent just too late finds its writer again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a login lives without a click, and at most."""

    idle: timedelta
    longest: timedelta


FOR_STAFF: Final = Limits(idle=timedelta(minutes=30), longest=timedelta(hours=8))
FOR_OTHERS: Final = Limits(idle=timedelta(minutes=15), longest=timedelta(minutes=60))


@dataclass(frozen=True, slots=True)
class Session:
    """One login that is alive: `ends_at` is when it ends if nothing more is done (aware UTC)."""

    principal: Principal
    created_at: datetime
    ends_at: datetime


class Sessions:
    """Starts, reads and ends sessions; `identity` starts those of logins, `booking` those of invitations."""

    def __init__(self, store: Store, seals: DaySeals, clock: Clock, directory: DirectoryStore) -> None:
        self._store = store
        self._seals = seals
        self._clock = clock
        self._directory = directory

    def start(self, principal: Principal, replaces: str = "", number: str = "") -> str:
        """The secret token of a new session; the session of the token `replaces` ends in the same batch.

        `number` is the private person's own, of 12 digits: sealed with the day's key, and opened by `number` alone.
        """
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        writes = [self._seals.create(_id(token), _clear(principal, now, now), _kept(principal, number))]
        if replaces:
            writes.append(Delete(COLLECTION, _id(replaces)))
        self._store.commit(writes)
        return token

    def read(self, token: str) -> Session | None:
        """The living session of the token, touched; None if it ended or never was, or its person may not any more.

        One call for session and directory's head, rows only after a change of the directory; seldom one write.
        """
        found = self._store.get_many(COLLECTION, [_id(token), HEAD]) if token else {}
        document = _session(found.get(_id(token)))
        if document is None or _instant(document, "expires_at") <= self._clock.now():
            return None
        who = self._seals.open(document)
        if who is None:
            return None
        principal = renew(_restored(who, SessionId(document.id)), self._directory.as_of(found.get(HEAD)))
        return None if principal is None else self._touched(document, principal, who.get("number", ""))

    def number(self, principal: Principal) -> str:
        """The 12 digits that the principal logged in with, for what the person does in this login; "" when not known.

        It is no part of the principal, so that no page meets it by the way. One read.
        """
        document = _session(self._store.get(COLLECTION, principal.session)) if principal.session else None
        who = None if document is None else self._seals.open(document)
        return "" if who is None or who["person"] != principal.person else str(who.get("number", ""))

    def end(self, token: str) -> None:
        """End the session; a token of no session does nothing."""
        self._store.commit([Delete(COLLECTION, _id(token))])

    def end_all(self, person: PersonIndex) -> int:
        """End every session of the person; how many there were."""
        ended = 0
        while documents := self._store.query(SESSIONS_OF_PERSON, {"person": person}, limit=100).documents:
            self._store.commit([Delete(COLLECTION, one.id) for one in documents])
            ended += len(documents)
        return ended

    def owner(self, token: str) -> PersonIndex | None:
        """Whose session the token is or was until at most 30 minutes ago; a session ended on purpose has no owner."""
        document = self._document(token)
        if document is None or _instant(document, "expires_at") + KEPT <= self._clock.now():
            return None
        person = document.fields["person"]
        return PersonIndex(person) if isinstance(person, str) else None

    def sweep(self) -> int:
        """Delete what ended more than 30 minutes ago, at most 100 of each kind, and the keys of old days; how many."""
        return sum(map(self._sweep, (SESSION, ATTEMPT, PARKED, CODE, GUESSES, KEY)))

    def _sweep(self, kind: str) -> int:
        page = self._store.query(SESSIONS_EXPIRED, {"kind": kind}, limit=100, stop=self._clock.now() - KEPT)
        for one in page.documents if kind == KEY else ():
            self._seals.erase(one)
        if page.documents:
            self._store.commit([Delete(COLLECTION, one.id) for one in page.documents])
        return len(page.documents)

    def _document(self, token: str) -> Document | None:
        return _session(self._store.get(COLLECTION, _id(token)) if token else None)

    def _touched(self, document: Document, principal: Principal, number: str) -> Session:
        now, created_at = self._clock.now(), _instant(document, "created_at")
        session = Session(principal, created_at, _instant(document, "expires_at"))
        if now - _instant(document, "seen_at") < TOUCH:
            return session
        clear = _clear(principal, created_at, now)
        try:
            self._store.commit([self._seals.replace(document, clear, _kept(principal, number))])
        except StoreError:
            return session  # another request touched or ended it meanwhile; the next read tells
        return Session(principal, created_at, _ends_at(principal, created_at, now))


def _session(document: Document | None) -> Document | None:
    return document if document is not None and document.fields["kind"] == SESSION else None


def _clear(principal: Principal, created_at: datetime, seen_at: datetime) -> dict[str, Value]:
    return {
        "kind": SESSION,
        "person": principal.person,
        "created_at": created_at,
        "seen_at": seen_at,
        "expires_at": _ends_at(principal, created_at, seen_at),
    }


def _ends_at(principal: Principal, created_at: datetime, seen_at: datetime) -> datetime:
    limits = FOR_STAFF if principal.kind is Kind.STAFF else FOR_OTHERS
    return min(seen_at + limits.idle, created_at + limits.longest)


def _instant(document: Document, field: str) -> datetime:
    value = document.fields[field]
    if not isinstance(value, datetime):
        raise TypeError(field)
    return value


def _id(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _kept(principal: Principal, number: str) -> dict[str, object]:
    """What a session must remember; unit, roles and names of organisations are read from the directory."""
    return {
        "kind": principal.kind,
        "person": principal.person,
        "name": principal.name,
        "assurance": principal.assurance,
        "organisation": principal.organisation,
        "staff": principal.staff,
        "invitation": principal.invitation,
        "letter": principal.letter,
        **({"number": number} if number else {}),
    }


def _restored(who: Mapping[str, Any], session: SessionId) -> Principal:
    return Principal(
        Kind(who["kind"]),
        person=PersonIndex(who["person"]) if who["person"] else None,
        name=who["name"],
        session=session,
        assurance=who["assurance"],
        organisation=OrganisationId(who["organisation"]) if who["organisation"] else None,
        staff=StaffId(who["staff"]) if who["staff"] else None,
        invitation=ItemId(said) if (said := who.get("invitation")) else None,
        letter=ItemId(said) if (said := who.get("letter")) else None,
    )
