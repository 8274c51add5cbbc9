"""The real store on a disk that is full or held by somebody else: pages in time, nothing half written, and recovery."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Final

from shared.adapters.sqlite_store import PATIENCE, SqliteStore
from tests.access.routes import ROUTES, Route
from tests.access.standing import standing
from tests.faults.posting import Sender, sender
from tests.faults.test_without_the_keepers import tells_what_to_do
from tests.journeys.town import Town, town
from tests.journeys.visitor import Answer

FASTER: Final = 5.0
"""How many times less patient than the product's own store the one here is, so that nobody waits."""
LONGEST_S: Final = 10.0
READERS: Final = 8
LONG: Final = "Kim vill inte gå hem. " + " ".join(sha256(bytes([n])).hexdigest() for n in range(140))
"""A long answer that can not be squeezed."""


@contextmanager
def town_on_disk(folder: Path) -> Iterator[tuple[Town, SqliteStore]]:
    """A town whose documents lie in a file."""
    store = SqliteStore(folder / "store.db", patience=PATIENCE / FASTER)
    with town(store) as here:
        yield here, store


def answering() -> Route:
    """The route that saves an answer."""
    return next(one for one in ROUTES if (one.method, one.rule) == ("POST", "/anmal/utkast/<id>/<slug>"))


def long_answer(form: Sender) -> Answer:
    """What comes of telling much."""
    return form.send(form.changed(concern_description=LONG))


def test_a_full_disk_keeps_the_text_in_the_page_and_takes_it_when_there_is_room_again(tmp_path: Path) -> None:
    with town_on_disk(tmp_path) as (here, store):
        form = sender(here, answering())
        full(store)
        away = long_answer(form)
        assert tells_what_to_do(away)
        assert away.text.count(LONG.strip()) == 2
        assert form.visitor.get(form.path).status == 200
        roomy(store)
        assert form.visitor.submit(away, form.path).status == 303
        assert LONG.strip() in form.visitor.get(form.path).text


def test_on_a_full_disk_no_report_is_filed_halfway(tmp_path: Path) -> None:
    with town_on_disk(tmp_path) as (here, store):
        known = standing(here, "taken")
        form = sender(here, answering(), known)
        assert long_answer(form).status == 303
        check = form.visitor.get(f"/anmal/utkast/{known.draft}/kontrollera")
        before = stored(tmp_path)
        full(store)
        away = form.visitor.submit(check, f"/anmal/utkast/{known.draft}/skicka", confirm="yes")
        assert tells_what_to_do(away)
        assert stored(tmp_path) == before
        roomy(store)
        sent = form.visitor.submit(away, f"/anmal/utkast/{known.draft}/skicka")
        assert form.visitor.follow(sent).status == 200


def test_a_store_that_somebody_holds_answers_everybody_within_ten_seconds(tmp_path: Path) -> None:
    with town_on_disk(tmp_path) as (here, _):
        known = standing(here, "taken")
        forms = [sender(here, answering(), known) for _ in range(READERS)]
        here.clock.advance(timedelta(minutes=2))  # so that every login wants to note that it was used
        with held(tmp_path), ThreadPoolExecutor(READERS) as people:
            answers = list(people.map(timed, forms))
        assert [tells_what_to_do(answer) for answer, _ in answers] == [True] * READERS
        assert max(seconds for _, seconds in answers) * FASTER < LONGEST_S


def timed(form: Sender) -> tuple[Answer, float]:
    """The answer and how many seconds it took."""
    begun = monotonic()
    answer = form.send()
    return answer, monotonic() - begun


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another program writes in the store's file and does not end."""
    other = sqlite3.connect(folder / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def full(store: SqliteStore) -> None:
    """No page more than there is."""
    (pages,) = store._writer._connection.execute("PRAGMA page_count").fetchone()
    store._writer._connection.execute(f"PRAGMA max_page_count = {pages}")


def roomy(store: SqliteStore) -> None:
    """As much room as one may wish."""
    store._writer._connection.execute("PRAGMA max_page_count = 1000000")


def stored(folder: Path) -> set[tuple[str, str, int]]:
    """Collection, id and revision of every document but sessions."""
    connection = sqlite3.connect(folder / "store.db")
    try:
        sql = "SELECT collection, id, rev FROM documents WHERE collection != 'sessions'"
        return set(connection.execute(sql).fetchall())
    finally:
        connection.close()
