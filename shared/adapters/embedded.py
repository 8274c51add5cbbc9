"""Opens the keepers of one machine: SQLite for documents and keys, alarms and files beside them, in one data folder."""

from contextlib import ExitStack

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.clock import AdjustableClock, SystemClock
from shared.adapters.data_folder import DataFolder
from shared.adapters.disk_files import DiskFiles
from shared.adapters.embedded_alarms import EmbeddedAlarms
from shared.adapters.kept import Kept
from shared.adapters.local_keys import LocalKeyRing
from shared.adapters.sqlite_store import SqliteStore
from shared.domain.queries import DATA_KEYS_MADE
from shared.ports.clock import Clock
from shared.settings import Settings


def open_embedded(settings: Settings) -> Kept:
    """The keepers in `settings.var`; raises `CannotOpen` with one clear line and leaves nothing open then."""
    with ExitStack() as opened:
        folder = DataFolder(settings.var, settings.stage, settings.tenant)
        opened.callback(folder.close)
        master = folder.master_key()
        clock: Clock = AdjustableClock(folder.clock) if settings.demo else SystemClock()
        keys = SqliteStore(folder.keys, shapes=(DATA_KEYS_MADE,), stamp=folder.stamp)
        opened.callback(keys.close)
        store = SqliteStore(folder.store, stamp=folder.stamp)
        opened.callback(store.close)
        alarms = EmbeddedAlarms(folder.alarms, clock)
        opened.callback(alarms.close)
        ring = LocalKeyRing(keys, master, settings.tenant, clock)
        cipher = AesCipher(ring)
        files = DiskFiles(folder.files, cipher, settings.tenant)
        return Kept(store, ring, cipher, alarms, files, clock, ring.standing, opened.pop_all().close)
