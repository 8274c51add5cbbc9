"""The keepers of one installation, opened together and closed together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from shared.ports.alarms import Alarms
from shared.ports.clock import Clock
from shared.ports.keys import Cipher, KeyRing
from shared.ports.store import Store

if TYPE_CHECKING:
    from shared.ports.files import Files


class LastingSecret(Protocol):
    """Gives the installation's secret for a purpose: 32 random bytes, or what `fresh` made the first time."""

    def __call__(self, purpose: str, fresh: Callable[[], bytes] = ...) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeps an installation's promises."""

    store: Store
    ring: KeyRing
    cipher: Cipher
    alarms: Alarms
    files: "Files"
    clock: Clock
    secret: LastingSecret
    close: Callable[[], None]
