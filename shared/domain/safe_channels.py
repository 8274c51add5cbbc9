"""A resident's safe channel: an e-mail address or mobile number that the person alone reads, and how that is proved.

It counts when a code that was sent there has come back from the same person's login. What is not proved is never
written to but with its code.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import Final

from shared.domain.calendar import local_date
from shared.domain.email_addresses import email_address
from shared.domain.ids import KeyId, MessageId, PersonIndex
from shared.domain.messages import Channel
from shared.domain.phone_numbers import international
from shared.domain.principals import Principal

CODE_LIFE: Final = timedelta(minutes=15)
TRIES: Final = 5
"""Wrong codes after which none is right any more: a new one is needed."""
CODES_A_DAY: Final = 3
"""Codes for one kind of channel and person on a Swedish day: fifteen guesses a day among a million."""
JUST_NOW: Final = timedelta(minutes=1)
"""Who asks again for the same address so soon has pressed twice."""
UNPROVED_FOR: Final = timedelta(days=1)
"""How long an address is kept whose code nobody has typed."""

_MOBILE: Final = re.compile(r"\+467[02369][0-9]{7}")
"""Swedish mobile numbers (PTS numbering plan: 070, 072, 073, 076, 079)."""


class Standing(StrEnum):
    """How far a channel has come."""

    NONE = "none"
    """There is none: nothing of an address is kept."""
    ASKED = "asked"
    CONFIRMED = "confirmed"


class Asked(StrEnum):
    """What came of stating an address."""

    SENT = "sent"
    """A code is on its way."""
    JUST_SENT = "just_sent"
    """A code went to the very same address less than a minute ago; there is no second one."""
    TOO_MANY = "too_many"
    IN_USE = "in_use"
    """One is confirmed: it has to be taken away first."""


class Answered(StrEnum):
    """What came of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"
    """It was wrong too often: no code is right any more."""
    EXPIRED = "expired"
    NOTHING = "nothing"
    """There is none to be right: nothing was asked for, or it is confirmed already."""


class SafeAction(StrEnum):
    """What happened to a channel, as its trail names it: stable for ever."""

    ASKED = "safe_channel:asked"
    WRONG_CODE = "safe_channel:wrong_code"
    CONFIRMED = "safe_channel:confirmed"
    TAKEN_AWAY = "safe_channel:taken_away"
    LAPSED = "safe_channel:lapsed"


@dataclass(frozen=True, slots=True)
class SafeChannel:
    """One person's channel of one kind. `address` is an e-mail address or an E.164 number, empty when there is none.

    `code` names the message that carries the newest code and `proof` is the keyed index of what was typed when it is
    right; the code itself is not here. `codes` counts those sent on the Swedish day `day`.
    """

    person: PersonIndex
    channel: Channel
    standing: Standing = Standing.NONE
    address: str = ""
    language: str = "sv"
    key: KeyId | None = None
    code: MessageId | None = None
    proof: str = ""
    code_at: datetime | None = None
    tries: int = 0
    last_wrong: str = ""
    day: date | None = None
    codes: int = 0
    entries: int = 0
    """How many entries its own audit chain has, and the hash of the last."""
    head: str = ""
    rev: int = 0

    @property
    def id(self) -> str:
        """Where it is kept: the person's keyed index and the kind."""
        return channel_id(self.person, self.channel)

    @property
    def lapses_at(self) -> datetime | None:
        """When an address that was never proved goes; None for any other."""
        return self.code_at + UNPROVED_FOR if self.standing is Standing.ASKED and self.code_at else None


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code on its way to a stated address: `message` carries it, `key` will seal the address."""

    address: str
    language: str
    message: MessageId
    proof: str
    key: KeyId


@dataclass(frozen=True, slots=True)
class SafeChange:
    """One act on one channel: who did what, and the channel as it is afterwards."""

    action: SafeAction
    by: Principal
    at: datetime
    after: SafeChannel


def channel_id(person: PersonIndex, channel: Channel) -> str:
    """The one id of the person's channel of that kind."""
    return f"{person}-{channel}"


def stated(channel: Channel, written: str) -> str:
    """The address that was written, in one spelling; "" when it is none, or no Swedish mobile number."""
    if channel is Channel.SMS:
        number = international(written)
        return number if _MOBILE.fullmatch(number) else ""
    return email_address(written)


def may_ask(kept: SafeChannel, address: str, now: datetime) -> Asked:
    """Whether a code may be sent to the address now: `SENT` when it may."""
    if kept.standing is Standing.CONFIRMED:
        return Asked.IN_USE
    if kept.standing is Standing.ASKED and kept.address == address and kept.code_at and now - kept.code_at < JUST_NOW:
        return Asked.JUST_SENT
    return Asked.TOO_MANY if _codes_on(kept, local_date(now)) >= CODES_A_DAY else Asked.SENT


def ask(kept: SafeChannel, new: NewCode, by: Principal, now: datetime) -> SafeChange:
    """The address is stated and its code on its way; whatever code there was before is no code any more."""
    today = local_date(now)
    after = replace(
        kept,
        standing=Standing.ASKED,
        address=new.address,
        language=new.language,
        key=new.key,
        code=new.message,
        proof=new.proof,
        code_at=now,
        tries=0,
        last_wrong="",
        day=today,
        codes=_codes_on(kept, today) + 1,
    )
    return SafeChange(SafeAction.ASKED, by, now, after)


def verdict(kept: SafeChannel, proof: str, now: datetime) -> Answered:
    """What the typed code is, `proof` being its keyed index."""
    if kept.standing is not Standing.ASKED or kept.code_at is None or not kept.proof:
        return Answered.NOTHING
    if now - kept.code_at >= CODE_LIFE:
        return Answered.EXPIRED
    if kept.tries >= TRIES:
        return Answered.OVER
    return Answered.RIGHT if compare_digest(proof, kept.proof) else Answered.WRONG


def guessed(kept: SafeChannel, proof: str, by: Principal, now: datetime) -> SafeChange | None:
    """A wrong code was typed; None when it is the very one that was wrong just before: somebody pressed twice."""
    if proof == kept.last_wrong:
        return None
    after = replace(kept, tries=kept.tries + 1, last_wrong=proof)
    return SafeChange(SafeAction.WRONG_CODE, by, now, after)


def confirm(kept: SafeChannel, by: Principal, now: datetime) -> SafeChange:
    """The right code came back: from now on the channel may be written to."""
    after = replace(kept, standing=Standing.CONFIRMED, code=None, proof="", tries=0, last_wrong="")
    return SafeChange(SafeAction.CONFIRMED, by, now, after)


def take_away(kept: SafeChannel, by: Principal, now: datetime, *, lapsed: bool = False) -> SafeChange:
    """Nothing of the address is kept. The day's count of codes is, so that nobody gets more by beginning anew."""
    gone = SafeChannel(
        kept.person, kept.channel, day=kept.day, codes=kept.codes, entries=kept.entries, head=kept.head, rev=kept.rev
    )
    return SafeChange(SafeAction.LAPSED if lapsed else SafeAction.TAKEN_AWAY, by, now, gone)


def masked(address: str) -> str:
    """The address as somebody who looks over a shoulder may see it: "t…n@example.com", "07…12"."""
    name, at, place = address.partition("@")
    if at:
        return f"{name[0]}\N{HORIZONTAL ELLIPSIS}{name[-1] if len(name) > 2 else ''}@{place}"  # noqa: PLR2004 - of two letters none is hidden otherwise
    return f"07\N{HORIZONTAL ELLIPSIS}{address[-2:]}" if address else ""


def _codes_on(kept: SafeChannel, day: date) -> int:
    return kept.codes if kept.day == day else 0
