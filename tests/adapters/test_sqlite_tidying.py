"""What is deleted leaves the disk while the store goes on: an erased key must not wait for a restart."""

from pathlib import Path

import pytest

from shared.adapters.sqlite_store import SqliteStore
from shared.ports.store import Create, Delete


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "keys.db", shapes=(), tidy_s=0)


def test_an_erased_key_is_not_left_in_the_log_of_a_running_store(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([Create("data_keys", "one", {"wrapped": "kanariefågel" * 50})])
    store.commit([Delete("data_keys", "one")])
    store.commit([Create("data_keys", "two", {})])  # whoever is answered after that knows that it has been tidied
    found = "kanariefågel".encode() in on_disk(tmp_path)
    store.close()
    assert not found


def test_what_stays_can_be_read_after_tidying(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([Create("data_keys", "one", {"n": 1})])
    store.commit([Create("data_keys", "two", {"n": 2})])
    found = store.get_many("data_keys", ["one", "two"])
    store.close()
    assert {id: one.fields["n"] for id, one in found.items()} == {"one": 1, "two": 2}
