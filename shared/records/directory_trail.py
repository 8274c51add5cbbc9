"""The directory's own trail: one chained entry per change, with codes and days and never a name or free text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from shared.domain.directory_changes import DirectoryAction, DirectoryChange
from shared.domain.principals import Principal
from shared.ports.store import Create, Value
from shared.records.directory_head import Chain
from shared.records.directory_rows import kind_of
from shared.records.sealing import SCHEMA
from shared.records.trail import actor, link

COLLECTION: Final = "directory_audit"


def first_entry(action: DirectoryAction, by: Principal, at: datetime, count: int) -> tuple[Chain, Create]:
    """The entry about the seed: how many rows it wrote."""
    return _append(Chain(), {"action": action.value, "subject_kind": "", "subject": "", "count": count}, by, at)


def entry(chain: Chain, change: DirectoryChange) -> tuple[Chain, Create]:
    """The entry of a change, and the chain one link longer."""
    before, after, others = change.codes()
    content: dict[str, Value] = {
        "action": change.action.value,
        "subject_kind": kind_of(change.after),
        "subject": change.after.id,
        "before": dict(before),
        "after": dict(after),
        "fields": list(others),
    }
    return _append(chain, content, change.by, change.at)


def _append(chain: Chain, content: Mapping[str, Value], by: Principal, at: datetime) -> tuple[Chain, Create]:
    number = chain.number + 1
    fields: dict[str, Value] = {
        "number": number, "previous": chain.head, "at": at, "schema": SCHEMA, **content, **actor(by)
    }  # fmt: skip
    return Chain(number, link(fields)), Create(COLLECTION, f"{number:09d}", fields)
