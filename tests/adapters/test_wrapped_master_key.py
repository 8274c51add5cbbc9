"""The master key in the cloud: one for all who start at once, the same at every start, and never another unsaid."""

import io
from collections.abc import Iterator
from contextlib import ExitStack

import grpc
import pytest

from shared import log
from shared.adapters.cannot_open import NoKeys, NoMasterKey
from shared.adapters.cloud_kms import CloudKms
from shared.adapters.memory_store import MemoryStore
from shared.adapters.wrapped_master_key import ID, MASTER_KEYS, wrapped_master_key
from shared.domain.queries import DATA_KEYS_MADE
from shared.ports.store import Document, Replace, Unavailable
from tests.adapters.faulty_store import FaultyStore
from tests.adapters.test_cloud_kms import keeper
from tests.cloud.kms_server import KmsServer
from tests.contracts.store_races import at_once


class Bench:
    """A key service and a store for keys; `start` is what a process does when it starts."""

    def __init__(self) -> None:
        self.server = KmsServer()
        self.keys = FaultyStore(MemoryStore((DATA_KEYS_MADE,)))
        self.has_data = False
        self._open = ExitStack()
        self.kms: CloudKms = self._open.enter_context(keeper(self._open.enter_context(self.server.serving())))

    def start(self, tenant: str = "socialnamnden") -> bytes:
        return wrapped_master_key(self.keys, self.kms, tenant, lambda: self.has_data)

    @property
    def stored(self) -> Document:
        document = self.keys.get(MASTER_KEYS, ID)
        assert document is not None
        return document

    def close(self) -> None:
        self._open.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.close()


def test_the_first_start_makes_a_key_and_every_other_finds_it(bench: Bench) -> None:
    master = bench.start()
    bench.has_data = True

    assert len(master) == 32
    assert bench.start() == master


def test_a_start_asks_the_key_service_once(bench: Bench) -> None:
    bench.start()
    bench.server.asked.clear()
    bench.start()

    assert bench.server.asked == ["Decrypt"]


def test_the_master_key_lies_nowhere_readable(bench: Bench) -> None:
    master = bench.start()

    assert master not in bytes(bench.stored.fields["wrapped"])  # type: ignore[arg-type] # bytes, as written


def test_of_many_who_start_at_once_all_have_the_same_key(bench: Bench) -> None:
    found: set[bytes] = set()

    def start(_: int) -> bool:
        found.add(bench.start())
        return True

    assert all(at_once(8, start))
    assert len(found) == 1
    assert found == {bench.start()}


def test_documents_without_their_keys_do_not_get_new_ones(bench: Bench) -> None:
    bench.has_data = True
    with pytest.raises(NoKeys):
        bench.start()

    assert bench.keys.get(MASTER_KEYS, ID) is None


def test_another_boards_master_key_is_not_ours(bench: Bench) -> None:
    bench.start()
    with pytest.raises(NoMasterKey):
        bench.start("annan")


@pytest.mark.parametrize("found", [None, "text", b"", b"\x01 changed"], ids=repr)
def test_what_is_no_master_key_is_never_written_over(bench: Bench, found: str | bytes | None) -> None:
    bench.start()
    bench.keys.commit([Replace(MASTER_KEYS, ID, 1, {"wrapped": found})])
    with pytest.raises(NoMasterKey):
        bench.start()

    assert bench.stored.fields["wrapped"] == found


def test_a_wrapped_thing_that_is_too_short_is_no_master_key(bench: Bench) -> None:
    bench.start()
    short = bench.kms.wrap(b"m", ("socialnamnden", MASTER_KEYS, ID))
    bench.keys.commit([Replace(MASTER_KEYS, ID, 1, {"wrapped": short})])
    with pytest.raises(NoMasterKey):
        bench.start()


def test_a_key_that_was_not_stored_is_not_used(bench: Bench) -> None:
    bench.keys.fail_commits_before(1)
    with pytest.raises(Unavailable):
        bench.start()

    assert bench.keys.get(MASTER_KEYS, ID) is None


def test_a_key_service_that_is_away_makes_no_key_and_loses_none(bench: Bench) -> None:
    bench.server.fails = [grpc.StatusCode.PERMISSION_DENIED]
    with pytest.raises(NoMasterKey):
        bench.start()
    master = bench.start()
    bench.server.fails = [grpc.StatusCode.PERMISSION_DENIED]
    with pytest.raises(NoMasterKey):
        bench.start()

    assert bench.start() == master


# ── A new version of the wrapping key ─────────────────────────────────────────────────────────────────────────────────


def test_after_a_rotation_the_next_start_wraps_anew_and_the_old_version_is_needed_no_longer(bench: Bench) -> None:
    master = bench.start()
    bench.server.rotate()

    assert bench.start() == master
    assert bench.stored.rev == 2
    bench.server.disabled.add(1)
    assert bench.start() == master
    assert bench.stored.rev == 2


def test_of_many_who_wrap_anew_at_once_none_loses_the_key(bench: Bench) -> None:
    master = bench.start()
    bench.server.rotate()

    assert all(at_once(8, lambda _: bench.start() == master))
    assert bench.start() == master


def test_a_start_goes_on_though_wrapping_anew_does_not_work(bench: Bench) -> None:
    lines = io.StringIO()
    log.start(lines)
    master = bench.start()
    bench.server.rotate()
    bench.keys.fail_commits_before(1)

    assert bench.start() == master
    assert '"keys.not_wrapped_anew"' in lines.getvalue()
    assert bench.stored.rev == 1
    assert bench.start() == master
    assert bench.stored.rev == 2
    log.start()
