"""The cipher contract: a sealed blob opens where it lies, unchanged, or not at all."""

import re
from abc import abstractmethod
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.ports.keys import Tampered
from tests.contracts.ring import PLACE, Keys

ELSEWHERE = [
    ("annan", *PLACE[1:]),
    ("socialnamnden", "reports", *PLACE[2:]),
    (*PLACE[:2], "c2", *PLACE[3:]),
    (*PLACE[:3], "story", *PLACE[4:]),
    (*PLACE[:4], "2", "1"),
    (*PLACE[:5], "2"),
    PLACE[:-1],
    (*PLACE, ""),
    (),
    ("socialnamndencases", "", *PLACE[2:]),
]
"""Another tenant, collection, id, class, schema, revision; and places that look alike when joined."""


class CipherContract:
    """`make` gives a ring and its cipher."""

    @abstractmethod
    def make(self, folder: Path) -> Keys: ...

    @pytest.fixture
    def keys(self, tmp_path: Path) -> Keys:
        return self.make(tmp_path)

    @pytest.mark.parametrize("plain", [b"", b"x", "Barnet är rädd.".encode(), bytes(1_000_000)], ids=len)
    def test_what_was_sealed_is_opened(self, keys: Keys, plain: bytes) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, plain, PLACE)
        assert keys.cipher.open(key, sealed, PLACE) == plain
        assert len(sealed) == len(plain) + 30

    def test_sealing_twice_gives_two_blobs(self, keys: Keys) -> None:
        key = keys.ring.create("akt1", "reports")
        assert keys.cipher.seal(key, b"oro", PLACE) != keys.cipher.seal(key, b"oro", PLACE)

    @pytest.mark.parametrize("place", ELSEWHERE, ids=str)
    def test_a_blob_moved_elsewhere_is_refused(self, keys: Keys, place: tuple[str, ...]) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, b"oro", PLACE)
        with pytest.raises(Tampered):
            keys.cipher.open(key, sealed, place)

    def test_places_are_not_joined_ambiguously(self, keys: Keys) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, b"oro", ("a|b", "c"))
        with pytest.raises(Tampered):
            keys.cipher.open(key, sealed, ("a", "b|c"))

    def test_any_changed_bit_is_noticed(self, keys: Keys) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, b"oro", PLACE)
        for bit in range(len(sealed) * 8):
            changed = bytearray(sealed)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises(Tampered):
                keys.cipher.open(key, bytes(changed), PLACE)

    def test_a_shortened_or_lengthened_blob_is_noticed(self, keys: Keys) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, b"oro", PLACE)
        for changed in (*[sealed[:n] for n in range(len(sealed))], sealed + b"\x00", sealed[1:]):
            with pytest.raises(Tampered):
                keys.cipher.open(key, changed, PLACE)

    @settings(max_examples=50, derandomize=True, database=None, suppress_health_check=list(HealthCheck), deadline=None)
    @given(one=st.lists(st.text(max_size=4), max_size=4), other=st.lists(st.text(max_size=4), max_size=4))
    def test_only_the_same_place_opens(self, keys: Keys, one: list[str], other: list[str]) -> None:
        key = keys.ring.create("akt1", "reports")
        sealed = keys.cipher.seal(key, b"oro", one)
        assert keys.cipher.open(key, sealed, one) == b"oro"
        if one != other:
            with pytest.raises(Tampered):
                keys.cipher.open(key, sealed, other)

    def test_an_index_tells_equal_from_different_and_no_more(self, keys: Keys) -> None:
        index = keys.cipher.index("person", "191212121212")
        assert re.fullmatch(r"[0-9a-f]{32}", index)
        assert index == keys.cipher.index("person", "191212121212")
        others = [("person", "191212121213"), ("owner", "191212121212"), ("person", ""), ("", "person191212121212")]
        assert index not in [keys.cipher.index(purpose, value) for purpose, value in others]

    def test_another_installation_has_other_indexes(self, keys: Keys, tmp_path: Path) -> None:
        (tmp_path / "other").mkdir()
        other = self.make(tmp_path / "other")
        assert keys.cipher.index("person", "191212121212") != other.cipher.index("person", "191212121212")
