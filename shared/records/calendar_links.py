"""Secret links to the own meetings: made, renewed and ended by their owner, and asked with by a calendar program.

A link holds for as long as its owner is employed here and opens cases, judged anew at every fetch. Whoever has it sees
when and where, and nothing about anybody.
"""

import hmac
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from shared.domain.booking import calendar_links
from shared.domain.booking.calendar_links import CalendarLink, LinkAction
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import StaffId
from shared.domain.login import renew
from shared.domain.principals import SYSTEM, Kind, Principal
from shared.ports.store import AlreadyExists, Conflict, Document, NotFound, Value, Write
from shared.records.booking_settling import BookingSettling
from shared.records.booking_trail import audited, event
from shared.records.directory_store import DirectoryStore
from shared.records.rows import Row
from shared.records.staff_meetings import Listed, StaffMeetings
from shared.records.submissions import Submission, Submissions
from shared.records.vault import Vault

COLLECTION: Final = "calendar_links"
_OWNER: Final = "calendar_link_of"
_PROOF: Final = "calendar_link"
_SECRET: Final = re.compile(r"([0-9a-f]{32})[0-9a-f]{64}")


class TooOften(Exception):
    """The link holds, and has been fetched often enough for this hour."""


@dataclass(frozen=True, slots=True)
class _Done:
    action: LinkAction
    by: Principal
    at: datetime


class CalendarLinks:
    """Each staff member's own, and none of anybody else's."""

    def __init__(
        self, vault: Vault, submissions: Submissions, directory: DirectoryStore, meetings: StaffMeetings
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._directory = directory
        self._meetings = meetings
        self._settling = BookingSettling(vault, submissions)

    def of(self, principal: Principal) -> CalendarLink | None:
        """The principal's own link that holds, or None."""
        if not calendar_links.may_have(principal):
            return None
        found = self._find(self._id(principal))
        return found if found and found.proof else None

    def make(self, principal: Principal, submission: Submission) -> str | None:
        """A new secret, in the place of any before; None when the submission has made one already, which is kept
        nowhere. Raises `NotAllowed`.
        """
        id = self._own(principal)
        secret = f"{id}{self._fresh()}{self._fresh()}"

        def build(now: datetime) -> list[Write]:
            there = self._find(id)
            new = CalendarLink(id, str(principal.staff), self._cipher.index(_PROOF, secret), now)
            if there is not None:
                new = replace(new, audit_number=there.audit_number, audit_head=there.audit_head, rev=there.rev)
            return self._written(new, _Done(LinkAction.MADE, principal, now))

        return secret if self._settling.settle(submission, id, build).first else None

    def end(self, principal: Principal, submission: Submission) -> None:
        """The link is dead from now on; a second call does nothing. Raises `NotAllowed`."""
        id = self._own(principal)

        def build(now: datetime) -> list[Write]:
            there = self._find(id)
            if there is None or not there.proof:
                return []
            return self._written(replace(there, proof=""), _Done(LinkAction.ENDED, principal, now))

        self._settling.settle(submission, id, build)

    def fetch(self, secret: str) -> list[Listed] | None:
        """The meetings of whose link it is; None for whatever holds no more or never did, and nothing tells which.

        Raises `TooOften`, and `Unavailable` without a store. What has no secret's shape is answered without a read.
        """
        parts = _SECRET.fullmatch(secret)
        link = self._find(parts[1]) if parts else None
        if link is None or not link.proof or not hmac.compare_digest(link.proof, self._cipher.index(_PROOF, secret)):
            return None
        known = self._directory.present()
        owner = renew(Principal(Kind.STAFF, staff=StaffId(link.staff)), known)
        now = self._clock.now()
        if owner is None or not calendar_links.may_have(owner):
            self._try(self._written(replace(link, proof=""), _Done(LinkAction.DIED, SYSTEM, now)))
            return None
        after = calendar_links.fetched(link, now)
        if after is None:
            raise TooOften
        self._try([_row(after).write(self._sealing)])
        return self._meetings.of(owner, known.staff[StaffId(link.staff)], calendar_links.shown(now))

    def _try(self, writes: list[Write]) -> None:
        """Two that fetch at once count as one."""
        try:
            self._store.commit(writes)
        except (AlreadyExists, Conflict, NotFound):
            return

    def _own(self, principal: Principal) -> str:
        if not calendar_links.may_have(principal):
            raise NotAllowed
        return self._id(principal)

    def _id(self, principal: Principal) -> str:
        return self._cipher.index(_OWNER, str(principal.staff))

    def _find(self, id: str) -> CalendarLink | None:
        document = self._store.get(COLLECTION, id)
        return None if document is None else _read(document)

    def _written(self, link: CalendarLink, done: _Done) -> list[Write]:
        entry = audited(link.id, link.audit_number, link.audit_head, done)
        linked = replace(link, audit_number=entry.number, audit_head=entry.head)
        return [_row(linked).write(self._sealing), entry.entry, event(self._fresh(), "", done)]


def _row(link: CalendarLink) -> Row:
    clear: dict[str, Value] = {
        "staff": link.staff,
        "proof": link.proof,
        "made_at": link.made_at,
        "fetched_at": link.fetched_at,
        "hour": link.hour,
        "count": link.count,
        "audit_number": link.audit_number,
        "audit_head": link.audit_head,
    }
    return Row(COLLECTION, link.id, link.rev, clear)


def _read(document: Document) -> CalendarLink:
    fields: Any = document.fields
    return CalendarLink(
        document.id, fields["staff"], fields["proof"], fields["made_at"], fields["fetched_at"], fields["hour"],
        fields["count"], fields["audit_number"], fields["audit_head"], document.rev,
    )  # fmt: skip
