"""The store contract, limits: what no document, id or query may be, refused before anything is written."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from shared.ports.store import Create, Refused, Store, Value
from tests.contracts.store_case import BY_DUE, StoreCase, fields_of, thing

NAIVE = datetime(2026, 3, 2)  # noqa: DTZ001 (that it lacks a time zone is the example)


def nested(depth: int) -> Value:
    """A value that lies within `depth` maps."""
    value: Value = 1
    for _ in range(depth):
        value = {"in": value}
    return value


class LimitsContract(StoreCase):
    @pytest.mark.parametrize("id", ["", ".", "..", "____", "__a__", "a/b", "x" * 1501, "å" * 751, "\ud800"])
    def test_a_document_can_not_have_a_reserved_or_too_long_id(self, store: Store, id: str) -> None:
        with pytest.raises(Refused):
            store.commit([Create("things", id, {})])

    @pytest.mark.parametrize("id", ["a", "...", "__a", "a__", "___", "x" * 1500, "å" * 750, "a b?#%'\"", "A"])
    def test_any_other_id_is_fine(self, store: Store, id: str) -> None:
        store.commit([Create("things", id, {"n": 1})])
        assert fields_of(store.get("things", id)) == {"n": 1}

    @pytest.mark.parametrize("name", ["", "Upper", "1st", "å", "a-b", "a.b", "a b", "__a__", "_a", "a\n", "x" * 101])
    def test_names_are_plain_identifiers(self, store: Store, name: str) -> None:
        with pytest.raises(Refused):
            store.commit([Create("things", "a", {name: 1})])
        with pytest.raises(Refused):
            store.commit([Create(name, "a", {})])
        with pytest.raises(Refused):
            store.get(name, "a")

    @pytest.mark.parametrize("name", ["", "__a__", "__b__", "__t__", "x" * 1501, "\ud800"])
    def test_a_map_can_not_have_a_reserved_key(self, store: Store, name: str) -> None:
        with pytest.raises(Refused):
            store.commit([Create("things", "a", {"map": {name: "2026-03-02T12:00:00+00:00"}})])

    @pytest.mark.parametrize(
        "value",
        [1.0, float("nan"), Decimal(1), date(2026, 3, 2), NAIVE, (1,), {1}, object, bytearray(b"x"), 1j,
         2**63, -(2**63) - 1, [[1]], [1, [2]], {"a": [[1]]}, {"a": 1.5}, [NAIVE], "\ud800", {1: 2}],
        ids=repr,
    )  # fmt: skip
    def test_a_value_that_no_document_may_hold_is_refused(self, store: Store, value: Any) -> None:
        with pytest.raises(Refused):
            store.commit([thing("good"), thing("bad", value=value)])
        assert store.get("things", "good") is None

    def test_values_lie_at_most_twenty_deep(self, store: Store) -> None:
        store.commit([thing("a", value=nested(20))])
        assert fields_of(store.get("things", "a"))["value"] == nested(20)
        with pytest.raises(Refused):
            store.commit([thing("b", value=nested(21))])
        with pytest.raises(Refused):
            store.commit([thing("b", value=[nested(20)])])

    @pytest.mark.parametrize("unit", ["x", b"x", "å", "\x00", "\n"], ids=repr)
    def test_a_document_is_at_most_900_kib(self, store: Store, unit: Any) -> None:
        size = 2 if unit == "å" else 1
        store.commit([thing("a", value=unit * ((900 * 1024 - 5000) // size))])
        assert len(fields_of(store.get("things", "a"))["value"]) == (900 * 1024 - 5000) // size  # type: ignore[arg-type]
        with pytest.raises(Refused):
            store.commit([thing("b", value=unit * (900 * 1024 // size))])

    def test_many_small_values_count_as_much_as_they_take(self, store: Store) -> None:
        with pytest.raises(Refused):
            store.commit([thing("a", value=[0] * (900 * 1024 // 8))])
        store.commit([thing("a", value=[None] * 200_000)])

    def test_a_commit_holds_at_most_nine_mib(self, store: Store) -> None:
        with pytest.raises(Refused):
            store.commit([thing(f"t{n}", value="x" * 800_000) for n in range(12)])
        assert store.get("things", "t0") is None

    @pytest.mark.parametrize("value", [[1], {"a": 1}, "x" * 1501, b"x" * 1501, "å" * 751], ids=str)
    def test_what_queries_look_for_is_a_short_single_value(self, store: Store, value: Value) -> None:
        with pytest.raises(Refused):
            store.commit([thing("a", due=value)])
        with pytest.raises(Refused):
            store.query(BY_DUE, {"unit": value}, limit=1)
        store.commit([thing("a", elsewhere=value)])
