"""A message that leaves the house: to whom, by which way, and how far it has come; it says nothing about anybody.

It is written in the batch of what causes it and sent after. It holds ids alone: the address is looked up when it is
sent, and the words are chosen then from a table of neutral ones. Every event reaches a recipient once: the message's
id is a hash of both.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.domain.ids import CaseId, MessageId, StaffId, UnitId
from shared.domain.message_pauses import in_doubt, not_taken
from shared.domain.quiet import QuietHours

CLAIM: Final = timedelta(minutes=2)
"""How long one sender has a message for itself: longer than any sender waits for an answer."""
BEHIND: Final = timedelta(seconds=30)
CLOCKS_DIFFER: Final = timedelta(seconds=5)
LATE_AFTER: Final = timedelta(minutes=15)
"""A message that should have left so long ago is told to whoever watches over the operation."""
KEPT_FOR: Final = timedelta(days=30)
"""How long a message that nobody need look at any more is kept, counted from when it could leave."""
REPORTS_FOR: Final = timedelta(days=7)
"""How long after it was sent anything is believed about its delivery."""


_DOUBTED: Final = 6
"""Tries of a page, some eight minutes, after which the lead is told although it is tried on."""


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"


class RecipientKind(StrEnum):
    STAFF = "staff"
    DUTY_PHONE = "duty_phone"
    RESIDENT = "resident"
    """By a channel that the person has said is safe, and proved."""


class Template(StrEnum):
    """Which neutral words are sent."""

    LOOK = "look"
    PAGE = "page"
    READ = "read"
    REMIND = "remind"
    OFF = "off"
    """Of a booked meeting, and that it is cancelled: `Message.case` then names the meeting."""
    WAITS = "waits"
    """That something is to be done before a day, which is told after the login."""
    TIMES = "times"
    """To who holds it, that somebody has booked, moved or cancelled a meeting: the same."""
    CODE = "code"


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """A sender has it; when its time is over nobody knows whether it left."""
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    """It was taken and then not delivered."""
    DEAD = "dead"
    """It will not be tried again unless somebody asks for it."""
    DROPPED = "dropped"
    """There was nothing left to look at."""


class MessageAction(StrEnum):
    """What a person did about a message that did not arrive: stable for ever, as the trail names it."""

    AGAIN = "message:again"
    HANDLED = "message:handled"


class Reason(StrEnum):
    """Why a message is dead or was dropped."""

    NONE = ""
    TOO_LATE = "too_late"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    NO_ADDRESS = "no_address"
    NOT_SAFE = "not_safe"
    """No channel is safe, or not any more."""
    DONE = "done"
    UNDELIVERED = "undelivered"
    SAID = "said"
    """The same words have reached the recipient since."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom it is for, by kind and id; `id` is empty for the duty phone, of which there is one."""

    kind: RecipientKind
    id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `channel` is the way it is to go, or went, by.

    `not_before` is when it may leave, `next_try` when somebody should look at it again (a claim's end while it is being
    sent), `gives_up_at` the first instant that is too late. `tries` counts claims, `unsure` those whose outcome nobody
    knows. `clock` names the case's clock that makes it worth sending; `assigned_ends_it` says that a caseworker does
    too. `handled` is set by a person for one that is dead or failed.
    """

    id: MessageId
    recipient: Recipient
    channel: Channel
    template: Template
    unit: UnitId
    case: CaseId
    at: datetime
    not_before: datetime
    next_try: datetime
    gives_up_at: datetime
    clock: str = ""
    assigned_ends_it: bool = False
    urgent: bool = False
    state: State = State.WAITING
    reason: Reason = Reason.NONE
    tries: int = 0
    unsure: int = 0
    sent_at: datetime | None = None
    handled: bool = False
    entries: int = 0
    """How many entries its own audit chain has, and the hash of the last."""
    head: str = ""
    rev: int = 0

    @property
    def open(self) -> bool:
        """Whether it still has to leave."""
        return self.state in {State.WAITING, State.SENDING}

    @property
    def troubled(self) -> bool:
        """Whether a person should look at it."""
        return self.state in {State.DEAD, State.FAILED} and not self.handled and not self.waited_for

    @property
    def waited_for(self) -> bool:
        """Whether somebody sits and waits for it: no night holds it back, and without it a new one is asked for."""
        return self.template is Template.CODE

    @property
    def doubted(self) -> bool:
        """Whether a page has been tried so often without a clear answer that a person should not wait for it."""
        return self.urgent and self.state is State.WAITING and self.unsure >= _DOUBTED

    @property
    def joins(self) -> bool:
        """Whether it may leave together with others to the same recipient: the words are the same for any matter."""
        same = self.template in {Template.LOOK, Template.TIMES}
        return same and self.recipient.kind is RecipientKind.STAFF

    @property
    def most_unsure(self) -> int:
        """How many times it may perhaps have left before it is left alone.

        Neutral words twice disturb a colleague; a page that never came may cost a child. On a resident's phone one
        too many is worse than one too few: what waits is seen at the next login.
        """
        if self.recipient.kind is RecipientKind.RESIDENT:
            return 1
        return 12 if self.urgent else 3


def message_id(recipient: Recipient, event: str) -> MessageId:
    """The id of the one message that tells this recipient of this event; 32 hex digits."""
    joined = f"{recipient.kind}|{recipient.id}|{event}"
    return MessageId(hashlib.sha256(joined.encode()).hexdigest()[:32])


def wake_name(message: Message) -> str:
    """The opaque name of the alarm for the message's next try: the same for the same moment, 32 hex digits."""
    joined = f"message|{message.id}|{message.entries}|{message.tries}|{message.next_try.isoformat()}"
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def ready(message: Message, now: datetime) -> bool:
    """Whether somebody may claim it now: it waits and is due, or its sender has not been heard of.

    The clocks of two machines differ a little, and an alarm that was turned away as early does not ring again.
    """
    return message.open and message.next_try <= now + CLOCKS_DIFFER


def lost(message: Message) -> bool:
    """Whether whoever had it never told how it went, and it would be one time too many to send it once more."""
    return message.state is State.SENDING and message.unsure + 1 >= message.most_unsure


def claimed(message: Message, channel: Channel, now: datetime) -> Message:
    """The message in one sender's hands. Whoever had it before never told how it went."""
    unheard = message.state is State.SENDING
    return replace(
        message,
        state=State.SENDING,
        channel=channel,
        next_try=now + CLAIM,
        tries=message.tries + 1,
        unsure=message.unsure + unheard,
    )


def sent(message: Message, now: datetime) -> Message:
    """The gateway or mail server has taken it."""
    return replace(message, state=State.SENT, sent_at=now)


def dead(message: Message, reason: Reason) -> Message:
    """It is left alone until a person asks for another try."""
    return replace(message, state=State.DEAD, reason=reason)


def dropped(message: Message, reason: Reason = Reason.DONE) -> Message:
    """There is nothing left to look at, or nothing new to say: it is not sent, and nobody is troubled with it."""
    return replace(message, state=State.DROPPED, reason=reason)


def behind(message: Message, first: Message, now: datetime) -> Message:
    """The message after it was put behind an older one to the same recipient, whose going may spare its own."""
    return replace(message, state=State.WAITING, next_try=max(first.next_try, now) + BEHIND)


def tried(message: Message, quiet: QuietHours, now: datetime, *, unsure: bool = False) -> Message:
    """After a try that failed, or whose outcome nobody knows: the next one, or dead when it would be one too many."""
    after = replace(message, state=State.WAITING, unsure=message.unsure + unsure)
    if after.unsure >= after.most_unsure:
        return dead(after, Reason.UNCLEAR)
    soon = now + (
        in_doubt(after.unsure, urgent=after.urgent) if unsure else not_taken(after.tries, urgent=after.urgent)
    )
    at = soon if message.urgent or message.waited_for else quiet.over(soon)
    return replace(after, next_try=at, not_before=at if at > soon else message.not_before)


def reported(message: Message, state: State, now: datetime) -> Message:
    """After the gateway's word on its delivery: only ever forward, and nothing else of it changes.

    Delivered is the last word: it may follow on failed, because a phone that was off got it in the end, and nothing
    follows on it. A word about a message nobody has tried to send, or sent long ago, changes nothing.
    """
    if not _may_be_reported(message, now):
        return message
    if state is State.SENT and message.open:
        return sent(message, now)
    if state is State.DELIVERED and message.state is not State.DELIVERED:
        return replace(message, state=State.DELIVERED, reason=Reason.NONE, sent_at=message.sent_at or now)
    if state is State.FAILED and (message.open or message.state is State.SENT):
        return replace(message, state=State.FAILED, reason=Reason.UNDELIVERED, sent_at=message.sent_at or now)
    return message


def _may_be_reported(message: Message, now: datetime) -> bool:
    if message.tries == 0 or message.state is State.DROPPED:
        return False
    return now < (message.sent_at or message.at) + REPORTS_FOR


def again(message: Message, quiet: QuietHours, now: datetime) -> Message:
    """A person asks for another try: it begins anew, and has a day from now."""
    at = now if message.urgent else quiet.over(now)
    return replace(
        message,
        state=State.WAITING,
        reason=Reason.NONE,
        tries=0,
        unsure=0,
        not_before=at,
        next_try=at,
        gives_up_at=at + timedelta(days=1),
        handled=False,
    )


def handled(message: Message) -> Message:
    """A person has seen to what it was about in another way."""
    return replace(message, handled=True)


def staff_recipient(id: StaffId) -> Recipient:
    """An employee."""
    return Recipient(RecipientKind.STAFF, id)


DUTY_PHONE: Final = Recipient(RecipientKind.DUTY_PHONE)
