"""The key ring contract: keys come before data, outlive restarts, move between classes and are erased for good."""

from abc import abstractmethod
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from shared.domain.ids import KeyId
from shared.ports.keys import Cipher, KeyGone, KeyRing, Tampered
from shared.ports.store import Refused

PLACE = ("socialnamnden", "cases", "c1", "core", "1", "1")


class Keys(NamedTuple):
    """A ring and a cipher that uses it; `reopen` in the contract gives others over the same stored keys."""

    ring: KeyRing
    cipher: Cipher


class RingContract:
    """`make` gives a ring over the keys that lie in `folder`; called again, one that knows only what was stored.

    Everything is made between `earlier` and `later`.
    """

    earlier = datetime(2000, 1, 1, tzinfo=UTC)
    later = datetime(3000, 1, 1, tzinfo=UTC)

    @abstractmethod
    def make(self, folder: Path) -> Keys: ...

    @pytest.fixture
    def keys(self, tmp_path: Path) -> Keys:
        return self.make(tmp_path)

    def test_what_a_key_sealed_is_opened_after_a_restart(self, keys: Keys, tmp_path: Path) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, b"oro", PLACE)
        again = self.make(tmp_path)
        again.ring.load([key])
        assert again.cipher.open(key, sealed, PLACE) == b"oro"

    def test_every_key_is_another(self, keys: Keys) -> None:
        one, other = keys.ring.create("akt1", "reports"), keys.ring.create("akt1", "reports")
        assert one != other
        with pytest.raises(Tampered):
            keys.cipher.open(other, keys.cipher.seal(one, b"oro", PLACE), PLACE)

    def test_keys_made_together_are_as_good_as_keys_made_one_by_one(self, keys: Keys, tmp_path: Path) -> None:
        made = keys.ring.create_many("akt1", "reports", 3)
        sealed = [keys.cipher.seal(key, b"oro", PLACE) for key in made]
        again = self.make(tmp_path)
        again.ring.load(made)
        assert len(set(made)) == 3
        assert [again.cipher.open(*one, PLACE) for one in zip(made, sealed, strict=True)] == [b"oro"] * 3

    def test_a_key_that_was_never_made_opens_nothing(self, keys: Keys) -> None:
        sealed = keys.cipher.seal(keys.ring.create("akt1", "reports"), b"oro", PLACE)
        stranger = KeyId("0" * 32)
        keys.ring.load([stranger])
        with pytest.raises(KeyGone):
            keys.cipher.open(stranger, sealed, PLACE)
        with pytest.raises(KeyGone):
            keys.cipher.seal(stranger, b"oro", PLACE)
        with pytest.raises(KeyGone):
            keys.ring.prolong(stranger, "reports")

    def test_an_erased_key_opens_nothing_here_nor_after_a_restart(self, keys: Keys, tmp_path: Path) -> None:
        key, neighbour = keys.ring.create("akt1", "reports"), keys.ring.create("akt2", "reports")
        sealed, kept = keys.cipher.seal(key, b"oro", PLACE), keys.cipher.seal(neighbour, b"kvar", PLACE)
        keys.ring.erase(key)
        keys.ring.erase(key)
        for ring, cipher in (keys, self.make(tmp_path)):
            ring.load([key, neighbour])
            with pytest.raises(KeyGone):
                cipher.open(key, sealed, PLACE)
            assert cipher.open(neighbour, kept, PLACE) == b"kvar"

    def test_a_prolonged_key_opens_what_it_sealed_before(self, keys: Keys, tmp_path: Path) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, b"oro", PLACE)
        keys.ring.prolong(key, "investigations")
        keys.ring.prolong(key, "investigations")
        assert keys.cipher.open(key, sealed, PLACE) == b"oro"
        assert self.make(tmp_path).cipher.open(key, sealed, PLACE) == b"oro"

    def test_a_page_loads_its_keys_whatever_they_are(self, keys: Keys, tmp_path: Path) -> None:
        made = [keys.ring.create(f"akt{n}", ("reports", "drafts")[n % 2]) for n in range(30)]
        sealed = [keys.cipher.seal(key, str(n).encode(), PLACE) for n, key in enumerate(made)]
        again = self.make(tmp_path)
        again.ring.load([*made, *made, KeyId("f" * 32)])
        again.ring.load([])
        assert [int(again.cipher.open(key, blob, PLACE)) for key, blob in zip(made, sealed, strict=True)] == [
            *range(30)
        ]

    def test_keys_are_listed_a_hundred_at_a_time_with_whom_they_were_made_for(self, keys: Keys, tmp_path: Path) -> None:
        made = dict.fromkeys(keys.ring.create_many("akt1", "reports", 70), "akt1")
        made |= dict.fromkeys(keys.ring.create_many("akt2", "drafts", 70), "akt2")
        gone = keys.ring.create("akt3", "reports")
        keys.ring.erase(gone)
        ring = self.make(tmp_path).ring

        first = ring.made(self.later)
        rest = ring.made(self.later, first.cursor)

        assert (len(first.keys), len(rest.keys), rest.cursor) == (100, 40, None)
        assert {one.id: one.owner for one in (*first.keys, *rest.keys)} == made
        assert list(ring.made(self.earlier).keys) == []
        with pytest.raises(Refused):
            ring.made(self.later, "no cursor")

    def test_blind_indexes_are_the_same_after_a_restart(self, keys: Keys, tmp_path: Path) -> None:
        assert keys.cipher.index("person", "191212121212") == self.make(tmp_path).cipher.index("person", "191212121212")
