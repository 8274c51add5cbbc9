"""The rows of one commit in SQLite: documents and index entries, many to a statement.

The writer gives Python's lock away at every step of a statement and gets it back only when a busy thread lets go:
one statement for all rows spares the writer's callers that many waits.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from shared.adapters import document_codec
from shared.adapters.prepared_writes import Prepared, revision_after
from shared.adapters.query_shapes import QueryShapes
from shared.adapters.sqlite_schema import DELETE_ENTRY
from shared.ports.store import AlreadyExists, Create

_AT_ONCE: Final = 200
"""Rows of one statement: with four values each they stay below the 999 that every SQLite takes."""

_REMEMBERED: Final = 1000
"""Documents that are remembered: what is written is often written again at once, and nobody else writes here."""

_NEXT: Final = "SELECT coalesce(max(number), 0) + 1 FROM documents"
_FIND: Final = "SELECT number, rev, body FROM documents WHERE collection = ? AND id = ?"
_INSERT: Final = "INSERT INTO documents (number, collection, id, rev, body) VALUES {rows} ON CONFLICT DO NOTHING"
_DOCUMENT: Final = "(?, ?, ?, 1, ?)"
_UPDATE: Final = "UPDATE documents SET rev = ?, body = ? WHERE number = ?"
_DELETE: Final = "DELETE FROM documents WHERE number = ?"
_INDEX: Final = "INSERT INTO entries (shape, key, id, document) VALUES {rows}"
_ENTRY: Final = "(?, ?, ?, ?)"

_Entry = tuple[int, bytes, str, int]
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """A document as it lies there: its number, its revision and its index keys."""

    number: int
    rev: int
    keys: dict[str, bytes]


class SqliteRows:
    """Writes through the one writing `connection`; `numbers` are the shapes' numbers in `entries`."""

    def __init__(self, connection: sqlite3.Connection, shapes: QueryShapes, numbers: dict[str, int]) -> None:
        self._connection = connection
        self._shapes = shapes
        self._numbers = numbers
        self._recent: OrderedDict[_Place, _Known] = OrderedDict()
        self._next: int = connection.execute(_NEXT).fetchone()[0]

    def apply(self, writes: Sequence[Prepared]) -> None:
        """Make all of the writes in the open transaction; a `StoreError` leaves some made, for the caller to undo."""
        gone: list[_Entry] = []
        new: list[_Entry] = []
        created: list[Prepared] = []
        for prepared in writes:
            if isinstance(prepared.write, Create):
                created.append(prepared)
            else:
                self._change(prepared, gone, new)
        if created:
            new += self._create(created)
        if gone:
            self._connection.executemany(DELETE_ENTRY, [entry[:3] for entry in gone])
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            self._connection.execute(_many(_INDEX, _ENTRY, len(some)), list(chain.from_iterable(some)))

    def _create(self, created: Sequence[Prepared]) -> list[_Entry]:
        """New documents, at most as many as one commit holds; their entries."""
        numbered = list(enumerate(created, self._next))
        self._next += len(created)
        values = [(number, one.write.collection, one.write.id, one.body) for number, one in numbered]
        statement = _many(_INSERT, _DOCUMENT, len(values))
        if self._connection.execute(statement, list(chain.from_iterable(values))).rowcount != len(values):
            raise self._taken(numbered)
        for number, one in numbered:
            self._remember((one.write.collection, one.write.id), _Known(number, 1, one.keys))
        return [entry for number, one in numbered for entry in self._entries(one.keys, one.write.id, number)]

    def _taken(self, numbered: Sequence[tuple[int, Prepared]]) -> AlreadyExists:
        """What to say of the first document that was there before."""
        places = {number: (one.write.collection, one.write.id) for number, one in numbered}
        known = (place for number, place in places.items() if self._number_of(place) != number)
        return AlreadyExists("/".join(next(known)))

    def _number_of(self, place: tuple[str, str]) -> int:
        number: int = self._connection.execute(_FIND, place).fetchone()[0]
        return number

    def _change(self, prepared: Prepared, gone: list[_Entry], new: list[_Entry]) -> None:
        write = prepared.write
        place = (write.collection, write.id)
        known = self._recent.pop(place, None) or self._found(place)
        revision = revision_after(write, None if known is None else known.rev)
        if known is None:
            return
        if revision:
            self._connection.execute(_UPDATE, (revision, prepared.body, known.number))
            self._remember(place, _Known(known.number, revision, prepared.keys))
        else:
            self._connection.execute(_DELETE, (known.number,))
        gone += self._entries(_without(known.keys, prepared.keys), write.id, known.number)
        new += self._entries(_without(prepared.keys, known.keys), write.id, known.number)

    def _found(self, place: _Place) -> _Known | None:
        row = self._connection.execute(_FIND, place).fetchone()
        if row is None:
            return None
        number, rev, body = row
        return _Known(number, rev, self._shapes.keys(place[0], document_codec.decode(body)))

    def _remember(self, place: _Place, known: _Known) -> None:
        self._recent[place] = known
        if len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)

    def forget(self) -> None:
        """What was applied has been undone: nothing is known any more."""
        self._recent.clear()

    def _entries(self, keys: dict[str, bytes], id: str, number: int) -> list[_Entry]:
        return [(self._numbers[shape], key, id, number) for shape, key in keys.items()]


@lru_cache(maxsize=_AT_ONCE)
def _many(statement: str, row: str, count: int) -> str:
    return statement.format(rows=", ".join([row] * count))


def _without(keys: dict[str, bytes], others: dict[str, bytes]) -> dict[str, bytes]:
    return {shape: key for shape, key in keys.items() if others.get(shape) != key}
