"""Where the recipient of a message can be reached, looked up when it is sent: staff by the directory, residents by
the channels that they have proved to be their own and not taken away.
"""

from shared import log
from shared.domain.addressees import Addressee, addressee
from shared.domain.ids import PersonIndex
from shared.domain.messages import Channel, Message, RecipientKind
from shared.domain.municipality import Municipality
from shared.domain.safe_channels import channel_id
from shared.ports.keys import KeyGone, Tampered
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
        return self._of_resident(PersonIndex(message.recipient.id))

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
