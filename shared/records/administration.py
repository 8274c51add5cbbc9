"""The administrator's desk: units, staff and organisations, every change of them, and no case at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.domain import access, directory_changes
from shared.domain.broken_rules import NotAllowed
from shared.domain.directory import Directory, Entity
from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.municipality import Organisation, Staff, Unit
from shared.domain.principals import Principal
from shared.domain.queries import (
    BOOKINGS_OF_UNIT,
    CASES_OPEN_IN_UNIT,
    DIRECTORY_CHANGES,
    LETTERS_TO_POST,
    QUEUE_OF_ASSIGNEE,
)
from shared.domain.unit_closing import Left
from shared.records.day_seals import COLLECTION as HEADS
from shared.records.directory_rows import COLLECTION, kind_of, read_entity, row_id
from shared.records.directory_store import HEAD, DirectoryStore
from shared.records.directory_writes import DirectoryWrites
from shared.records.submissions import Sent, Submission
from shared.records.vault import Vault

if TYPE_CHECKING:
    from shared.domain.booking.offer import Offer

CAP = 101
"""Counts stop here: 101 is read as "more than 100"."""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What was changed, newest first: plain fields {number, at, action, actor, subject, before, after, fields}."""

    entries: list[dict[str, Any]]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Since:
    """What stands now (None: nothing), at which revision, and the ids of those who have changed it since it was seen.

    `by` is empty when nobody has, and None when the newest page of the trail does not tell.
    """

    entity: Entity | None
    rev: int
    by: frozenset[str] | None


class Administration:
    """Reads and changes the directory for administrators; everybody else gets `NotAllowed`."""

    def __init__(
        self, vault: Vault, directory: DirectoryStore, writes: DirectoryWrites, offer: Callable[[], "Offer"]
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._directory = directory
        self._writes = writes
        self._offer = offer

    def directory(self, principal: Principal) -> Directory:
        """Everybody there is or has been. One read, rows only after a change."""
        _demand(principal)
        return self._directory.whole(self._store.get(HEADS, HEAD))

    def unit(self, principal: Principal, id: UnitId) -> tuple[Unit, int] | None:
        """The unit and the revision it was read at, or None."""
        found = self.directory(principal).units.get(id)
        return None if found is None else self._fresh(found, Unit)

    def person(self, principal: Principal, id: StaffId) -> tuple[Staff, int] | None:
        """The person and the revision it was read at, or None."""
        found = self.directory(principal).staff.get(id)
        return None if found is None else self._fresh(found, Staff)

    def organisation(self, principal: Principal, id: OrganisationId) -> tuple[Organisation, int] | None:
        """The organisation and the revision it was read at, or None."""
        found = self.directory(principal).organisations.get(id)
        return None if found is None else self._fresh(found, Organisation)

    def put(self, principal: Principal, entity: Entity, seen: int, submission: Submission) -> Sent:
        """Add the entity (`seen` 0) or change what was read at revision `seen`.

        Raises what `directory_changes.put` raises, and `Conflict` when somebody has changed it since it was read.
        """
        _demand(principal)
        return self._writes.write(
            entity,
            seen,
            lambda whole: directory_changes.put(
                whole, entity, by=principal, now=self._clock.now(), left=self._left(entity)
            ),
            submission,
        )

    def since(self, principal: Principal, entity: Entity, seen: int) -> Since:
        """What stands where `entity` would have been written, and who has changed it since revision `seen`."""
        whole = self.directory(principal)
        document = self._store.get(COLLECTION, row_id(entity))
        if document is None:
            return Since(None, 0, frozenset())
        page = self._store.query(DIRECTORY_CHANGES, {}, limit=DIRECTORY_CHANGES.page)
        of_it = [one.fields for one in page.documents if (one.fields["subject_kind"], one.fields["subject"]) == (
            kind_of(entity), entity.id)]  # fmt: skip
        changes, rev = document.rev - seen, document.rev
        by = frozenset(str(one["actor"]) for one in of_it[:changes]) if 0 <= changes <= len(of_it) else None
        return Since(whole.find(entity), rev, by)

    def sent_before(self, principal: Principal, submission: Submission) -> bool:
        """Whether the submission, or one with its id, has been written."""
        _demand(principal)
        return self._writes.recalled(submission) is not None

    def cases_of(self, principal: Principal, staff: Staff) -> int:
        """How many open cases the person has, at most 101: a figure, and nothing of what they are about."""
        _demand(principal)
        return min(CAP, sum(self._count(unit, staff.id) for unit in staff.case_units))

    def changes(self, principal: Principal, cursor: str | None = None) -> ChangesPage:
        """One page of the trail; raises `Refused` for a cursor that is not ours."""
        _demand(principal)
        page = self._store.query(DIRECTORY_CHANGES, {}, limit=DIRECTORY_CHANGES.page, cursor=cursor)
        return ChangesPage([dict(one.fields) for one in page.documents], page.cursor)

    def _count(self, unit: UnitId, id: StaffId) -> int:
        return self._store.count(QUEUE_OF_ASSIGNEE, {"unit": unit, "open": True, "assignee": id}, cap=CAP)

    def _left(self, entity: Entity) -> Left | None:
        """What a unit that is to be closed still has, each count at most 101; None for everything else."""
        if not isinstance(entity, Unit) or entity.active:
            return None
        from shared.domain.booking.bookings import State

        store, now, unit = self._store, self._clock.now(), {"unit": entity.id}
        return Left(
            cases=store.count(CASES_OPEN_IN_UNIT, {**unit, "open": True}, cap=CAP),
            letters=store.count(LETTERS_TO_POST, {**unit, "to_post": True}, cap=CAP),
            meetings=min(
                CAP,
                sum(
                    store.count(BOOKINGS_OF_UNIT, {**unit, "state": state.value}, cap=CAP, start=now)
                    for state in (State.HELD, State.CONFIRMED)
                ),
            ),
            offered=any(one.unit == entity.id for one in self._offer().meetings.values()),
        )

    def _fresh(self, known: Entity, kind: type[Any]) -> Any:
        document = self._store.get(COLLECTION, row_id(known))
        entity = None if document is None else read_entity(document, self._sealing)
        return None if document is None or not isinstance(entity, kind) else (entity, document.rev)


def _demand(principal: Principal) -> None:
    if not access.may_administer(principal):
        raise NotAllowed("not an administrator")
