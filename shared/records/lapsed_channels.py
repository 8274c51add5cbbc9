"""Addresses that were stated and never proved: after a day nothing of them is kept."""

from shared.domain import safe_channels
from shared.domain.principals import SYSTEM
from shared.domain.queries import SAFE_CHANNELS_LAPSED
from shared.domain.safe_channels import Standing
from shared.ports.store import AlreadyExists, Conflict, Document, NotFound
from shared.records.safe_channel_rows import channel_writes, read_closed
from shared.records.sent_codes import gone
from shared.records.vault import Vault


class LapsedChannels:
    """Lets go of at most 100 in a run."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock

    def sweep(self) -> int:
        """How many were let go; one whose code was typed at the last moment stays."""
        shape, asked = SAFE_CHANNELS_LAPSED, {"standing": Standing.ASKED.value}
        page = self._store.query(shape, asked, limit=shape.page, stop=self._clock.now())
        return sum(map(self._let_go, page.documents))

    def _let_go(self, document: Document) -> bool:
        kept = read_closed(document)
        change = safe_channels.take_away(kept, SYSTEM, self._clock.now(), lapsed=True)
        code = [gone(kept.code)] if kept.code else []
        try:
            self._store.commit([*channel_writes(change, self._sealing), *code])
        except (AlreadyExists, Conflict, NotFound):
            return False
        if kept.key is not None:
            self._ring.erase(kept.key)
        return True
