"""Very long queues: the first cases are made whole, the rest written straight into the keeper's tables.

The first `WHOLE` cases of the queue have keys of their own, as the page opens them. The others have sealed parts of
the right size that nobody can open: they fill tables and indexes exactly as real ones do, and no page reaches them.
Ten at a time they differ by their ids alone, so that a million are made in a minute.
"""

import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Final

from shared.adapters.prepared_writes import Prepared, prepare
from shared.adapters.query_shapes import QueryShapes
from shared.adapters.sqlite_schema import open_writer
from shared.app import House
from shared.domain.cases import AgeBand, Case, CaseClock, CaseKind, CasePerson, Step
from shared.domain.ids import AktId, CaseId, DeadlineId, ItemId, KeyId, StaffId
from shared.domain.queries import SHAPES
from shared.domain.retention import Retention
from shared.ports.store import Write
from shared.records.case_rows import case_row
from shared.records.sealing import Sealing
from tests.bench.serving import stocked
from tests.people import UNIT

WHOLE: Final = 200
_BATCH: Final = 100
ALIKE: Final = 10
_CACHE_KIB: Final = 256 * 1024
_SEALED_MORE: Final = 30
"""Bytes that sealing adds."""
_ASSIGNEES: Final = (None, "anna.exempel", "samir.exempel", None, "maria.exempel")
_DUE_WITHIN: Final = timedelta(days=90)
_PLACES: Final = 7919
"""A prime: steps of it spread the due instants evenly, in no order."""
_DOCUMENT: Final = "INSERT INTO documents (collection, id, rev, body) VALUES (?, ?, 1, ?)"
_SORTED: Final = """
INSERT INTO entries (shape, key, id, document)
SELECT shapes.number, unsorted.key, unsorted.id, documents.number FROM unsorted
JOIN shapes ON shapes.name = unsorted.shape
JOIN documents ON documents.collection = ? AND documents.id = unsorted.id
ORDER BY shapes.number, unsorted.key, unsorted.id
"""


def fill(folder: Path, count: int) -> None:
    """Make an installation in `folder` whose unit has a queue of so many open cases."""
    now = stocked(folder, _whole)
    pour(folder / "store.db", "cases", _others((count - WHOLE) // ALIKE, now))


def _whole(house: House) -> datetime:
    now, sealing = house.clock.now(), Sealing(house.cipher, house.settings.tenant)
    for start in range(0, WHOLE, _BATCH):
        keys = house.kept.ring.create_many("queue", Retention.FIVE_YEARS_NOT_OPENED, _BATCH)
        cases = [_case(key, now - timedelta(days=60, minutes=-start - place), None) for place, key in enumerate(keys)]
        house.store.commit([case_row(case).write(sealing) for case in cases])
    return now


def _others(count: int, now: datetime) -> Iterator[Write]:
    """Cases that are due after the whole ones, late and not yet late, with and without caseworker; one of ten each."""
    sealing = Sealing(Unopenable(), "nobody")
    for number in range(count):
        due = now - timedelta(days=30) + _DUE_WITHIN * (number * _PLACES % count) / count
        yield case_row(_case(KeyId("0" * 32), due, _ASSIGNEES[number % len(_ASSIGNEES)])).write(sealing)


def _case(key: KeyId, due: datetime, assignee: str | None) -> Case:
    return Case(
        id=CaseId(uuid.uuid4().hex),
        rev=0,
        kind=CaseKind.OROSANMALAN,
        unit=UNIT,
        akt=AktId(uuid.uuid4().hex),
        key=key,
        step=Step.SKYDDSBEDOMNING,
        opened_at=due - timedelta(days=1),
        age_band=AgeBand.A10_12,
        source="school_preschool",
        person=CasePerson(name="Nova Exempel", described="Flicka i 6 B"),
        clocks={
            "skyddsbedomning": CaseClock(DeadlineId(uuid.uuid4().hex), due),
            "forhandsbedomning": CaseClock(DeadlineId(uuid.uuid4().hex), due + timedelta(days=13)),
        },
        assignee=None if assignee is None else StaffId(assignee),
        report=ItemId(uuid.uuid4().hex),
        audit_number=1,
        audit_head="0" * 64,
    )


class Unopenable:
    """Seals under no key: noise of the right length."""

    def seal(self, key: KeyId, plain: bytes, place: Sequence[str]) -> bytes:
        return os.urandom(len(plain) + _SEALED_MORE)

    def open(self, key: KeyId, sealed: bytes, place: Sequence[str]) -> bytes:
        raise AssertionError("these cases are never opened")

    def index(self, purpose: str, value: str) -> str:
        raise AssertionError("nothing here is looked for")


def pour(path: Path, collection: str, writes: Iterator[Write]) -> None:
    """Write new documents of one collection with the keeper's own encodings, ten alike of each.

    Index entries come last, and sorted.
    """
    shapes = QueryShapes(SHAPES.values())
    connection = open_writer(path, patience=10)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("CREATE TEMP TABLE unsorted (shape TEXT, key BLOB, id TEXT)")
    connection.execute("BEGIN")
    while some := list(islice(writes, _BATCH)):
        _pour_some(connection, prepare(some, shapes))
    connection.execute(_SORTED, [collection])
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _pour_some(connection: sqlite3.Connection, prepared: Sequence[Prepared]) -> None:
    alike = [(one, uuid.uuid4().hex) for one in prepared for _ in range(ALIKE)]
    connection.executemany(_DOCUMENT, [(one.write.collection, id, one.body) for one, id in alike])
    entries = (((shape, key, id) for shape, key in one.keys.items()) for one, id in alike)
    connection.executemany("INSERT INTO unsorted VALUES (?, ?, ?)", chain.from_iterable(entries))
