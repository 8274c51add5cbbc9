"""The vault: where case data is kept, its keys, its clock and fresh ids, handed together to every desk."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.ports.clock import Clock
from shared.ports.keys import Cipher, KeyRing
from shared.ports.store import Store
from shared.records.sealing import Sealing


@dataclass(frozen=True, slots=True)
class Vault:
    """What a desk of this room works with; `fresh` gives random ids (uuid4, 32 hex digits)."""

    store: Store
    ring: KeyRing
    cipher: Cipher
    clock: Clock
    tenant: str
    fresh: Callable[[], str]

    @property
    def sealing(self) -> Sealing:
        """Sealing for this tenant."""
        return Sealing(self.cipher, self.tenant)
