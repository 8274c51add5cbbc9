"""Opens the keepers of the cloud: Firestore for documents and keys, Cloud Tasks, Cloud Storage, Cloud KMS.

At stage demo there is no cloud: Firestore is its emulator on this machine, and what has no emulator (the master key,
alarms, files and the clock) lies in the data folder, which several processes may have open together.
"""

from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.clock import AdjustableClock, SystemClock
from shared.adapters.firestore_links import FirestoreDatabase
from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.kept import Kept
from shared.adapters.local_keys import LocalKeyRing
from shared.domain.queries import DATA_KEYS_MADE
from shared.settings import Settings

if TYPE_CHECKING:
    import grpc


@dataclass(frozen=True, slots=True)
class Lines:
    """As whom the cloud is reached, and over what: the real network, unless a test says otherwise."""

    credentials: Any
    tasks: "grpc.Channel | None" = None
    kms: "grpc.Channel | None" = None
    storage: str = ""


def open_cloud(settings: Settings, lines: Lines | None = None) -> Kept:
    """The keepers that the settings name; leaves nothing open when it raises.

    Raises `CannotOpen` with one clear line, or `Unavailable` when keys or key service do not answer in time.
    """
    with ExitStack() as opened:
        if settings.demo:
            return _practice(settings, opened)
        return _production(settings, opened, lines or _real_lines())


def databases(settings: Settings) -> tuple[FirestoreDatabase, FirestoreDatabase]:
    """Where documents and keys lie."""
    return (
        FirestoreDatabase(settings.project, settings.data_database, settings.emulator),
        FirestoreDatabase(settings.project, settings.keys_database, settings.emulator),
    )


def _practice(settings: Settings, opened: ExitStack) -> Kept:
    from shared.adapters.data_folder import DataFolder
    from shared.adapters.disk_files import DiskFiles
    from shared.adapters.embedded_alarms import EmbeddedAlarms

    folder = DataFolder(settings.var, settings.stage, settings.tenant, alone=False)
    opened.callback(folder.close)
    clock = AdjustableClock(folder.clock)
    data, keys = _stores(settings, opened, None)
    alarms = EmbeddedAlarms(folder.alarms, clock)
    opened.callback(alarms.close)
    ring = LocalKeyRing(keys, folder.master_key(), settings.tenant, clock)
    cipher = AesCipher(ring)
    files = DiskFiles(folder.files, cipher, settings.tenant, alone=False)
    return Kept(data, ring, cipher, alarms, files, clock, ring.standing, opened.pop_all().close)


def _production(settings: Settings, opened: ExitStack, lines: Lines) -> Kept:
    from shared.adapters.cloud_files import CloudFiles
    from shared.adapters.cloud_kms import CloudKms
    from shared.adapters.cloud_tasks import CloudTasks
    from shared.adapters.wrapped_master_key import wrapped_master_key

    clock = SystemClock()
    data, keys = _stores(settings, opened, lines.credentials)
    with closing(CloudKms(settings.kms_key, lines.credentials, lines.kms)) as kms:
        # The sweep writes its mark within five minutes of an installation's life, and never takes it away.
        master = wrapped_master_key(keys, kms, settings.tenant, lambda: data.get("sweeps", "latest") is not None)
    alarms = CloudTasks(settings, clock, lines.tasks, credentials=lines.credentials)
    opened.callback(alarms.close)
    ring = LocalKeyRing(keys, master, settings.tenant, clock)
    cipher = AesCipher(ring)
    files = CloudFiles(settings.files_bucket, cipher, settings.tenant, lines.credentials, lines.storage)
    opened.callback(files.close)
    return Kept(data, ring, cipher, alarms, files, clock, ring.standing, opened.pop_all().close)


def _stores(settings: Settings, opened: ExitStack, credentials: Any) -> tuple[FirestoreStore, FirestoreStore]:
    documents, keyed = databases(settings)
    data = FirestoreStore(documents, credentials=credentials)
    opened.callback(data.close)
    keys = FirestoreStore(keyed, shapes=(DATA_KEYS_MADE,), credentials=credentials)
    opened.callback(keys.close)
    return data, keys


def _real_lines() -> Lines:
    from shared.adapters.service_account import credentials

    return Lines(credentials())
