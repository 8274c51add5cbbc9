"""The store contract, commits: compare-and-set, all or nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from shared.ports.store import (
    AlreadyExists,
    Conflict,
    Create,
    Delete,
    NotFound,
    Refused,
    Replace,
    Store,
    Unavailable,
    Value,
)
from tests.contracts.store_case import StoreCase, fields_of, thing

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, UTC)


class CommitsContract(StoreCase):
    def test_a_new_document_is_read_back_as_it_was_written(self, store: Store) -> None:
        fields: dict[str, Value] = {
            "nothing": None, "yes": True, "no": False, "least": -(2**63), "most": 2**63 - 1, "text": "Åsa 'x' \x00 😀",
            "empty": "", "raw": b"\x00\xff", "at": NOON, "list": [1, None, {"a": [b"x", NOON]}],
            "map": {"å.ä/ö": {"deep": []}, "b": 1},
        }  # fmt: skip
        store.commit([Create("things", "a", fields)])
        found = store.get("things", "a")
        assert found is not None
        assert (found.collection, found.id, found.rev) == ("things", "a", 1)
        assert fields_of(found) == fields
        assert {name: type(value) for name, value in found.fields.items()} == {
            name: type(value) for name, value in fields.items()
        }

    def test_an_instant_comes_back_in_utc(self, store: Store) -> None:
        elsewhere = NOON.astimezone(timezone(timedelta(hours=2)))
        store.commit([thing("a", at=elsewhere)])
        at = fields_of(store.get("things", "a"))["at"]
        assert isinstance(at, datetime)
        assert (at, at.utcoffset()) == (NOON, timedelta(0))

    def test_what_was_stored_does_not_change_with_what_the_caller_keeps(self, store: Store) -> None:
        inner: list[Value] = [1]
        store.commit([thing("a", list=inner)])
        inner.append(2)
        read = fields_of(store.get("things", "a"))["list"]
        assert isinstance(read, list)
        read.append(3)
        assert fields_of(store.get("things", "a"))["list"] == [1]

    def test_a_missing_document_is_none(self, store: Store) -> None:
        assert store.get("things", "nobody") is None

    def test_an_id_that_no_document_can_have_is_not_found(self, store: Store) -> None:
        for id in ("", ".", "..", "__x__", "a/b", "x" * 1501, "\ud800"):
            assert store.get("things", id) is None
            assert store.get_many("things", [id]) == {}

    def test_a_document_is_created_only_once(self, store: Store) -> None:
        store.commit([thing("a", n=1)])
        with pytest.raises(AlreadyExists):
            store.commit([thing("a", n=2)])
        assert fields_of(store.get("things", "a"))["n"] == 1

    def test_the_same_id_in_another_collection_is_another_document(self, store: Store) -> None:
        store.commit([thing("a"), Create("others", "a", {"n": 2})])
        assert fields_of(store.get("others", "a")) == {"n": 2}

    def test_a_replacement_keeps_nothing_of_what_was_there(self, store: Store) -> None:
        store.commit([thing("a", old=1)])
        store.commit([Replace("things", "a", 1, {"new": 2})])
        found = store.get("things", "a")
        assert found is not None
        assert (found.rev, fields_of(found)) == (2, {"new": 2})

    def test_a_replacement_with_the_same_content_still_raises_the_revision(self, store: Store) -> None:
        store.commit([Create("things", "a", {"n": 1})])
        store.commit([Replace("things", "a", 1, {"n": 1})])
        found = store.get("things", "a")
        assert found is not None
        assert found.rev == 2

    def test_a_replacement_of_what_somebody_else_changed_is_a_conflict(self, store: Store) -> None:
        store.commit([thing("a", n=1)])
        store.commit([Replace("things", "a", 1, {"n": 2})])
        with pytest.raises(Conflict):
            store.commit([Replace("things", "a", 1, {"n": 3})])
        assert fields_of(store.get("things", "a")) == {"n": 2}

    def test_what_is_missing_can_not_be_replaced(self, store: Store) -> None:
        with pytest.raises(NotFound):
            store.commit([Replace("things", "a", 1, {})])
        assert store.get("things", "a") is None

    def test_a_deletion_that_expects_a_revision_keeps_to_it(self, store: Store) -> None:
        store.commit([thing("a")])
        with pytest.raises(Conflict):
            store.commit([Delete("things", "a", 2)])
        store.commit([Delete("things", "a", 1)])
        assert store.get("things", "a") is None
        with pytest.raises(NotFound):
            store.commit([Delete("things", "a", 1)])

    def test_a_deletion_that_expects_nothing_always_succeeds(self, store: Store) -> None:
        store.commit([thing("a")])
        store.commit([Delete("things", "a")])
        store.commit([Delete("things", "a")])
        assert store.get("things", "a") is None

    def test_a_document_made_anew_starts_at_revision_one(self, store: Store) -> None:
        store.commit([thing("a")])
        store.commit([Replace("things", "a", 1, {})])
        store.commit([Delete("things", "a", 2)])
        store.commit([thing("a")])
        found = store.get("things", "a")
        assert found is not None
        assert found.rev == 1

    def test_one_stale_write_stops_the_whole_commit(self, store: Store) -> None:
        store.commit([thing("a", n=1), thing("b", n=1), thing("gone")])
        with pytest.raises(Conflict):
            store.commit(
                [thing("new"), Replace("things", "a", 1, {"n": 2}), Delete("things", "gone"), Delete("things", "b", 7)]
            )
        with pytest.raises(AlreadyExists):
            store.commit([Replace("things", "a", 1, {"n": 3}), thing("new"), thing("b")])
        assert fields_of(store.get("things", "a"))["n"] == 1
        assert set(store.get_many("things", ["a", "b", "gone", "new"])) == {"a", "b", "gone"}

    def test_two_hundred_writes_are_one_commit_and_one_more_is_refused(self, store: Store) -> None:
        store.commit([thing(f"t{n}") for n in range(200)])
        assert len(store.get_many("things", [f"t{n}" for n in range(200)])) == 200
        with pytest.raises(Refused):
            store.commit([thing(f"u{n}") for n in range(201)])
        assert store.get("things", "u0") is None

    def test_one_document_can_not_be_written_twice_in_a_commit(self, store: Store) -> None:
        with pytest.raises(Refused):
            store.commit([thing("a"), Replace("things", "a", 1, {})])
        assert store.get("things", "a") is None

    def test_a_commit_of_nothing_does_nothing(self, store: Store) -> None:
        store.commit([])

    def test_many_documents_are_read_by_id_whatever_the_order(self, store: Store) -> None:
        store.commit([thing("a", n=1), thing("b", n=2), thing("c", n=3)])
        found = store.get_many("things", ["c", "missing", "a", "c"])
        assert {id: document.fields["n"] for id, document in found.items()} == {"c": 3, "a": 1}
        assert store.get_many("things", []) == {}

    def test_more_than_a_thousand_ids_at_once_are_refused(self, store: Store) -> None:
        with pytest.raises(Refused):
            store.get_many("things", [f"t{n}" for n in range(1001)])

    def test_a_closed_store_answers_that_it_is_unavailable(self, store: Store) -> None:
        store.commit([thing("a")])
        store.close()
        store.close()
        with pytest.raises(Unavailable):
            store.get("things", "a")
        with pytest.raises(Unavailable):
            store.commit([thing("b")])
