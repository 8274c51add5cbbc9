"""The key ring and the cipher on one machine keep their contracts; what lies on the disk gives nothing away."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.counting_store import CountingStore
from shared.adapters.key_cache import KeyCache
from shared.adapters.local_keys import CLASS_KEYS, DATA_KEYS, LocalKeyRing
from shared.adapters.memory_store import MemoryStore
from shared.domain.queries import DATA_KEYS_MADE
from shared.ports.keys import KeyGone, Tampered
from shared.ports.store import Delete, Replace, Store
from tests.adapters.faulty_store import FaultyStore
from tests.contracts.cipher import CipherContract
from tests.contracts.ring import PLACE, Keys, RingContract

MASTER = bytes(range(32))


class FixedClock:
    """It is always the same noon."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 12, tzinfo=UTC)


class Elapsed:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def ring_over(store: Store, master: bytes = MASTER, tenant: str = "socialnamnden", most: int = 100) -> LocalKeyRing:
    """A ring that knows only what lies in `store`."""
    return LocalKeyRing(store, master, tenant, FixedClock(), most=most)


class Lasting:
    """Makes rings over one memory store per folder, as files would be."""

    def __init__(self) -> None:
        self.stores: dict[Path, Store] = {}

    def make(self, folder: Path) -> Keys:
        ring = ring_over(self.stores.setdefault(folder, MemoryStore((DATA_KEYS_MADE,))))
        return Keys(ring, AesCipher(ring))


class TestLocalKeyRing(RingContract):
    @pytest.fixture(autouse=True)
    def lasting(self) -> None:
        self.rings = Lasting()

    def make(self, folder: Path) -> Keys:
        return self.rings.make(folder)


class TestAesCipher(CipherContract):
    @pytest.fixture(autouse=True)
    def lasting(self) -> None:
        self.rings = Lasting()

    def make(self, folder: Path) -> Keys:
        return self.rings.make(folder)


def test_a_page_of_keys_costs_one_call_and_is_then_kept() -> None:
    store = CountingStore(MemoryStore((DATA_KEYS_MADE,)))
    made = [ring_over(store).create(f"akt{n}", "reports") for n in range(25)]
    ring = ring_over(store)
    store.clear()
    ring.load(made)
    cost = store.by_collection()
    assert (cost[DATA_KEYS].rpcs, cost[DATA_KEYS].reads) == (1, 25)
    assert (cost[CLASS_KEYS].rpcs, cost[CLASS_KEYS].reads) == (1, 1)
    ring.load(made)
    for key in made:
        ring.opened(key)
    assert store.cost().rpcs == 2


def test_a_new_key_of_a_known_class_is_one_write() -> None:
    store = CountingStore(MemoryStore((DATA_KEYS_MADE,)))
    ring = ring_over(store)
    ring.create("akt1", "reports")
    store.clear()
    ring.create("akt2", "reports")
    assert (store.cost().writes, store.cost().rpcs) == (1, 1)


def test_opened_keys_are_kept_ten_minutes() -> None:
    store, elapsed = CountingStore(MemoryStore((DATA_KEYS_MADE,))), Elapsed()
    ring = LocalKeyRing(store, MASTER, "socialnamnden", FixedClock(), elapsed=elapsed)
    key = ring.create("akt1", "reports")
    store.clear()
    elapsed.seconds = 599.0
    ring.opened(key)
    assert store.cost().rpcs == 0
    elapsed.seconds = 600.0
    ring.opened(key)
    assert store.cost().rpcs == 2


def test_more_keys_than_fit_are_fetched_again() -> None:
    store = MemoryStore((DATA_KEYS_MADE,))
    ring = ring_over(store, most=2)
    made = [ring.create(f"akt{n}", "reports") for n in range(5)]
    ring.load(made)
    cipher = AesCipher(ring)
    assert [cipher.open(key, cipher.seal(key, b"x", PLACE), PLACE) for key in made] == [b"x"] * 5


def test_a_key_erased_while_another_reads_it_is_not_taken_in_again() -> None:
    cache: KeyCache[str] = KeyCache()
    cache.forget("k1")
    cache.put("k1", "late")
    assert cache.get("k1") is None


def test_the_longest_unused_key_goes_first() -> None:
    cache: KeyCache[str] = KeyCache(most=2)
    cache.put("a", "A")
    cache.put("b", "B")
    cache.get("a")
    cache.put("c", "C")
    assert [cache.get(id) for id in "abc"] == ["A", None, "C"]


def test_a_wrapped_key_moved_to_another_id_opens_nothing() -> None:
    store = MemoryStore((DATA_KEYS_MADE,))
    one, other = ring_over(store).create("akt1", "reports"), ring_over(store).create("akt2", "reports")
    thief, victim = store.get(DATA_KEYS, one), store.get(DATA_KEYS, other)
    assert thief is not None
    assert victim is not None
    store.commit([Replace(DATA_KEYS, one, 1, {**thief.fields, "wrapped": victim.fields["wrapped"]})])
    ring = ring_over(store)
    ring.load([one, other])
    ring.opened(other)
    with pytest.raises(Tampered):
        ring.opened(one)


def test_the_wrong_master_key_or_tenant_opens_nothing() -> None:
    store = MemoryStore((DATA_KEYS_MADE,))
    key = ring_over(store).create("akt1", "reports")
    for stranger in (ring_over(store, master=bytes(32)), ring_over(store, tenant="annan")):
        with pytest.raises(Tampered):
            stranger.opened(key)


def test_without_its_class_key_a_data_key_is_gone() -> None:
    store = MemoryStore((DATA_KEYS_MADE,))
    key = ring_over(store).create("akt1", "reports")
    store.commit([Delete(CLASS_KEYS, "reports")])
    with pytest.raises(KeyGone):
        ring_over(store).opened(key)


def test_a_key_lies_in_the_store_before_it_is_used() -> None:
    faulty = FaultyStore(MemoryStore((DATA_KEYS_MADE,)))
    ring = ring_over(faulty)
    ring.create("akt1", "reports")
    faulty.fail_commits_before(1)
    with pytest.raises(Exception, match="not written"):
        ring.create("akt2", "reports")


def test_an_erasure_that_did_not_happen_is_not_believed() -> None:
    faulty = FaultyStore(MemoryStore((DATA_KEYS_MADE,)))
    ring = ring_over(faulty)
    key = ring.create("akt1", "reports")
    faulty.fail_commits_before(1)
    with pytest.raises(Exception, match="not written"):
        ring.erase(key)
    ring.opened(key)


def test_a_prolongation_that_met_another_change_is_tried_again() -> None:
    faulty = FaultyStore(MemoryStore((DATA_KEYS_MADE,)))
    ring = ring_over(faulty)
    key = ring.create("akt1", "reports")
    ring.create("akt2", "investigations")
    faulty.conflict_commits(2)
    ring.prolong(key, "investigations")
    moved = faulty.get(DATA_KEYS, key)
    assert moved is not None
    assert moved.fields["retention"] == "investigations"


def test_lasting_secrets_differ_by_purpose_and_stay() -> None:
    store = MemoryStore((DATA_KEYS_MADE,))
    ring = ring_over(store)
    assert ring.standing("index") == ring_over(store).standing("index")
    assert ring.standing("index") != ring.standing("form")
    assert len(ring.standing("form")) == 32


def test_a_lasting_secret_that_somebody_makes_is_the_first_one_made() -> None:
    store = MemoryStore((DATA_KEYS_MADE,))
    assert ring_over(store).standing("seal", lambda: b"the first key") == b"the first key"
    assert ring_over(store).standing("seal", lambda: b"another") == b"the first key"


def test_a_key_tells_when_it_was_made_so_that_an_orphan_can_be_found() -> None:
    store = MemoryStore((DATA_KEYS_MADE,))
    key = ring_over(store).create("akt1", "reports")
    document = store.get(DATA_KEYS, key)
    assert document is not None
    assert document.fields["made_at"] == FixedClock().now()
