"""The keepers of one installation, opened together and closed together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.ports.alarms import Alarms
from shared.ports.clock import Clock
from shared.ports.keys import Cipher, KeyRing
from shared.ports.store import Store

if TYPE_CHECKING:
    from shared.ports.files import Files


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeps an installation's promises; `secret` gives its lasting 32-byte secret for a purpose."""

    store: Store
    ring: KeyRing
    cipher: Cipher
    alarms: Alarms
    files: "Files"
    clock: Clock
    secret: Callable[[str], bytes]
    close: Callable[[], None]
