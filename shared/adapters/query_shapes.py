"""The declared query shapes as ranges over sorted bytes: what to write into an index, and what to scan.

The key of a document in a shape's index is the joined encodings of the shape's equality fields and its order field.
A document that lacks one of them has no key there, and so is never found: that is how Firestore's indexes behave.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.adapters import ordered_keys
from shared.adapters.document_limits import check_collection, plain_value
from shared.domain.queries import Shape
from shared.ports.store import Refused, Value


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in an index: a key, and the id that orders equal keys; no id lies before them all."""

    key: bytes
    id: str


@dataclass(frozen=True, slots=True)
class Span:
    """The keys a query scans: those from `low` to before `high`; all of them start with `prefix`."""

    prefix: bytes
    low: bytes
    high: bytes

    def scan(self, after: Place | None, *, descending: bool) -> tuple[Place, bytes]:
        """From beyond which place and to which key to scan, in the shape's direction, to continue after `after`."""
        if descending:
            top = Place(self.high, "")
            return (top if after is None else min(top, after)), self.low
        bottom = Place(self.low, "")
        return (bottom if after is None else max(bottom, after)), self.high


class QueryShapes:
    """The shapes of one store, by collection."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self.by_name = {shape.name: shape for shape in shapes}
        self._fields: dict[str, tuple[str, ...]] = {}
        self._of: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for shape in self.by_name.values():
            check_collection(shape.collection)
            parts = (*shape.equal, shape.order)
            self._of.setdefault(shape.collection, []).append((shape.name, parts))
            self._fields[shape.collection] = tuple(dict.fromkeys((*self._fields.get(shape.collection, ()), *parts)))

    def keys(self, collection: str, fields: Mapping[str, Value]) -> dict[str, bytes]:
        """The document's index keys by name of shape; `Refused` when a shape's field can not be indexed."""
        names = self._fields.get(collection)
        if names is None:
            return {}
        encoded = {name: ordered_keys.encode(fields[name]) for name in names if name in fields}
        keys = {}
        for shape, parts in self._of[collection]:
            try:
                keys[shape] = b"".join([encoded[part] for part in parts])
            except KeyError:
                continue
        return keys

    def span(self, shape: Shape, equals: Mapping[str, Value], start: Value, stop: Value) -> Span:
        """What the query scans; `Refused` when the shape is not declared here or the fields are not the shape's."""
        if self.by_name.get(shape.name) != shape:
            raise Refused(f"The query shape '{shape.name}' is not declared.")
        if len(equals) != len(shape.equal) or any(name not in equals for name in shape.equal):
            raise Refused(f"The query shape '{shape.name}' asks for exactly {', '.join(shape.equal)}.")
        prefix = b"".join([ordered_keys.encode(plain_value(equals[name])) for name in shape.equal])
        low, high = _bounds(start, stop)
        return Span(prefix, prefix + low, prefix + high)


def definition(shape: Shape) -> str:
    """What an index of the shape is made of, as text: equal texts mean equal indexes."""
    return f"{ordered_keys.VERSION} {shape.collection} {' '.join(shape.equal)} > {shape.order}"


def _bounds(start: Value, stop: Value) -> tuple[bytes, bytes]:
    """Bounds for the order field; with one bound given, only values of its type lie within, as in Firestore."""
    low = b"" if start is None else ordered_keys.encode(plain_value(start))
    high = ordered_keys.ABOVE_ALL if stop is None else ordered_keys.encode(plain_value(stop))
    if start is None and stop is not None:
        low = ordered_keys.kind_of(high)
    if stop is None and start is not None:
        high = ordered_keys.after_kind(ordered_keys.kind_of(low))
    if start is not None and stop is not None and ordered_keys.kind_of(low) != ordered_keys.kind_of(high):
        raise Refused("The bounds of a query are of different types.")
    return low, high
