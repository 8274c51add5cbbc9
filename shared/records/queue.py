"""The unit's work queue: a page of cases by deadline, at the same cost however long the queue is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from shared.domain import access
from shared.domain.broken_rules import NotAllowed
from shared.domain.cases import Case, CaseKind
from shared.domain.principals import Principal
from shared.domain.queries import (
    QUEUE_BY_ASSIGNED,
    QUEUE_BY_KIND_ASSIGNED,
    QUEUE_OF_ASSIGNEE,
)
from shared.domain.queue import Filter, Group, Segment, bounds, segments
from shared.ports.store import Document, Page, Refused, Value
from shared.records.case_rows import case_key, read_case
from shared.records.vault import Vault

PAGE: Final = 25
CAP: Final = 101
"""Counts stop here: 101 is read as "more than 100"."""
_COUNTED: Final = (Group.LATE, Group.TODAY, Group.WEEK)


@dataclass(frozen=True, slots=True)
class Piles:
    """How many wait, per group, each at most `CAP`; those that are assigned and due later are not counted."""

    unassigned: dict[Group, int]
    assigned: dict[Group, int]

    @property
    def all(self) -> dict[Group, int]:
        """Both together, at most `CAP`, where both are counted."""
        return {group: min(CAP, one + self.unassigned[group]) for group, one in self.assigned.items()}


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page: cases in reading order (names stay sealed), the piles, and the cursor of the next page."""

    cases: list[tuple[Group, Case]]
    piles: Piles
    cursor: str | None


class Queue:
    """The queue of the principal's own unit."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock

    def page(
        self, principal: Principal, narrowed: Filter = Filter.ALL, only: Group | None = None, cursor: str | None = None
    ) -> QueuePage:
        """At most 25 cases. Reads: one per case, and seven capped counts in two turns; keys in one call.

        A case that is taken while the page is made may be counted on both piles, but is shown, and once.
        Raises `NotAllowed` for anybody but the unit's staff and `Refused` for a cursor that is not ours.
        """
        if principal.unit is None or not access.may_work_in_unit(principal, principal.unit):
            raise NotAllowed("not staff of a unit")
        now = self._clock.now()  # once: what a midnight between two looks moves to another group must not fall out
        piles = self._piles(principal.unit, now)
        found, after = self._scan(principal, segments(now, narrowed, only), narrowed, piles, cursor)
        self._ring.load([case_key(document) for _, document in found])
        cases = [(group, read_case(document, self._sealing, whole=False)) for group, document in found]
        return QueuePage(cases, piles, after)

    def _piles(self, unit: str, now: datetime) -> Piles:
        ranges = bounds(now)

        def count(group: Group, *, assigned: bool) -> int:
            start, stop = ranges[group]
            equals: dict[str, Value] = {"unit": unit, "open": True, "assigned": assigned}
            return self._store.count(QUEUE_BY_ASSIGNED, equals, cap=CAP, start=start, stop=stop)

        def counts(groups: Iterable[Group], *, assigned: bool) -> dict[Group, int]:
            asked = {group: partial(count, group, assigned=assigned) for group in groups}
            return dict(zip(asked, self._store.together(*asked.values()), strict=True))

        # Cases are taken often and seldom given back: unassigned first, so that none taken falls between the counts.
        return Piles(counts(Group, assigned=False), counts(_COUNTED, assigned=True))

    def _scan(
        self, principal: Principal, scans: list[Segment], narrowed: Filter, piles: Piles, cursor: str | None
    ) -> tuple[list[tuple[Group, Document]], str | None]:
        """Segment by segment until the page is full; segments that the piles show to be empty are not asked."""
        at, inner = _read_cursor(cursor, len(scans))
        found: list[tuple[Group, Document]] = []
        for position in range(at, len(scans)):
            segment, within = scans[position], inner if position == at else None
            if _empty(segment, piles):
                continue
            page = self._ask(principal, narrowed, segment, PAGE - len(found), within)
            shown = {document.id for _, document in found}  # what is taken between two scans is met again
            found += [(segment.group, document) for document in page.documents if document.id not in shown]
            if page.cursor is not None:
                return found, f"{position}.{page.cursor}"
            if len(found) == PAGE:
                rest = any(not _empty(one, piles) for one in scans[position + 1 :])
                return found, f"{position + 1}." if rest else None
        return found, None

    def _ask(self, principal: Principal, narrowed: Filter, segment: Segment, limit: int, cursor: str | None) -> Page:
        equals: dict[str, Value] = {"unit": principal.unit, "open": True}
        match narrowed:
            case Filter.MINE:
                shape, equals = QUEUE_OF_ASSIGNEE, {**equals, "assignee": principal.staff}
            case Filter.OROSANMALAN | Filter.UTREDNING | Filter.EKONOMISKT_BISTAND:
                kind = CaseKind(narrowed.value).value
                shape, equals = QUEUE_BY_KIND_ASSIGNED, {**equals, "kind": kind, "assigned": segment.assigned}
            case _:
                shape, equals = QUEUE_BY_ASSIGNED, {**equals, "assigned": segment.assigned}
        return self._store.query(
            shape, equals, limit=limit, start=segment.start, stop=segment.stop, cursor=cursor or None
        )


def _empty(segment: Segment, piles: Piles) -> bool:
    """Whether the piles already show that the segment holds nothing; unknown counts as something."""
    counted = {False: (piles.unassigned,), True: (piles.assigned,), None: (piles.unassigned, piles.assigned)}
    return all(pile.get(segment.group, 1) == 0 for pile in counted[segment.assigned])


def _read_cursor(cursor: str | None, scans: int) -> tuple[int, str | None]:
    if cursor is None:
        return 0, None
    position, dot, inner = cursor.partition(".")
    if not dot or not (position.isascii() and position.isdecimal()) or int(position) >= scans:
        raise Refused("not a cursor of this list")
    return int(position), inner or None
