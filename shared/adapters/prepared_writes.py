"""Writes made ready for a keeper: checked, encoded and with their index keys, before any lock is taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.adapters import document_codec
from shared.adapters.document_limits import COMMIT_BYTES, check_count, check_place, plain_fields
from shared.adapters.query_shapes import QueryShapes
from shared.ports.store import AlreadyExists, Conflict, Create, Delete, NotFound, Refused, Replace, Write


@dataclass(frozen=True, slots=True)
class Prepared:
    """One write; `body` and `keys` (by name of shape) are what the document shall have, empty for a deletion."""

    write: Write
    body: str
    keys: dict[str, bytes]


def prepare(writes: Sequence[Write], shapes: QueryShapes) -> list[Prepared]:
    """The writes of one commit made ready; `Refused` when one of them breaks a limit."""
    check_count([(write.collection, write.id) for write in writes])
    prepared = [_prepared(write, shapes) for write in writes]
    if sum(len(each.body) for each in prepared) > COMMIT_BYTES:
        raise Refused(f"One commit holds more than {COMMIT_BYTES // 1024} KiB.")
    return prepared


def revision_after(write: Write, found: int | None) -> int:
    """The document's rev after the write (0: it is gone) when `found` is its rev before (None: it is not there).

    Raises AlreadyExists, NotFound or Conflict when the writer expected something else.
    """
    if isinstance(write, Create):
        if found is not None:
            raise AlreadyExists(f"{write.collection}/{write.id}")
        return 1
    if isinstance(write, Delete) and write.rev is None:
        return 0
    if found is None:
        raise NotFound(f"{write.collection}/{write.id}")
    if found != write.rev:
        raise Conflict(f"{write.collection}/{write.id}")
    return found + 1 if isinstance(write, Replace) else 0


def _prepared(write: Write, shapes: QueryShapes) -> Prepared:
    check_place(write.collection, write.id)
    if isinstance(write, Delete):
        return Prepared(write, "", {})
    fields = plain_fields(write.fields)
    return Prepared(write, document_codec.encode(fields), shapes.keys(write.collection, fields))
