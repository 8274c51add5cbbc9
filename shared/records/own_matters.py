"""Own matters: what a person has applied for, whose turn it is, and when; told from clear fields.

Nothing is unsealed for the list but what the person is asked for where it is their turn. A report of concern is
nobody's own matter: whom it is about learns of it from a person, never from a list, and the reporter follows the own
reports elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from shared.domain import access
from shared.domain.cases import CaseAppeal, CaseKind, CaseWithdrawal, ClockState, Step, reference
from shared.domain.ids import CaseId, ItemId, UnitId
from shared.domain.matters import Turn
from shared.domain.principals import Principal
from shared.domain.queries import LETTERS_WITH_DECISION, MATTERS_OF_PERSON
from shared.domain.supplements import Supplement
from shared.ports.store import Document, Refused, Value
from shared.records.case_rows import read_appeal, read_promised, read_withdrawn
from shared.records.supplement_rows import SUPPLEMENTS, read_supplement, supplement_key
from shared.records.trail import Disclosures
from shared.records.vault import Vault

PAGE: Final = MATTERS_OF_PERSON.page
_ORDER: Final = tuple(Turn)
"""What waits for the person before what is worked on, and that before what is over."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One own matter. `running` are the due instants of its clocks by rule; `decision_letter` is the own letter."""

    id: CaseId
    kind: CaseKind
    unit: UnitId
    step: Step
    turn: Turn
    opened_at: datetime
    application: ItemId | None
    decided: bool
    running: Mapping[str, datetime]
    decision_letter: ItemId | None = None
    asked: Supplement | None = None
    """What is missing, where it is the person's turn."""
    decision: ItemId | None = None
    appeal: CaseAppeal | None = None
    withdrawn: CaseWithdrawal | None = None
    promised: date | None = None
    """The day that a notice of delay promised, instead of the clock's own."""

    @property
    def reference(self) -> str:
        """What people say on the phone."""
        return reference(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Matters:
    """One page and the cursor of the next."""

    matters: list[Matter]
    cursor: str | None


class OwnMatters:
    """The desk of a private person at the own matters."""

    def __init__(self, vault: Vault, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._disclosures = disclosures

    def page(self, principal: Principal, cursor: str | None = None) -> Matters:
        """At most 8 own matters: what waits for the person, then what we work on, then what is over; none at work.

        The newest come first. What is shown is written in the disclosure log first; when that fails nothing is shown.
        At most 19 reads. Raises `Refused` for a cursor that is not ours.
        """
        if not access.may_have_letters(principal):
            return Matters([], None)
        documents, onward = self._found(principal, cursor)
        self._disclosures.record_all(principal, [CaseId(one.id) for one in documents], "own_matters")
        beside = self._store.together(*(partial(self._beside, principal, one) for one in documents))
        return Matters([_matter(*pair) for pair in zip(documents, beside, strict=True)], onward)

    def _found(self, principal: Principal, cursor: str | None) -> tuple[list[Document], str | None]:
        at, inner = _read_cursor(cursor)
        found: dict[str, Document] = {}
        for place in range(at, len(_ORDER)):
            page = self._store.query(
                MATTERS_OF_PERSON,
                {"applicant": principal.person, "turn": _ORDER[place].value},
                limit=PAGE - len(found),
                cursor=inner if place == at else None,
            )
            found |= {one.id: one for one in page.documents}  # one that is decided meanwhile is met again
            if page.cursor is not None:
                return list(found.values()), f"{place}.{page.cursor}"
            if len(found) == PAGE and place + 1 < len(_ORDER):
                return list(found.values()), f"{place + 1}."
        return list(found.values()), None

    def _beside(self, principal: Principal, document: Document) -> ItemId | Supplement | None:
        """The letter of what is decided, or what is asked for where it is the person's turn. One read at most."""
        if document.fields["turn"] != Turn.APPLICANT.value:
            return self._letter(principal, document)
        asked = self._store.get(SUPPLEMENTS, str(document.fields["supplement"]))
        if asked is None:
            return None
        self._ring.load([supplement_key(asked)])
        return read_supplement(asked, self._sealing)

    def _letter(self, principal: Principal, document: Document) -> ItemId | None:
        decision = document.fields["decision"]
        if decision is None:
            return None
        equal: dict[str, Value] = {"inbox": principal.person, "decision": decision}
        found = self._store.query(LETTERS_WITH_DECISION, equal, limit=1).documents
        return ItemId(found[0].id) if found else None


def _matter(document: Document, beside: ItemId | Supplement | None) -> Matter:
    fields: Any = document.fields
    return Matter(
        id=CaseId(document.id),
        kind=CaseKind(fields["kind"]),
        unit=UnitId(fields["unit"]),
        step=Step(fields["step"]),
        turn=Turn(fields["turn"]),
        opened_at=fields["opened_at"],
        application=ItemId(fields["application"]) if fields["application"] else None,
        decided=fields["decision"] is not None,
        running=_running(fields["clocks"]),
        decision_letter=None if isinstance(beside, Supplement) else beside,
        asked=beside if isinstance(beside, Supplement) else None,
        decision=ItemId(fields["decision"]) if fields["decision"] else None,
        appeal=read_appeal(fields.get("appeal")),
        withdrawn=read_withdrawn(fields.get("withdrawn")),
        promised=read_promised(fields),
    )


def _running(clocks: Any) -> dict[str, datetime]:
    return {name: one["due"] for name, one in clocks.items() if one["state"] == ClockState.RUNNING.value}


def _read_cursor(cursor: str | None) -> tuple[int, str | None]:
    if cursor is None:
        return 0, None
    place, dot, inner = cursor.partition(".")
    if not dot or place not in {str(number) for number in range(len(_ORDER))}:
        raise Refused("not a cursor of this list")
    return int(place), inner or None
