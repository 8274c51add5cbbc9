"""The messages that residents get: that something can be read, and a code to prove a channel with."""

from datetime import datetime
from typing import Final

from shared.domain import calendar
from shared.domain.deadlines import Deadline, Reminder
from shared.domain.ids import CaseId, MessageId, PersonIndex, UnitId
from shared.domain.letters import How, Letter
from shared.domain.messages import Channel, Message, Recipient, RecipientKind, Template, message_id
from shared.domain.objection_items import Objection
from shared.domain.quiet import QuietHours
from shared.domain.safe_channels import CODE_LIFE

_NO_UNIT: Final = UnitId("")
_NO_CASE: Final = CaseId("")
"""A code belongs to no case, and no unit need see to it: whoever waits for it asks for a new one."""


def resident_recipient(person: PersonIndex) -> Recipient:
    """A private person, by keyed index."""
    return Recipient(RecipientKind.RESIDENT, person)


def told_of(letter: Letter) -> bool:
    """Whether a letter has just been put in somebody's inbox, so that the person may be told."""
    return letter.rev == 0 and letter.how is How.INBOX


def letter_message(letter: Letter, quiet: QuietHours, now: datetime) -> Message:
    """The message that tells the recipient of the letter that there is something to read, not at night, for a day."""
    return _to_read(letter.recipient.index, f"letter|{letter.id}", letter, quiet, now)


def answer_message(said: Objection, person: PersonIndex, quiet: QuietHours, now: datetime) -> Message:
    """The same, in the same words, to whom something that they have said of their file has been answered."""
    return _to_read(person, f"answer|{said.id}", said, quiet, now)


def _to_read(person: PersonIndex, what: str, of: Letter | Objection, quiet: QuietHours, now: datetime) -> Message:
    recipient, at = resident_recipient(person), quiet.over(now)
    return Message(
        id=message_id(recipient, what),
        recipient=recipient,
        channel=Channel.SMS,
        template=Template.READ,
        unit=of.unit,
        case=of.case,
        at=now,
        not_before=at,
        next_try=at,
        gives_up_at=calendar.end_of_day(calendar.add_days(calendar.local_date(at), 1)),
    )


def waiting_message(
    deadline: Deadline, reminder: Reminder, person: PersonIndex, quiet: QuietHours, now: datetime
) -> Message:
    """The message that reminds the person of what the deadline waits for, not at night and not after the last day.

    Once for each deadline and reminder; it is not sent when the deadline does not run in the case any more.
    """
    recipient, at = resident_recipient(person), quiet.over(now)
    return Message(
        id=message_id(recipient, f"waits|{deadline.id}|{deadline.epoch}|{reminder.name}"),
        recipient=recipient,
        channel=Channel.SMS,
        template=Template.WAITS,
        unit=deadline.unit,
        case=deadline.case,
        at=now,
        not_before=at,
        next_try=at,
        gives_up_at=deadline.due,
        clock=deadline.name,
    )


def code_message(id: MessageId, person: PersonIndex, channel: Channel, now: datetime) -> Message:
    """The message that carries a code: at once, at night too, as long as the code is any good."""
    return Message(
        id=id,
        recipient=resident_recipient(person),
        channel=channel,
        template=Template.CODE,
        unit=_NO_UNIT,
        case=_NO_CASE,
        at=now,
        not_before=now,
        next_try=now,
        gives_up_at=now + CODE_LIFE,
    )
