"""The keepers of the cloud opened together: on the emulator, and on stand-ins for what has none."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import grpc
import pytest

from shared.adapters.cannot_open import NoKeys, NoMasterKey, OtherStage
from shared.adapters.clock import SystemClock
from shared.adapters.cloud import Lines, databases, open_cloud
from shared.adapters.data_folder import DataFolder
from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.kept import Kept
from shared.domain.ids import FileId
from shared.ports.store import Create
from shared.settings import Keepers, Settings, Stage
from tests.cloud.buckets import nobody
from tests.cloud.kms_server import KEY, KmsServer
from tests.cloud.queues import ACCOUNT, TARGET
from tests.cloud.storage_server import BUCKET, StorageServer
from tests.cloud.tasks_server import QUEUE, TasksServer
from tests.contracts.alarms import wake
from tests.emulator import Emulator

pytestmark = [pytest.mark.slow, pytest.mark.emulator]

PLACE = ("socialnamnden", "cases", "c1", "core", "1", "1")
ONE = FileId("1" * 32)


class Cloud:
    """Everything that an installation in production reaches, here; `open` is what one more process does."""

    def __init__(self, settings: Settings, opened: ExitStack) -> None:
        self.settings = settings
        self.kms = KmsServer()
        self.storage = StorageServer()
        self.tasks = TasksServer(SystemClock())
        self._opened = opened
        self._kms, self._tasks = (opened.enter_context(one.serving()) for one in (self.kms, self.tasks))
        self._storage = opened.enter_context(self.storage.serving())

    def open(self) -> Kept:
        kms, tasks = (grpc.insecure_channel(f"127.0.0.1:{port}") for port in (self._kms, self._tasks))
        kept = open_cloud(self.settings, Lines(nobody(), tasks, kms, self._storage))
        self._opened.callback(kept.close)
        return kept


@pytest.fixture
def cloud(emulator: Emulator, tmp_path: Path) -> Iterator[Cloud]:
    database = emulator.database(str(tmp_path))
    settings = Settings(
        keepers=Keepers.CLOUD,
        project=database.project,
        emulator=database.emulator,
        kms_key=KEY,
        files_bucket=BUCKET,
        tasks_queue=QUEUE,
        tasks_target=TARGET,
        tasks_account=ACCOUNT,
    )
    with ExitStack() as opened:
        yield Cloud(settings, opened)


def test_what_one_process_kept_another_reads(cloud: Cloud) -> None:
    one = cloud.open()
    key = one.ring.create("akt1", "reports")
    sealed = one.cipher.seal(key, b"oro", PLACE)
    one.files.write(ONE, key, [b"bild"])
    one.store.commit([Create("cases", "c1", {"sealed": sealed})])
    one.alarms.arm([wake("a", one.clock.now())])
    one.close()
    one.close()

    other = cloud.open()

    found = other.store.get("cases", "c1")
    assert found is not None
    assert other.cipher.open(key, bytes(found.fields["sealed"]), PLACE) == b"oro"  # type: ignore[arg-type] # bytes, as written
    assert b"".join(other.files.read(ONE, key)) == b"bild"
    assert [one.id for one in cloud.tasks.waiting.values()] == ["a"]


def test_a_process_asks_the_key_service_once_however_much_it_opens(cloud: Cloud) -> None:
    cloud.open()
    cloud.kms.asked.clear()
    kept = cloud.open()
    for number in range(5):
        key = kept.ring.create(f"akt{number}", "reports")
        kept.cipher.open(key, kept.cipher.seal(key, b"oro", PLACE), PLACE)
    kept.secret("forms")

    assert cloud.kms.asked == ["Decrypt"]


def test_keys_and_documents_lie_in_databases_of_their_own(cloud: Cloud) -> None:
    kept = cloud.open()
    kept.ring.create("akt1", "reports")
    data, _ = databases(cloud.settings)
    documents = FirestoreStore(data)

    assert documents.get("master_keys", "master") is None
    documents.close()


def test_an_installation_that_has_lived_does_not_get_new_keys(cloud: Cloud) -> None:
    cloud.open().store.commit([Create("sweeps", "latest", {})])
    cloud.settings = replace(cloud.settings, keys_database="keys-gone")

    with pytest.raises(NoKeys):
        cloud.open()


def test_another_key_in_the_key_service_opens_nothing(cloud: Cloud) -> None:
    cloud.open()
    cloud.kms.versions = KmsServer().versions

    with pytest.raises(NoMasterKey, match="another key"):
        cloud.open()


# ── Stage demo ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def practice(emulator: Emulator, tmp_path: Path) -> Iterator[Callable[[], Kept]]:
    database = emulator.database(str(tmp_path))
    settings = Settings(
        stage=Stage.DEMO,
        keepers=Keepers.CLOUD,
        var=tmp_path / "var",
        project=database.project,
        emulator=database.emulator,
    )
    with ExitStack() as opened:

        def open_one() -> Kept:
            kept = open_cloud(settings)
            opened.callback(kept.close)
            return kept

        yield open_one


def test_at_stage_demo_several_processes_share_what_has_no_emulator(practice: Callable[[], Kept]) -> None:
    one, other = practice(), practice()
    key = one.ring.create("akt1", "reports")
    one.files.write(ONE, key, [b"bild"])
    one.alarms.arm([wake("a", one.clock.now())])

    assert b"".join(other.files.read(ONE, key)) == b"bild"
    assert other.secret("forms") == one.secret("forms")


def test_a_folder_of_production_is_not_opened_for_practice(practice: Callable[[], Kept], tmp_path: Path) -> None:
    DataFolder(tmp_path / "var", Stage.PRODUCTION, "socialnamnden").close()

    with pytest.raises(OtherStage):
        practice()
