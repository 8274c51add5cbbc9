"""The audit trail: a chained entry per change of a case, and an independent entry per disclosure."""

import hashlib
import itertools
import json
import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import CaseId
from shared.domain.principals import Principal
from shared.ports.store import Create, Document, Value
from shared.records.sealing import SCHEMA
from shared.records.vault import Vault

_BATCH: Final = 200
"""As many writes as one commit takes."""


def actor(principal: Principal) -> dict[str, Value]:
    """The acting principal as the trail names it: a staff id, a keyed index or an invitation, never a name."""
    return {
        "actor": principal.staff or principal.person or principal.invitation,
        "actor_kind": principal.kind.value,
        "actor_unit": principal.unit,
        "actor_roles": " ".join(sorted(role.value for role in principal.roles)),
    }


def entry(change: Change, case: Case) -> tuple[Case, Create]:
    """The case with its chain one link longer, and the entry itself; number and previous hash make a gap visible."""
    number = case.audit_number + 1
    fields: dict[str, Value] = {
        "case": case.id,
        "number": number,
        "previous": case.audit_head,
        "action": change.action.value,
        "detail": change.detail,
        "at": change.at,
        "schema": SCHEMA,
        **actor(change.by),
    }
    linked = replace(case, audit_number=number, audit_head=link(fields))
    return linked, Create("audit", entry_id(case.id, number), fields)


def entry_id(case: str, number: int) -> str:
    """One id per case (or message) and number, so that two writers can never both append the same number."""
    return f"{case}-{number:06d}"


def link(fields: Mapping[str, Value]) -> str:
    """The hash that the next entry carries: SHA-256 over the canonical JSON of all fields."""
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), default=datetime.isoformat)
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify(entries: Sequence[Document], head: str) -> bool:
    """Whether these entries, oldest first, are one unbroken chain from number 1 that ends in `head`."""
    previous = ""
    for number, document in enumerate(entries, start=1):
        fields: Any = document.fields
        if fields["number"] != number or fields["previous"] != previous:
            return False
        previous = link(fields)
    return previous == head


class Disclosures:
    """Writes who was shown what, before it is shown; when that fails, nothing may be shown.

    (instance, sequence) makes a missing entry visible.
    """

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._clock = vault.clock
        self._instance = secrets.token_hex(8)
        self._sequence = itertools.count(1)
        self._lock = threading.Lock()

    def record(self, principal: Principal, case: CaseId, what: str, reason: str = "") -> None:
        """One entry: the principal is about to be shown `what` (a stable code) of the case."""
        self._store.commit([self._entry(principal, case, what, reason)])

    def record_all(self, principal: Principal, cases: Sequence[CaseId], what: str) -> None:
        """The same for a list that names people: one entry each, all of them written before any is shown."""
        for first in range(0, len(cases), _BATCH):
            self._store.commit([self._entry(principal, one, what, "") for one in cases[first : first + _BATCH]])

    def _entry(self, principal: Principal, case: CaseId, what: str, reason: str) -> Create:
        with self._lock:
            sequence = next(self._sequence)
        fields: dict[str, Value] = {
            "case": case,
            "at": self._clock.now(),
            "what": what,
            "reason": reason,
            "instance": self._instance,
            "sequence": sequence,
            "schema": SCHEMA,
            **actor(principal),
        }
        return Create("disclosures", f"{secrets.token_hex(16)}", fields)
