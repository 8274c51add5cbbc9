"""Query shapes come and go with versions of the product; what they find is always complete."""

import sqlite3
from pathlib import Path

from shared.adapters.sqlite_store import _FALLING, _RISING, SqliteStore
from shared.domain.queries import Shape
from shared.ports.store import Create, Replace
from tests.contracts.store_case import BY_DUE, BY_OWNER, every_page, thing


def opened(folder: Path, *shapes: Shape) -> SqliteStore:
    """The store in `folder` with these shapes."""
    return SqliteStore(folder / "store.db", shapes=shapes)


def count_entries(folder: Path) -> int:
    """How many index entries lie in the file."""
    connection = sqlite3.connect(folder / "store.db")
    (count,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    connection.close()
    return int(count)


def test_a_shape_declared_later_finds_what_was_there_before(tmp_path: Path) -> None:
    store = opened(tmp_path)
    for hundred in range(12):
        store.commit([thing(f"t{hundred:02}{n:02}", due=n) for n in range(100)])
    store.commit([thing("without"), Create("others", "o", {"unit": "north", "due": 1})])
    store.close()
    store = opened(tmp_path, BY_DUE)
    assert len(every_page(store, BY_DUE, 100)) == 1200
    store.close()
    assert count_entries(tmp_path) == 1200


def test_a_shape_that_changed_is_built_anew(tmp_path: Path) -> None:
    store = opened(tmp_path, BY_DUE)
    store.commit([thing("a", due=1, number=2), thing("b", due=2, number=1)])
    store.close()
    changed = Shape("by_due", "things", ("unit",), "number")
    store = opened(tmp_path, changed)
    assert every_page(store, changed, 10) == ["b", "a"]
    store.close()
    assert count_entries(tmp_path) == 2


def test_only_the_direction_changed_needs_no_new_entries(tmp_path: Path) -> None:
    store = opened(tmp_path, BY_DUE)
    store.commit([thing("a", due=1), thing("b", due=2)])
    store.close()
    falling = Shape("by_due", "things", ("unit",), "due", descending=True)
    store = opened(tmp_path, falling)
    assert every_page(store, falling, 10) == ["b", "a"]
    store.close()


def test_a_shape_that_is_no_longer_declared_leaves_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path, BY_DUE, BY_OWNER)
    store.commit([thing(f"t{n}", due=n, owner="x", number=n) for n in range(5)])
    store.close()
    store = opened(tmp_path, BY_DUE)
    store.commit([Replace("things", "t0", 1, {"unit": "north", "due": 9})])
    assert every_page(store, BY_DUE, 2) == ["t1", "t2", "t3", "t4", "t0"]
    store.close()
    assert count_entries(tmp_path) == 5


def test_a_build_that_was_interrupted_is_done_again(tmp_path: Path) -> None:
    store = opened(tmp_path, BY_DUE)
    store.commit([thing(f"t{n}", due=n) for n in range(5)])
    store.close()
    connection = sqlite3.connect(tmp_path / "store.db")
    connection.execute("UPDATE shapes SET definition = 'being built'")
    connection.execute("DELETE FROM entries WHERE id = 't3'")
    connection.commit()
    connection.close()
    store = opened(tmp_path, BY_DUE)
    assert every_page(store, BY_DUE, 10) == ["t0", "t1", "t2", "t3", "t4"]
    store.close()
    assert count_entries(tmp_path) == 5


def test_a_page_at_any_depth_is_found_by_seeking_not_by_reading_past(tmp_path: Path) -> None:
    opened(tmp_path, BY_DUE).close()
    connection = sqlite3.connect(tmp_path / "store.db")
    for sql, seek in ((_RISING, "(key,id)>(?,?) AND key<?"), (_FALLING, "key>? AND (key,id)<(?,?)")):
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", (1, b"", "", b"", 1))]
        assert plan == [
            f"SEARCH e USING PRIMARY KEY (shape=? AND {seek})",
            "SEARCH d USING INTEGER PRIMARY KEY (rowid=?)",
        ]
    connection.close()
