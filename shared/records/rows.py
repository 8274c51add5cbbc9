"""A row: one entity as it is stored, clear fields and sealed parts apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.ids import KeyId
from shared.ports.store import Create, Replace, Value, Write
from shared.records.sealing import SCHEMA, Sealing


@dataclass(frozen=True, slots=True)
class Row:
    """What is written for one entity; `rev` is the revision it was read at (0: new)."""

    collection: str
    id: str
    rev: int
    clear: Mapping[str, Value]
    key: KeyId | None = None
    sealed: Mapping[str, object] = field(default_factory=dict)

    def write(self, sealing: Sealing) -> Write:
        """The store write; sealed parts are bound to the revision the document will have."""
        fields: dict[str, Value] = {**self.clear, "schema": SCHEMA}
        if self.key is not None:
            fields["key"] = self.key
            fields["sealed"] = sealing.seal((self.collection, self.id, self.rev + 1), self.key, self.sealed)
        if self.rev == 0:
            return Create(self.collection, self.id, fields)
        return Replace(self.collection, self.id, self.rev, fields)
