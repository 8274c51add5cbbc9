"""Where the recipient of a message can be reached, looked up when it is sent: staff by the directory, residents by
the channels that they have proved to be their own and not taken away.
"""

from dataclasses import replace

from shared import log
from shared.domain.addressees import Addressee, addressee
from shared.domain.ids import PersonIndex
from shared.domain.message_texts import when
from shared.domain.messages import Channel, Message, RecipientKind, Template
from shared.domain.municipality import Municipality
from shared.domain.safe_channels import channel_id
from shared.ports.keys import KeyGone, Tampered
from shared.records.booking_rows import reminded_start
from shared.records.safe_channel_rows import COLLECTION, channel_key, is_confirmed, read_channel
from shared.records.sent_codes import SentCodes
from shared.records.vault import Vault


class Reach:
    """Answers for one message; nobody else reads residents' addresses to write to them."""

    def __init__(self, vault: Vault, codes: SentCodes) -> None:
        self._store = vault.store
        self._ring = vault.ring
        self._sealing = vault.sealing
        self._codes = codes

    def of(self, message: Message, directory: Municipality) -> Addressee | None:
        """The recipient's addresses, or None when nobody knows any."""
        if message.recipient.kind is not RecipientKind.RESIDENT:
            return addressee(message.recipient, directory)
        if message.waited_for:
            return self._codes.addressee(message.id)
        if message.template is not Template.REMIND:
            return self._of_resident(PersonIndex(message.recipient.id))
        return self._of_reminded(message)

    def _of_reminded(self, message: Message) -> Addressee | None:
        """Nobody, when the meeting has been moved or cancelled since."""
        booking = self._store.get("bookings", message.case)
        start = None if booking is None else reminded_start(message, booking)
        to = None if start is None else self._of_resident(PersonIndex(message.recipient.id))
        return replace(to, when=when(start, to.language)) if start and to else None

    def _of_resident(self, person: PersonIndex) -> Addressee | None:
        ids = [channel_id(person, one) for one in Channel]
        found = [one for one in self._store.get_many(COLLECTION, ids).values() if is_confirmed(one)]
        if not found:
            return None
        try:
            self._ring.load([key for one in found if (key := channel_key(one))])
            channels = [read_channel(one, self._sealing) for one in found]
        except (KeyGone, Tampered) as error:
            log.alarm("safe_channel.unreadable", error)
            return None
        return Addressee(
            {one.channel: one.address for one in channels},
            frozenset(one.channel for one in channels),
            channels[0].language,
        )
