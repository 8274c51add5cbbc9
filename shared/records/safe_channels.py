"""The residents' own door to their safe channels: state one, prove it with a code, see it, take it away."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

from shared.domain import access, safe_channels
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import CaseId, MessageId, PersonIndex
from shared.domain.messages import Channel
from shared.domain.principals import Principal
from shared.domain.resident_messages import code_message
from shared.domain.retention import Retention
from shared.domain.safe_channels import Answered, Asked, NewCode, SafeChange, SafeChannel, Standing, channel_id
from shared.ports.keys import KeyGone
from shared.ports.store import AlreadyExists, Conflict, Document, NotFound, Unavailable, Write
from shared.records.outbox import Outbox
from shared.records.safe_channel_rows import (
    COLLECTION,
    KEY_OWNER,
    chained,
    channel_key,
    channel_row,
    read_channel,
    read_closed,
)
from shared.records.sent_codes import SentCodes, gone
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_TRIES: Final = 8
"""So often others (a second press, the same person elsewhere) may be faster."""
_PROOF: Final = "safe_channel_code"
Writes: TypeAlias = list[Write]


def six_digits() -> str:
    """A code that nobody can foresee: six digits, a million of them equally likely."""
    return f"{secrets.randbelow(1_000_000):06d}"


class SafeChannels:
    """Own channels only: what they are is nobody's but the person's own, and no staff member sees them."""

    def __init__(
        self,
        vault: Vault,
        outbox: Outbox,
        codes: SentCodes,
        disclosures: Disclosures,
        *,
        new_code: Callable[[], str] = six_digits,
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._outbox = outbox
        self._codes = codes
        self._disclosures = disclosures
        self._new_code = new_code

    def own(self, principal: Principal) -> dict[Channel, SafeChannel]:
        """The person's channels by kind, those that are not there as `NONE`; an address that is opened is logged.

        Raises `NotAllowed` for who has no private login.
        """
        person = _person(principal)
        found = self._store.get_many(COLLECTION, [channel_id(person, one) for one in Channel])
        if keys := [key for one in found.values() if (key := channel_key(one))]:
            self._disclosures.record(principal, CaseId(person), "own_safe_channel")
            self._ring.load(keys)
        return {one: self._read(person, one, found.get(channel_id(person, one))) for one in Channel}

    def ask(self, principal: Principal, channel: Channel, address: str, language: str) -> Asked:
        """Send a code to the address, in one spelling already (`safe_channels.stated`), if one may be sent now.

        Raises `NotAllowed`, `Conflict` when others were faster eight times, and `Unavailable`.
        """
        person = _person(principal)
        for _ in range(_TRIES):
            kept, now = self._kept(person, channel), self._clock.now()
            said = safe_channels.may_ask(kept, address, now)
            if said is not Asked.SENT:
                return said
            if self._sent(kept, principal, address, language):
                return said
        raise Conflict(COLLECTION)

    def answer(self, principal: Principal, channel: Channel, code: str) -> Answered:
        """What the typed code is; the right one confirms the channel, a wrong one is counted before it is answered.

        Raises `NotAllowed`, `Conflict` when others were faster eight times, and `Unavailable`.
        """
        person = _person(principal)
        for _ in range(_TRIES):
            kept, now = self._kept(person, channel), self._clock.now()
            proof = self._proof(kept.id, kept.code, kept.address, code) if kept.code else ""
            said = safe_channels.verdict(kept, proof, now)
            if said is Answered.RIGHT:
                change: SafeChange | None = safe_channels.confirm(kept, principal, now)
            else:
                change = safe_channels.guessed(kept, proof, principal, now) if said is Answered.WRONG else None
            if change is None or self._written(change, kept):
                return said
        raise Conflict(COLLECTION)

    def take_away(self, principal: Principal, channel: Channel) -> None:
        """From now on nothing is sent there, and nothing of the address is kept; without one nothing happens.

        Raises `NotAllowed`, `Conflict` when others were faster eight times, and `Unavailable`.
        """
        person = _person(principal)
        for _ in range(_TRIES):
            document = self._store.get(COLLECTION, channel_id(person, channel))
            kept = None if document is None else read_closed(document)
            if kept is None or kept.standing is Standing.NONE:
                return
            if self._written(safe_channels.take_away(kept, principal, self._clock.now()), kept):
                return
        raise Conflict(COLLECTION)

    def _sent(self, kept: SafeChannel, principal: Principal, address: str, language: str) -> bool:
        """Whether address, code and message were written together; the message is then on its way."""
        code, message = self._new_code(), MessageId(self._fresh())
        key = self._ring.create(f"{KEY_OWNER}{kept.id}", Retention.SAFE_CHANNELS)
        new = NewCode(address, language, message, self._proof(kept.id, message, address, code), key)
        now = self._clock.now()
        leaving = code_message(message, kept.person, kept.channel, now)
        also = [self._codes.write(new, kept.channel, code), *self._outbox.writes([leaving])]
        if not self._written(safe_channels.ask(kept, new, principal, now), kept, also):
            self._ring.erase(key)  # it has sealed nothing that was written
            return False
        self._outbox.wake([leaving])
        return True

    def _written(self, change: SafeChange, kept: SafeChannel, also: Writes | None = None) -> bool:
        """Whether the change was written; False when somebody else has written meanwhile. What it replaced is gone."""
        old = [gone(kept.code)] if kept.code and kept.code != change.after.code else []
        after, entry = chained(change)
        try:
            self._store.commit([channel_row(after).write(self._sealing), entry, *old, *(also or [])])
        except (AlreadyExists, Conflict, NotFound):
            if not self._stands(after):  # a commit that was sent twice meets itself
                return False
        except Unavailable:
            if not self._stands(after):
                raise
        if kept.key is not None and kept.key != change.after.key:
            self._ring.erase(kept.key)
        return True

    def _stands(self, written: SafeChannel) -> bool:
        """Whether this is what stands there, down to what was typed: no guess passes for another one's."""
        return self._kept(written.person, written.channel) == replace(written, rev=written.rev + 1)

    def _kept(self, person: PersonIndex, channel: Channel) -> SafeChannel:
        document = self._store.get(COLLECTION, channel_id(person, channel))
        if document is not None and (key := channel_key(document)):
            self._ring.load([key])
        return self._read(person, channel, document)

    def _read(self, person: PersonIndex, channel: Channel, document: Document | None) -> SafeChannel:
        if document is None:
            return SafeChannel(person, channel)
        try:
            return read_channel(document, self._sealing)
        except KeyGone:  # it can be taken away, and stated anew after that
            return read_closed(document)

    def _proof(self, channel: str, message: MessageId, address: str, code: str) -> str:
        return self._cipher.index(_PROOF, f"{channel}|{message}|{address}|{code}")


def _person(principal: Principal) -> PersonIndex:
    if principal.person is None or not access.may_have_letters(principal):
        raise NotAllowed("private logins alone have a safe channel")
    return principal.person
