"""Forms sent just after a login ended: kept sealed for half an hour, for their writer alone."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.domain.principals import Principal
from shared.ports.clock import Clock
from shared.ports.store import Store, Value
from shared.records.day_seals import COLLECTION, PARKED, DaySeals
from shared.records.sessions import Sessions

LIFE: Final = timedelta(minutes=30)
LARGEST: Final = 600_000
"""Bytes of one form: a document holds 900 KiB and the form grows by a third on its way in."""


@dataclass(frozen=True, slots=True)
class ParkedForm:
    """A kept form: where it was sent, and its urlencoded fields."""

    path: str
    body: bytes


class ParkedForms:
    """Keeps forms for the person whose session had ended."""

    def __init__(self, store: Store, seals: DaySeals, sessions: Sessions, clock: Clock) -> None:
        self._store = store
        self._seals = seals
        self._sessions = sessions
        self._clock = clock

    def park(self, body: bytes, path: str, session: str) -> str | None:
        """Keep the form for the owner of the ended session; the secret that fetches it, or None if nobody is known.

        A form of more than 600,000 bytes is not kept (None).
        """
        person = self._sessions.owner(session)
        if person is None or len(body) > LARGEST:
            return None
        token = secrets.token_urlsafe(32)
        clear: dict[str, Value] = {"kind": PARKED, "person": person, "expires_at": self._clock.now() + LIFE}
        content = {"path": path, "body": base64.b64encode(body).decode()}
        self._store.commit([self._seals.create(_id(token), clear, content)])
        return token

    def unpark(self, token: str, principal: Principal) -> ParkedForm | None:
        """The form, for the same person only and within half an hour; else None. May be asked again."""
        document = self._store.get(COLLECTION, _id(token))
        if document is None or document.fields["kind"] != PARKED or document.fields["person"] != principal.person:
            return None
        expires_at = document.fields["expires_at"]
        if not isinstance(expires_at, datetime) or expires_at <= self._clock.now():
            return None
        content = self._seals.open(document)
        return None if content is None else ParkedForm(content["path"], base64.b64decode(content["body"]))


def _id(token: str) -> str:
    return hashlib.sha256(b"parked." + token.encode()).hexdigest()
