"""The desks of what leaves the house: who sends it, by which ways, and what is told of its delivery."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.foundations import Foundations

if TYPE_CHECKING:
    from shared.adapters.practice_post import PracticePost
    from shared.domain.messages import Channel
    from shared.ports.notices import Sender
    from shared.records.delivery import Delivery
    from shared.records.reach import Reach
    from shared.records.safe_channels import SafeChannels
    from shared.records.sending import Sending
    from shared.records.sent_codes import SentCodes
    from shared.records.troubled_messages import TroubledMessages


class MessageDesks(Foundations):
    """The outbox seen from its far end."""

    @cached_property
    def sending(self) -> "Sending":
        """Sends what waits."""
        from shared.records.sending import Sending

        return Sending(
            self._vault,
            self._outbox,
            self._senders,
            directory=self.directory,
            reach=self._reach,
            origin=self.settings.origin,
        )

    @cached_property
    def safe_channels(self) -> "SafeChannels":
        """Where a private person wants to be told."""
        from shared.records.safe_channels import SafeChannels

        return SafeChannels(self._vault, self._outbox, self._codes, self._disclosures)

    @cached_property
    def _codes(self) -> "SentCodes":
        from shared.records.sent_codes import SentCodes

        return SentCodes(self.store, self._seals, self.clock)

    @cached_property
    def _reach(self) -> "Reach":
        from shared.records.reach import Reach

        return Reach(self._vault, self._codes)

    @cached_property
    def delivery(self) -> "Delivery":
        """What gateways tell of it afterwards."""
        from shared.records.delivery import Delivery

        return Delivery(self._vault, self._outbox)

    @cached_property
    def troubled(self) -> "TroubledMessages":
        """Messages that did not arrive, for leads."""
        from shared.records.troubled_messages import TroubledMessages

        return TroubledMessages(self._vault, self._outbox, self.directory)

    @cached_property
    def practice_post(self) -> "PracticePost":
        """What would have left at stage demo, where nothing does."""
        from shared.adapters.practice_post import PracticePost

        return PracticePost(self.clock)

    @cached_property
    def _senders(self) -> "Mapping[Channel, Sender]":
        if self.settings.demo:
            return self.practice_post.ways()
        from shared.adapters.ways_out import ways_out

        return ways_out(self.settings, self.clock)
