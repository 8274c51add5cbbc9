"""Builders: a keeper of files whose bucket runs here."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

from google.auth.credentials import AnonymousCredentials

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.cloud_files import CloudFiles
from shared.adapters.local_keys import LocalKeyRing
from shared.adapters.memory_store import MemoryStore
from shared.domain.ids import FileId
from shared.domain.queries import DATA_KEYS_MADE
from shared.ports.keys import Cipher
from tests.adapters.wire import Wire, wire_to
from tests.cloud.storage_server import BUCKET, StorageServer
from tests.houses import HandClock

TENANT = "socialnamnden"


class Bucket:
    """A bucket that runs here, a keeper that is connected to it, and one file's key."""

    def __init__(self, opened: ExitStack) -> None:
        self._opened = opened
        self.server = StorageServer()
        self.address = opened.enter_context(self.server.serving())
        self.ring = LocalKeyRing(MemoryStore((DATA_KEYS_MADE,)), bytes(32), TENANT, HandClock())
        self.cipher = AesCipher(self.ring)
        self.key = self.ring.create("file:1", "DRAFTS")
        self.files = self.keeper()

    def keeper(
        self, address: str = "", cipher: Cipher | None = None, tenant: str = TENANT, **bounds: Any
    ) -> CloudFiles:
        """Another keeper of the same files."""
        where = address or self.address
        files = CloudFiles(BUCKET, cipher or self.cipher, tenant, nobody(), where, **bounds)
        self._opened.callback(files.close)
        return files

    def hasty(self, address: str = "") -> CloudFiles:
        """A keeper that gives up soon."""
        return self.keeper(address, patience=0.5, try_s=(0.4, 0.4))

    def wired(self) -> tuple[Wire, str]:
        """A wire to the bucket, and the address at its other end."""
        wire = self._opened.enter_context(wire_to(urlsplit(self.address).port or 0))
        return wire, f"http://127.0.0.1:{wire.port}"

    def content(self, id: FileId) -> bytes:
        """What is read back."""
        return b"".join(self.files.read(id, self.key))


def nobody() -> AnonymousCredentials:
    """Credentials that say nothing."""
    return AnonymousCredentials()  # type: ignore[no-untyped-call] # the library has no types here


@contextmanager
def bucket() -> Iterator[Bucket]:
    """A bucket, for a test."""
    with ExitStack() as opened:
        yield Bucket(opened)
