"""The promises the product asks of the world; adapters keep them, fakes and real ones alike.

Errors every keeper translates to at its own door:

    StoreError
    ├── AlreadyExists    a document to be created is there already; nothing was written
    ├── NotFound         a document to be replaced or deleted is not there; nothing was written
    ├── Conflict         a document has another revision than the writer saw; nothing was written
    ├── Refused          the document or query breaks a limit of the store (a defect in the caller)
    └── Unavailable      the store did not answer in time; the outcome is unknown: read before answering
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from shared.domain.ids import KeyId
from shared.domain.queries import Shape

if TYPE_CHECKING:
    from shared.domain.register import Family

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

    def count(
        self, shape: Shape, equals: Mapping[str, Value], *, cap: int, start: Value = None, stop: Value = None
    ) -> int:
        """How many documents the query would find, at most `cap` (1..1000). One read."""
        ...

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none, durable on return. At most 200 and 9 MiB, each document once."""
        ...

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""
        ...


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present as an aware UTC datetime."""
        ...


@dataclass(frozen=True, slots=True)
class Wake:
    """One wake-up call to set: `name` is opaque and unique per (deadline, epoch, hop); `at` at most 30 days ahead."""

    name: str
    at: datetime
    payload: Mapping[str, str]


class Alarms(Protocol):
    """Wake-up calls, kept outside the store: at least once, any order, maybe late, never the truth."""

    def arm(self, wakes: Sequence[Wake]) -> None:
        """Set the wake-ups; a name already known (also within 24 hours after it rang) is left as it is.

        Raises `TooFarAhead` beyond 30 days and `AlarmsUnavailable` when the keeper does not answer.
        """
        ...


class TooFarAhead(Exception):
    """A wake-up lies more than 30 days ahead (Cloud Tasks' limit)."""


class AlarmsUnavailable(Exception):
    """The alarm keeper did not answer; the sweep will arm what is stored."""


class Callers(Protocol):
    """Knows the calls that the alarm keeper and the scheduler make, and nobody else's."""

    def verify(self, authorization: str, path: str, body: bytes, /) -> bool:
        """Whether a call to this path with this body and `Authorization` header is one of theirs.

        Raises `ProofUnavailable` when that cannot be told now.
        """
        ...


class ProofUnavailable(Exception):
    """What proves a call could not be had in time; the call must come again."""


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key that exists, and whom it was made for; never the key itself."""

    id: KeyId
    owner: str


@dataclass(frozen=True, slots=True)
class MadeKeys:
    """One page of keys, oldest first: `cursor` continues after the last and is None at the end."""

    keys: Sequence[MadeKey]
    cursor: str | None


class KeyRing(Protocol):
    """Data keys: each belongs to one akt (or draft or purpose) and one retention class, in a store of its own."""

    def create(self, owner: str, retention: str) -> KeyId:
        """Make and durably store a new data key before its first data. One commit of its own."""
        ...

    def create_many(self, owner: str, retention: str, count: int) -> list[KeyId]:
        """The same for so many keys (1..100), all in one commit."""
        ...

    def load(self, ids: Sequence[KeyId]) -> None:
        """Fetch these keys in one call, so that `Cipher` finds them; unknown ids raise `KeyGone` when used."""
        ...

    def prolong(self, id: KeyId, retention: str) -> None:
        """Move the key to a class that is kept longer; done before the data commit that needs it."""
        ...

    def erase(self, id: KeyId) -> None:
        """Delete the key: what it sealed can never be read again. A second call does nothing."""
        ...

    def made(self, before: datetime, cursor: str | None = None) -> MadeKeys:
        """Keys made before this instant, oldest first, at most 100 at a time. `Refused` for a cursor that is none."""
        ...


class KeyGone(Exception):
    """The data key does not exist (erased, or never made)."""


class Tampered(Exception):
    """A sealed blob does not belong where it lies, or was changed. Never shown as an empty field."""


class Cipher(Protocol):
    """Sealing with AES-256-GCM under a key of the ring, bound to where the blob lies."""

    def seal(self, key: KeyId, plain: bytes, place: Sequence[str]) -> bytes:
        """Seal; `place` (tenant, collection, id, class, schema, rev) is length-prefixed associated data."""
        ...

    def open(self, key: KeyId, sealed: bytes, place: Sequence[str]) -> bytes:
        """Open, or raise `Tampered` or `KeyGone`."""
        ...

    def index(self, purpose: str, value: str) -> str:
        """Keyed blind index (HMAC-SHA-256 under a key per purpose, 32 hex digits) of a normalised value."""
        ...


class PopulationRegister(Protocol):
    """Folkbokföringen, asked about one child at a time (like Skatteverket's Navet). Nothing of it is kept."""

    @property
    def source(self) -> Mapping[str, str]:
        """What the register is called on a page, by language."""
        ...

    def family(self, number: str) -> "Family | None":
        """The child of this number (12 digits) with its guardians and their other wards; None: nobody has it.

        Answers within 1.5 seconds or raises `RegisterUnavailable`. A protected person is told of with the flag.
        """
        ...


class RegisterUnavailable(Exception):
    """The population register did not answer in time, or there is none: nothing is known, not even who is protected."""
