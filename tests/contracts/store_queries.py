"""The store contract, queries: declared shapes only, Firestore's order, pages that never skip or repeat."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from shared.domain.queries import Shape
from shared.ports.store import Create, Delete, Refused, Replace, Store, Unavailable, Value
from tests.contracts.store_case import BY_DUE, BY_DUE_FALLING, BY_OWNER, StoreCase, every_page, thing

IN_ORDER: tuple[Value, ...] = (
    None, False, True, -(2**63), -1, 0, 1, 2**63 - 1,
    datetime(1, 1, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 2, 0, 0, 0, 1, UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999999, UTC),
    "", "\x00", "\x00\x01", "\x01", "A", "Z", "a", "a\x00", "a\x00b", "a\x01", "ab", "b", "å", "\uffff", "😀",
    b"", b"\x00", b"\x00\x00", b"\x00\xff", b"\x01", b"a", b"\xff", b"\xff\xff",
)  # fmt: skip
"""Values as Firestore sorts them: by type, texts by their UTF-8 bytes."""


class QueriesContract(StoreCase):
    def test_values_of_all_types_sort_as_in_firestore(self, store: Store) -> None:
        store.commit([thing(f"t{(n * 17) % 35:02}", due=IN_ORDER[(n * 17) % 35]) for n in range(len(IN_ORDER))])
        wanted = [f"t{n:02}" for n in range(len(IN_ORDER))]
        assert every_page(store, BY_DUE, 100) == wanted
        assert every_page(store, BY_DUE_FALLING, 100) == wanted[::-1]
        assert every_page(store, BY_DUE, 3) == wanted
        assert every_page(store, BY_DUE_FALLING, 4) == wanted[::-1]

    @pytest.mark.parametrize("shape", [BY_DUE, BY_DUE_FALLING])
    def test_pages_of_any_size_meet_every_document_once_in_spite_of_ties(self, store: Store, shape: Shape) -> None:
        store.commit([thing(f"t{n:02}", due=n // 5) for n in range(12)])
        wanted = sorted((f"t{n:02}" for n in range(12)), reverse=shape.descending)
        for limit in range(1, 14):
            assert every_page(store, shape, limit) == wanted

    @pytest.mark.parametrize("shape", [BY_DUE, BY_DUE_FALLING])
    def test_a_query_goes_on_after_any_document_it_has_found(self, store: Store, shape: Shape) -> None:
        store.commit([thing(f"t{n:02}", due=n // 3) for n in range(7)])
        found = list(store.query(shape, {"unit": "north"}, limit=10).documents)
        for number, one in enumerate(found, 1):
            cursor = store.after(shape, {"unit": "north"}, one)
            rest = store.query(shape, {"unit": "north"}, limit=10, cursor=cursor).documents
            assert [other.id for other in rest] == [other.id for other in found[number:]]

    def test_ties_are_ordered_by_the_bytes_of_the_id(self, store: Store) -> None:
        ids = ["B", "a", "aa", "z", "å", "\uffff", "😀"]
        store.commit([thing(id, due=1) for id in reversed(ids)])
        assert every_page(store, BY_DUE, 2) == ids
        assert every_page(store, BY_DUE_FALLING, 2) == ids[::-1]

    def test_a_document_that_lacks_a_field_is_never_found_but_null_is_a_value(self, store: Store) -> None:
        store.commit([thing("null", due=None), thing("missing"), Create("things", "unitless", {"due": 1})])
        assert every_page(store, BY_DUE, 10) == ["null"]
        page = store.query(BY_DUE, {"unit": None}, limit=10)
        assert list(page.documents) == []

    @pytest.mark.parametrize(
        ("value", "others"),
        [
            (1, (True, "1", b"1", None)),
            (True, (1, "true")),
            (None, (False, 0, "", b"")),
            ("a", (b"a", "A", "ab", "a\x00")),
        ],
        ids=repr,
    )
    def test_equality_holds_within_a_type_only(self, store: Store, value: Value, others: tuple[Value, ...]) -> None:
        store.commit([thing("same", owner=value, number=1)])
        store.commit([thing(f"other{n}", owner=other, number=1) for n, other in enumerate(others)])
        page = store.query(BY_OWNER, {"unit": "north", "owner": value}, limit=10)
        assert [document.id for document in page.documents] == ["same"]

    def test_joined_values_are_not_mistaken_for_each_other(self, store: Store) -> None:
        store.commit([Create("things", "ab_c", {"unit": "ab", "owner": "c", "number": 1})])
        store.commit([Create("things", "a_bc", {"unit": "a", "owner": "bc", "number": 1})])
        page = store.query(BY_OWNER, {"unit": "a", "owner": "bc"}, limit=10)
        assert [document.id for document in page.documents] == ["a_bc"]

    @pytest.mark.parametrize("shape", [BY_DUE, BY_DUE_FALLING])
    def test_bounds_take_the_first_and_leave_the_last(self, store: Store, shape: Shape) -> None:
        store.commit([thing(f"t{n}", due=n) for n in range(6)])
        store.commit([thing("text", due="x"), thing("null", due=None), thing("yes", due=True)])
        equals = {"unit": "north"}
        assert sorted(every_page(store, shape, 1, start=2, stop=4)) == ["t2", "t3"]
        assert sorted(every_page(store, shape, 1, start=4)) == ["t4", "t5"]
        assert sorted(every_page(store, shape, 1, stop=2)) == ["t0", "t1"]
        assert every_page(store, shape, 10, start=4, stop=4) == []
        assert every_page(store, shape, 10, start=5, stop=3) == []
        assert store.count(shape, equals, cap=10, start=2, stop=4) == 2
        assert store.count(shape, equals, cap=10, stop=2) == 2
        with pytest.raises(Refused):
            store.query(shape, equals, limit=10, start=1, stop="x")

    def test_a_count_stops_at_its_cap(self, store: Store) -> None:
        store.commit([thing(f"t{n}", due=n) for n in range(7)])
        counts = [store.count(BY_DUE, {"unit": "north"}, cap=cap) for cap in (1, 6, 7, 8, 1000)]
        assert counts == [1, 6, 7, 7, 7]
        assert store.count(BY_DUE, {"unit": "south"}, cap=10) == 0

    def test_a_query_shows_changes_at_once(self, store: Store) -> None:
        store.commit([thing("a", due=1), thing("b", due=2), thing("c", due=3), thing("d", due=4)])
        store.commit(
            [
                Replace("things", "a", 1, {"unit": "north", "due": 9}),
                Replace("things", "b", 1, {"unit": "south", "due": 2}),
                Replace("things", "c", 1, {"unit": "north"}),
                Delete("things", "d", 1),
                thing("e", due=5),
            ]
        )
        assert every_page(store, BY_DUE, 1) == ["e", "a"]
        assert store.count(BY_DUE, {"unit": "north"}, cap=10) == 2
        assert store.count(BY_DUE, {"unit": "south"}, cap=10) == 1

    def test_a_found_document_is_whole(self, store: Store) -> None:
        store.commit([thing("a", due=1, raw=b"x")])
        store.commit([Replace("things", "a", 1, {"unit": "north", "due": 1, "raw": b"y"})])
        (found,) = store.query(BY_DUE, {"unit": "north"}, limit=10).documents
        assert found == store.get("things", "a")

    @pytest.mark.parametrize("shape", [BY_DUE, BY_DUE_FALLING])
    def test_a_cursor_keeps_its_place_while_documents_come_and_go(self, store: Store, shape: Shape) -> None:
        store.commit([thing(f"t{n}", due=n) for n in range(0, 20, 2)])
        page = store.query(shape, {"unit": "north"}, limit=5)
        seen = [document.id for document in page.documents]
        store.commit([thing("t03", due=3), thing("t13", due=13), Delete("things", seen[-1]), Delete("things", seen[0])])
        rest = store.query(shape, {"unit": "north"}, limit=100, cursor=page.cursor)
        found = [document.fields["due"] for document in rest.documents]
        wanted = [8, 6, 4, 3, 2, 0] if shape.descending else [10, 12, 13, 14, 16, 18]
        assert found == wanted
        assert rest.cursor is None

    def test_a_cursor_may_stand_in_a_url_and_tells_no_equality_value(self, store: Store) -> None:
        store.commit([Create("things", f"t{n}", {"unit": "secret", "due": "å/+ &"}) for n in range(2)])
        cursor = store.query(BY_DUE, {"unit": "secret"}, limit=1).cursor
        assert cursor is not None
        assert re.fullmatch(r"[A-Za-z0-9_-]+", cursor)
        again = store.query(BY_DUE, {"unit": "secret"}, limit=1, cursor=cursor)
        assert [document.id for document in again.documents] == ["t1"]

    def test_a_cursor_of_another_query_or_a_damaged_one_is_refused(self, store: Store) -> None:
        store.commit([thing(f"t{n}", due=n, owner="x", number=n) for n in range(3)])
        cursor = store.query(BY_DUE, {"unit": "north"}, limit=1).cursor
        assert cursor is not None
        strangers = ("", "x", "????", "å", cursor[:-3], cursor[:9], cursor[::-1], cursor + "/../", "A" * 100_000)
        for stranger in strangers:
            with pytest.raises(Refused):
                store.query(BY_DUE, {"unit": "north"}, limit=1, cursor=stranger)
        with pytest.raises(Refused):
            store.query(BY_DUE, {"unit": "south"}, limit=1, cursor=cursor)
        with pytest.raises(Refused):
            store.query(BY_DUE_FALLING, {"unit": "north"}, limit=1, cursor=cursor)

    def test_an_undeclared_question_is_refused(self, store: Store) -> None:
        undeclared = Shape("by_name", "things", ("unit",), "name")
        disguised = Shape("by_due", "things", ("unit",), "name")
        for shape in (undeclared, disguised):
            with pytest.raises(Refused):
                store.query(shape, {"unit": "north"}, limit=1)
            with pytest.raises(Refused):
                store.count(shape, {"unit": "north"}, cap=1)
        for equals in ({}, {"unit": "north", "owner": "x"}, {"owner": "x"}):
            with pytest.raises(Refused):
                store.query(BY_DUE, equals, limit=1)

    @pytest.mark.parametrize("limit", [-1, 0, 101])
    def test_a_page_holds_one_to_a_hundred_and_a_count_stops_by_a_thousand(self, store: Store, limit: int) -> None:
        with pytest.raises(Refused):
            store.query(BY_DUE, {"unit": "north"}, limit=limit)
        with pytest.raises(Refused):
            store.count(BY_DUE, {"unit": "north"}, cap=limit * 10)

    def test_a_closed_store_answers_no_questions(self, store: Store) -> None:
        store.close()
        with pytest.raises(Unavailable):
            store.query(BY_DUE, {"unit": "north"}, limit=1)
        with pytest.raises(Unavailable):
            store.count(BY_DUE, {"unit": "north"}, cap=1)

    def test_the_example_values_are_in_order(self) -> None:
        assert all(repr(one) != repr(next_one) for one, next_one in pairwise(IN_ORDER))
        assert len(IN_ORDER) == 35
