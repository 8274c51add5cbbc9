"""Where a message can reach its recipient, looked up when it is sent, and which of those ways are safe."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.domain import messages
from shared.domain.email_addresses import email_address
from shared.domain.ids import StaffId
from shared.domain.messages import Channel, Message, Reason, Recipient, RecipientKind, Template
from shared.domain.municipality import Municipality
from shared.domain.phone_numbers import international

_OURS: Final = frozenset(Channel)


@dataclass(frozen=True, slots=True)
class Addressee:
    """One recipient's addresses by channel: a phone number as E.164, an e-mail address.

    `safe` names the channels that nobody but the recipient reads. What nobody has said to be safe is not. `code` is
    what the message has to bring there, if it brings one, and `when` the moment it reminds of, in words.
    """

    addresses: Mapping[Channel, str]
    safe: frozenset[Channel] = field(default_factory=frozenset)
    language: str = "sv"
    code: str = field(default="", repr=False)
    when: str = ""


def addressee(recipient: Recipient, directory: Municipality) -> Addressee | None:
    """Where the recipient can be reached now, or None when nobody knows.

    The employer's own phones and inboxes are safe. Where residents can be reached no directory knows: they say so
    themselves (`safe_channels`).
    """
    match recipient.kind:
        case RecipientKind.DUTY_PHONE:
            return Addressee(_known({Channel.SMS: international(directory.emergency.duty_phone)}), _OURS)
        case RecipientKind.STAFF:
            person = directory.staff.get(StaffId(recipient.id))
            if person is None:
                return None
            email = email_address(person.email)
            return Addressee(_known({Channel.EMAIL: email, Channel.SMS: international(person.phone)}), _OURS)
        case RecipientKind.RESIDENT:
            return None


def choose(message: Message, to: Addressee | None, connected: Collection[Channel]) -> Channel | Reason:
    """The channel the message goes by: the preferred one first, only safe ones, rather one that is connected.

    A reason instead when there is no address, or none that is safe.
    """
    known = () if to is None else tuple(to.addresses)
    if to is None or not known:
        return Reason.NO_ADDRESS
    safe = sorted((one for one in known if one in to.safe), key=lambda one: one is not message.channel)
    if not safe:
        return Reason.NOT_SAFE
    return next((one for one in safe if one in connected), safe[0])


def unreachable(message: Message, reason: Reason) -> Message:
    """The message when nobody can be reached. A resident who has taken the channel away wants to be left alone.

    Nobody is troubled about a colleague who has left, or has no address: the meetings are seen in the product.
    """
    if message.recipient.kind is RecipientKind.RESIDENT:
        return messages.dropped(message, Reason.NOT_SAFE)
    if message.template is Template.TIMES:
        return messages.dropped(message, reason)
    return messages.dead(message, reason)


def worth_sending(message: Message, running: Collection[str] | None, *, assigned: bool) -> bool:
    """Whether there still is something to look at: its clock runs in the case, and nobody has taken what nobody had.

    `running` are the names of the case's running clocks; None when the case could not be found, which is no reason to
    keep quiet.
    """
    if message.assigned_ends_it and assigned:
        return False
    return running is None or not message.clock or message.clock in running


def _known(addresses: Mapping[Channel, str]) -> dict[Channel, str]:
    return {channel: address for channel, address in addresses.items() if address}
