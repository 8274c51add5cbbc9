"""Documents as Firestore's own messages, and back: the product's fields beside two fields of the keeper.

`_rev` is the revision. `_commit` marks who wrote last, so that a writer whose answer was lost knows its own write. The
names can not meet the product's, which begin with a letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from shared.ports.store import Document, Value

REV: Final = "_rev"
MARK: Final = "_commit"

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 24 * 60 * 60

Instant = tuple[int, int]
"""Seconds and nanoseconds since 1970: when a document was last written, as the database tells it."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which writing of a document lies there."""

    rev: int
    written: Instant
    mark: bytes = b""


class FirestoreDocuments:
    """Translates for the database at `path`."""

    def __init__(self, path: str) -> None:
        from google.cloud.firestore_v1 import types

        self.root = f"{path}/documents"
        self._value: Any = types.Value.pb()
        self._list: Any = types.ArrayValue.pb()
        self._map: Any = types.MapValue.pb()
        self._document: Any = types.Document.pb()

    def name(self, collection: str, id: str) -> str:
        """The document's full name."""
        return f"{self.root}/{collection}/{id}"

    def pack(self, collection: str, id: str, fields: Mapping[str, Value], version: Version) -> Any:
        """The message that stores plain fields (`document_limits.plain_fields`)."""
        packed = {name: self.value(value) for name, value in fields.items()}
        packed[REV] = self._value(integer_value=version.rev)
        packed[MARK] = self._value(bytes_value=version.mark)
        return self._document(name=self.name(collection, id), fields=packed)

    def unpack(self, message: Any) -> Document:
        """The document that a whole message holds."""
        collection, id = message.name[len(self.root) + 1 :].split("/")
        fields = {name: self.plain(value) for name, value in message.fields.items() if name not in {REV, MARK}}
        return Document(collection, id, message.fields[REV].integer_value, fields)

    def version(self, message: Any) -> Version:
        """Which writing a message holds, whole or with the keeper's fields alone."""
        fields = message.fields
        return Version(fields[REV].integer_value, self.seconds(message.update_time), fields[MARK].bytes_value)

    def seconds(self, instant: Any) -> Instant:
        """The database's instant, exactly."""
        return instant.seconds, instant.nanos

    def instant(self, seconds: Instant) -> dict[str, int]:
        """And back."""
        return {"seconds": seconds[0], "nanos": seconds[1]}

    def reference(self, name: str) -> Any:
        """The message for a document's full name."""
        return self._value(reference_value=name)

    def value(self, value: Value) -> Any:
        """The message for one plain value."""
        if isinstance(value, str):
            return self._value(string_value=value)
        if value is None:
            return self._value(null_value=0)
        if isinstance(value, bool):
            return self._value(boolean_value=value)
        if isinstance(value, int):
            return self._value(integer_value=value)
        if isinstance(value, bytes):
            return self._value(bytes_value=value)
        return self._enclosing(value)

    def _enclosing(self, value: datetime | list[Value] | dict[str, Value]) -> Any:
        if isinstance(value, datetime):
            since = value - _EPOCH
            return self._value(
                timestamp_value=self.instant((since.days * _DAY + since.seconds, since.microseconds * 1000))
            )
        if isinstance(value, list):
            return self._value(array_value=self._list(values=[self.value(inner) for inner in value]))
        return self._value(map_value=self._map(fields={name: self.value(inner) for name, inner in value.items()}))

    def plain(self, message: Any) -> Value:
        """The value a message holds; instants are aware UTC."""
        kind: str = message.WhichOneof("value_type")
        held: Any = getattr(message, kind)
        if kind == "null_value":
            return None
        if kind == "timestamp_value":
            return _EPOCH + timedelta(seconds=held.seconds, microseconds=held.nanos // 1000)
        if kind == "array_value":
            return [self.plain(inner) for inner in held.values]
        if kind == "map_value":
            return {name: self.plain(inner) for name, inner in held.fields.items()}
        plain: Value = held
        return plain
