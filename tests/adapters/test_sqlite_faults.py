"""When the disk fails, is full or is held by others: a clear answer in time, nothing half done, no restart needed."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from shared.adapters.cannot_open import AlreadyOpen, NotWritable, OtherStage, OtherVersion
from shared.adapters.prepared_writes import Prepared
from shared.adapters.sqlite_store import SqliteStore, has_room
from shared.ports.store import AlreadyExists, Conflict, Delete, Replace, Unavailable, Write
from tests.contracts.store_case import BY_DUE as SHAPE
from tests.contracts.store_case import SHAPES, every_page, fields_of, thing

PATIENCE = 0.5


def opened(folder: Path, stamp: str = "demo socialnamnden") -> SqliteStore:
    """The store in `folder`, little patient."""
    return SqliteStore(folder / "store.db", shapes=SHAPES, stamp=stamp, patience=PATIENCE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = opened(tmp_path)
    yield store
    store.close()


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store that waits as long as in production."""
    store = SqliteStore(tmp_path / "store.db", shapes=SHAPES, stamp="demo socialnamnden")
    yield store
    store.close()


def pragma(store: SqliteStore, words: str) -> None:
    """Change something on the writing connection, as a fault would."""
    store._writer._connection.execute(f"PRAGMA {words}")


def held(tmp_path: Path) -> sqlite3.Connection:
    """Another program that holds the write lock until it is closed."""
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


def intact(folder: Path) -> bool:
    """Whether SQLite finds nothing wrong with the file and its entries match its documents."""
    with sqlite3.connect(folder / "store.db") as connection:
        (word,) = connection.execute("PRAGMA integrity_check").fetchone()
        (lost,) = connection.execute(
            "SELECT count(*) FROM entries WHERE document NOT IN (SELECT number FROM documents)"
        ).fetchone()
    connection.close()
    return (word, lost) == ("ok", 0)


def test_a_second_writer_is_refused_in_one_line(tmp_path: Path, store: SqliteStore) -> None:
    with pytest.raises(AlreadyOpen) as error:
        opened(tmp_path)
    assert "\n" not in str(error.value)
    store.commit([thing("a")])


def test_the_index_follows_a_document_over_a_write_that_was_undone(store: SqliteStore) -> None:
    store.commit([thing("a", due=1), thing("b", due=5)])
    with pytest.raises(AlreadyExists):
        store.commit([Replace("things", "a", 1, {"unit": "north", "due": 9}), thing("b")])
    assert every_page(store, SHAPE, 10) == ["a", "b"]
    store.commit([Replace("things", "a", 1, {"unit": "north", "due": 7})])
    assert every_page(store, SHAPE, 10) == ["b", "a"]
    store.commit([Delete("things", "a", 2)])
    assert every_page(store, SHAPE, 10) == ["b"]


def test_a_store_opens_again_after_it_was_closed(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([thing("a", n=1)])
    store.close()
    again = opened(tmp_path)
    assert fields_of(again.get("things", "a"))["n"] == 1
    again.close()


def test_a_full_disk_takes_nothing_half_and_recovers_without_a_restart(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([thing("before", due=1)])
    pragma(store, "max_page_count = 30")
    with pytest.raises(Unavailable):
        store.commit([thing("small", due=2), thing("large", due=3, text="x" * 300_000)])
    assert every_page(store, SHAPE, 10) == ["before"]
    assert store.get("things", "small") is None
    pragma(store, "max_page_count = 1000000")
    store.commit([thing("small", due=2), thing("large", due=3, text="x" * 300_000)])
    assert every_page(store, SHAPE, 10) == ["before", "small", "large"]
    store.close()
    assert intact(tmp_path)


def test_on_a_full_disk_what_still_fits_is_written(patient: SqliteStore) -> None:
    store = patient
    pragma(store, "max_page_count = 40")
    with together(store, 9) as threads:
        commits = [threads.submit(store.commit, [thing(f"t{n}", due=n)]) for n in range(8)]
        commits.append(threads.submit(store.commit, [thing("large", due=9, text="x" * 500_000)]))
    assert [commit.exception() is None for commit in commits] == [True] * 8 + [False]
    assert every_page(store, SHAPE, 10) == [f"t{n}" for n in range(8)]


class Pause(list[Prepared]):
    """Writes of nothing that keep the writer busy until told, so that what comes meanwhile shares a transaction."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = Event()
        self.over = Event()

    def __iter__(self) -> Iterator[Prepared]:
        self.begun.set()
        assert self.over.wait(10)
        return iter(())


@contextmanager
def together(store: SqliteStore, count: int) -> Iterator[ThreadPoolExecutor]:
    """Threads for `count` commits, all of which the writer finds waiting at once."""
    pause = Pause()
    with ThreadPoolExecutor(count + 2) as threads:
        busy = threads.submit(store._writer.commit, pause)
        assert pause.begun.wait(10)
        yield threads
        until(lambda: store._writer._queue.qsize() >= count)
        pause.over.set()
        assert busy.exception() is None


def until(true: Callable[[], bool]) -> None:
    """Wait until `true()` is; five seconds at most."""
    end = monotonic() + 5
    while not true():
        assert monotonic() < end
        Event().wait(0.005)


def taken(store: SqliteStore, write: Write) -> bool:
    """Whether the store takes the write again."""
    try:
        store.commit([write])
    except Unavailable:
        return False
    return True


def test_after_a_wait_in_vain_the_next_commit_is_refused_at_once(tmp_path: Path, store: SqliteStore) -> None:
    other = held(tmp_path)
    assert not taken(store, thing("first"))
    start = monotonic()
    assert not taken(store, thing("second"))
    assert monotonic() - start < PATIENCE / 4
    other.close()


def test_while_another_program_holds_the_file_reads_go_on_and_commits_end_in_time(
    tmp_path: Path, store: SqliteStore
) -> None:
    store.commit([thing("a", due=1)])
    other = held(tmp_path)
    start = monotonic()
    with ThreadPoolExecutor(5) as threads:
        commits: list[Future[None]] = [threads.submit(store.commit, [thing(f"t{n}", due=n)]) for n in range(5)]
        assert every_page(store, SHAPE, 10) == ["a"]
    assert monotonic() - start < 2 * PATIENCE
    assert {type(commit.exception()) for commit in commits} == {Unavailable}
    other.close()
    until(lambda: taken(store, thing("after", due=9)))
    assert every_page(store, SHAPE, 10) == ["a", "after"]


def test_a_commit_that_was_given_up_is_not_written_later(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.db", shapes=SHAPES, patience=PATIENCE)
    pragma(store, "busy_timeout = 3000")
    other = held(tmp_path)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(store.commit, [thing("first")])
        until(store._writer._queue.empty)
        second = threads.submit(store.commit, [thing("second")])
        assert isinstance(first.exception(), Unavailable)
        assert isinstance(second.exception(), Unavailable)
    other.close()
    until(lambda: taken(store, thing("third")))
    assert store.get("things", "second") is None
    store.close()


def test_a_disk_that_turns_read_only_still_answers_reads(store: SqliteStore) -> None:
    store.commit([thing("a", due=1)])
    pragma(store, "query_only = ON")
    with pytest.raises(Unavailable):
        store.commit([thing("b", due=2)])
    assert every_page(store, SHAPE, 10) == ["a"]
    pragma(store, "query_only = OFF")
    store.commit([thing("b", due=2)])


def test_a_defect_in_one_commit_does_not_stop_the_writer(store: SqliteStore) -> None:
    numbers = dict(store._numbers)
    store._numbers.clear()
    with pytest.raises(Unavailable):
        store.commit([thing("a", due=1)])
    store._numbers.update(numbers)
    store.commit([thing("b", due=1)])
    assert every_page(store, SHAPE, 10) == ["b"]


def test_what_was_accepted_before_closing_is_written(tmp_path: Path, patient: SqliteStore) -> None:
    store = patient
    with together(store, 6) as threads:
        commits = [threads.submit(store.commit, [thing(f"t{n}")]) for n in range(5)]
        until(lambda: store._writer._queue.qsize() == 5)
        threads.submit(store.close)
    assert [commit.exception() for commit in commits] == [None] * 5
    again = opened(tmp_path)
    assert len(again.get_many("things", [f"t{n}" for n in range(5)])) == 5
    again.close()


@pytest.mark.parametrize("content", [b"this is no database, only a text that lies there" * 100, None])
def test_what_is_no_store_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path if content else tmp_path / "missing"
    if content:
        (folder / "store.db").write_bytes(content)
    with pytest.raises(NotWritable, match=r"^[^\n]*$"):
        opened(folder)


def test_what_is_refused_is_not_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: connection)
    (tmp_path / "store.db").write_bytes(b"no database" * 100)
    with pytest.raises(NotWritable):
        opened(tmp_path)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_a_store_of_another_stage_is_refused(tmp_path: Path, store: SqliteStore) -> None:
    store.close()
    with pytest.raises(OtherStage) as error:
        opened(tmp_path, "production socialnamnden")
    assert "demo socialnamnden" in str(error.value)
    opened(tmp_path).close()


def test_a_store_written_by_a_newer_version_is_refused(tmp_path: Path, store: SqliteStore) -> None:
    pragma(store, "wal_checkpoint")
    store._writer._connection.execute("UPDATE meta SET value = '2' WHERE name = 'version'")
    store.close()
    with pytest.raises(OtherVersion):
        opened(tmp_path)


def test_a_deleted_text_is_not_left_on_the_disk(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([thing(f"t{n}", due=n, text="kanariefågel" * 50) for n in range(20)])
    store.commit([Replace("things", f"t{n}", 1, {}) for n in range(10)])
    store.commit([Delete("things", f"t{n}") for n in range(10, 20)])
    store.close()
    assert "kanariefågel".encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_only_the_owner_may_read_the_files(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([thing("a")])
    store.get("things", "a")
    assert {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == dict.fromkeys(
        ["store.db", "store.db-lock", "store.db-shm", "store.db-wal"], 0
    )


def test_a_conflict_in_a_shared_transaction_is_told_to_its_writer_only(patient: SqliteStore) -> None:
    store = patient
    store.commit([thing("a", n=0)])
    with together(store, 8) as threads:
        commits = [threads.submit(store.commit, [Replace("things", "a", 1, {"n": n})]) for n in range(8)]
    outcomes = [type(commit.exception()) for commit in commits]
    assert (outcomes.count(Conflict), outcomes.count(type(None))) == (7, 1)
    assert fields_of(store.get("things", "a"))["n"] == outcomes.index(type(None))


def test_health_asks_the_store_and_the_disk(store: SqliteStore) -> None:
    gigabyte = 1024**3
    assert has_room(20 * gigabyte, gigabyte)
    assert not has_room(10 * gigabyte, gigabyte - 1)
    assert not has_room(100 * gigabyte, 5 * gigabyte - 1)
    store.close()
    assert not store.healthy()
