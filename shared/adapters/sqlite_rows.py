"""The rows of one commit in SQLite: documents and index entries, many to a statement.

The writer gives Python's lock away at every step of a statement and gets it back only when a busy thread lets go:
one statement for all rows spares the writer's callers that many waits.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from shared.adapters import document_codec
from shared.adapters.prepared_writes import Prepared, revision_after
from shared.adapters.query_shapes import QueryShapes
from shared.adapters.sqlite_schema import DELETE_ENTRY
from shared.ports import AlreadyExists, Create

_AT_ONCE: Final = 200
"""Rows of one statement: with four values each they stay below the 999 that every SQLite takes."""

_REMEMBERED: Final = 1000
"""Documents whose index keys are remembered: what is written is often written again at once."""

_NEXT: Final = "SELECT coalesce(max(number), 0) + 1 FROM documents"
_FIND: Final = "SELECT number, rev FROM documents WHERE collection = ? AND id = ?"
_BODY: Final = "SELECT body FROM documents WHERE number = ?"
_INSERT: Final = "INSERT INTO documents (number, collection, id, rev, body) VALUES {rows} ON CONFLICT DO NOTHING"
_DOCUMENT: Final = "(?, ?, ?, 1, ?)"
_UPDATE: Final = "UPDATE documents SET rev = ?, body = ? WHERE number = ?"
_DELETE: Final = "DELETE FROM documents WHERE number = ?"
_INDEX: Final = "INSERT INTO entries (shape, key, id, document) VALUES {rows}"
_ENTRY: Final = "(?, ?, ?, ?)"

_Entry = tuple[int, bytes, str, int]


class SqliteRows:
    """Writes through the one writing `connection`; `numbers` are the shapes' numbers in `entries`."""

    def __init__(self, connection: sqlite3.Connection, shapes: QueryShapes, numbers: dict[str, int]) -> None:
        self._connection = connection
        self._shapes = shapes
        self._numbers = numbers
        self._recent: OrderedDict[int, tuple[int, dict[str, bytes]]] = OrderedDict()
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
            self._remember(number, 1, one.keys)
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
        found = self._connection.execute(_FIND, (write.collection, write.id)).fetchone()
        number, rev = found or (0, None)
        revision = revision_after(write, rev)
        if rev is None:
            return
        before = self._keys_before(write.collection, number, rev)
        if revision:
            self._connection.execute(_UPDATE, (revision, prepared.body, number))
            self._remember(number, revision, prepared.keys)
        else:
            self._connection.execute(_DELETE, (number,))
        gone += self._entries(_without(before, prepared.keys), write.id, number)
        new += self._entries(_without(prepared.keys, before), write.id, number)

    def _keys_before(self, collection: str, number: int, rev: int) -> dict[str, bytes]:
        """The index keys a document has: remembered from when it was written, else worked out from its body."""
        known = self._recent.get(number)
        if known is not None and known[0] == rev:
            return known[1]
        (body,) = self._connection.execute(_BODY, (number,)).fetchone()
        return self._shapes.keys(collection, document_codec.decode(body))

    def _remember(self, number: int, rev: int, keys: dict[str, bytes]) -> None:
        if not keys:
            return
        self._recent[number] = (rev, keys)
        self._recent.move_to_end(number)
        if len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)

    def _entries(self, keys: dict[str, bytes], id: str, number: int) -> list[_Entry]:
        return [(self._numbers[shape], key, id, number) for shape, key in keys.items()]


@lru_cache(maxsize=_AT_ONCE)
def _many(statement: str, row: str, count: int) -> str:
    return statement.format(rows=", ".join([row] * count))


def _without(keys: dict[str, bytes], others: dict[str, bytes]) -> dict[str, bytes]:
    return {shape: key for shape, key in keys.items() if others.get(shape) != key}
