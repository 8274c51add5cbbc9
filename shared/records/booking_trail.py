"""The trail of meetings and of blocked time: one chained entry per change, and an event that names nobody."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from shared.domain.principals import Kind, Principal
from shared.ports.store import Create, Value
from shared.records.sealing import SCHEMA
from shared.records.trail import actor, entry_id, link

AUDIT: Final = "booking_audit"


@dataclass(frozen=True, slots=True)
class Audited:
    """One link of an item's own chain: its number, the hash that the next carries, and the entry to write."""

    number: int
    head: str
    entry: Create


class Done(Protocol):
    """What happened to an item: what, by whom and when."""

    @property
    def action(self) -> StrEnum:
        """Its stable name."""
        ...

    @property
    def by(self) -> Principal:
        """Who did it."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...


def audited(id: str, last: int, head: str, done: Done) -> Audited:
    """The next entry of the item's trail."""
    fields: dict[str, Value] = {
        "booking": id,
        "number": last + 1,
        "previous": head,
        "action": done.action.value,
        "at": done.at,
        "schema": SCHEMA,
        **actor(done.by),
    }
    return Audited(last + 1, link(fields), Create(AUDIT, entry_id(id, last + 1), fields))


def event(id: str, unit: str, done: Done) -> Create:
    """The process event, without any person."""
    fields: dict[str, Value] = {
        "kind": "booking",
        "step": done.action.value,
        "at": done.at,
        "unit": unit,
        "channel": "staff" if done.by.kind is Kind.STAFF else "e_service",
        "schema": SCHEMA,
    }
    return Create("events", id, fields)
