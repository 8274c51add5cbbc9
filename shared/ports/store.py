"""The promise of what keeps documents, and its errors.

Errors every keeper translates to at its own door:

    StoreError
    ├── AlreadyExists    a document to be created is there already; nothing was written
    ├── NotFound         a document to be replaced or deleted is not there; nothing was written
    ├── Conflict         a document has another revision than the writer saw; nothing was written
    ├── Refused          the document or query breaks a limit of the store (a defect in the caller)
    └── Unavailable      the store did not answer in time; the outcome is unknown: read before answering
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar

from shared.domain.queries import Shape

T = TypeVar("T")

Value: TypeAlias = bool | int | str | bytes | datetime | list["Value"] | dict[str, "Value"] | None
"""What a document may hold: datetimes are aware UTC to the microsecond, ints fit 64 bits, a list never holds a list.

There are no floats, dates or decimals: money is öre (int), a legal date is an ISO string. Names of collections and
fields are plain identifiers (a-z, 0-9, _); keys of maps are free, except empty ones and `__…__`. A document holds at
most 900 KiB, 20 maps and lists deep; a field that a query shape names holds a single value of at most 1500 bytes.
"""


class StoreError(Exception):
    """Something the store could not do; the subclass says what."""


class AlreadyExists(StoreError):
    """A document to be created is there already."""


class NotFound(StoreError):
    """A document to be replaced or deleted is not there."""


class Conflict(StoreError):
    """A document has changed since the writer read it."""


class Refused(StoreError):
    """The document or query breaks a documented limit."""


class Unavailable(StoreError):
    """The store did not answer in time; whether the write happened is unknown."""


@dataclass(frozen=True, slots=True)
class Document:
    """One stored document: `rev` starts at 1 and rises by 1 with every replacement."""

    collection: str
    id: str
    rev: int
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Create:
    """Write a new document with rev 1; fails with AlreadyExists."""

    collection: str
    id: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Replace:
    """Replace the whole document if its rev still is `rev`; fails with Conflict or NotFound."""

    collection: str
    id: str
    rev: int
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete the document if its rev still is `rev` (None: whatever it is, also missing)."""

    collection: str
    id: str
    rev: int | None = None


Write: TypeAlias = Create | Replace | Delete


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a query: `cursor` continues after the last document and is None at the end.

    A page that is not full has no cursor; a full one with a cursor may, on some keepers, be followed by an empty one.
    """

    documents: Sequence[Document]
    cursor: str | None


class Store(Protocol):
    """Compare-and-set over small documents. Every call answers or raises within 8 seconds."""

    def get(self, collection: str, id: str) -> Document | None:
        """The document, or None (also for an id that no document can have). One read."""
        ...

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        """Those of the documents that exist, by id, in one call. One read each. At most 1000 ids."""
        ...

    def query(
        self,
        shape: Shape,
        equals: Mapping[str, Value],
        *,
        limit: int,
        start: Value = None,
        stop: Value = None,
        cursor: str | None = None,
    ) -> Page:
        """Documents of a declared shape whose `shape.equal` fields have exactly these values, in `shape.order`.

        `start` (inclusive) and `stop` (exclusive) bound the order field; None is no bound. A document
        that lacks one of the shape's fields is never found (null is a value, missing is not). Ties are
        ordered by id. `limit` is 1..100. Reads: one per document, at least one. A cursor that is damaged
        or belongs to another query raises `Refused`.
        """
        ...

    def after(self, shape: Shape, equals: Mapping[str, Value], document: Document) -> str:
        """The cursor that continues after this document, which a query with the same shape and values gave. No read."""
        ...

    def count(
        self, shape: Shape, equals: Mapping[str, Value], *, cap: int, start: Value = None, stop: Value = None
    ) -> int:
        """How many documents the query would find, at most `cap` (1..1000). One read."""
        ...

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none, durable on return. At most 200 and 9 MiB, each document once."""
        ...

    def together(self, *calls: Callable[[], T]) -> list[T]:
        """What calls that need nothing of each other's answers give, in their order: to this store, or to its keys.

        A keeper at a distance has them made side by side, another one by one: the caller may rely on neither. The
        first error in their order is raised, when none is under way any more.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""
        ...
