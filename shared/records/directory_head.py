"""The directory's head: one small document that every change replaces, read with every session."""

from dataclasses import dataclass
from typing import Any

from shared.domain.ids import KeyId
from shared.ports.store import Document, Value
from shared.records.rows import Row


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the trail stands: the number of its last entry and that entry's hash."""

    number: int = 0
    head: str = ""


def head_row(collection: str, id: str, rev: int, chain: Chain, key: KeyId) -> Row:
    """The head: how many changes there have been, the last entry's hash, and the key of the rows."""
    kept: dict[str, Value] = {"kind": "directory", "number": chain.number, "audit_head": chain.head, "key": key}
    return Row(collection, id, rev, kept)


def read_head(document: Document) -> tuple[Chain, KeyId]:
    """Chain and key from the head."""
    fields: Any = document.fields
    return Chain(fields["number"], fields["audit_head"]), KeyId(fields["key"])
