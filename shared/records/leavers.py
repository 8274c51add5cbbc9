"""Cases of people who may not have them any more: each is given back to its unit, and the leads are told."""

import hashlib
from dataclasses import replace
from typing import Final

from shared import log
from shared.domain import allocation, directory_changes
from shared.domain.broken_rules import AlreadyDone, BrokenRule
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.directory import units_left
from shared.domain.ids import StaffId, SubmissionId, UnitId
from shared.domain.municipality import Staff
from shared.domain.principals import SYSTEM
from shared.domain.queries import QUEUE_OF_ASSIGNEE
from shared.ports.store import Conflict
from shared.records.case_rows import case_key, read_case
from shared.records.commits import Commits
from shared.records.day_seals import COLLECTION as HEADS
from shared.records.directory_store import HEAD, DirectoryStore
from shared.records.directory_writes import DirectoryWrites
from shared.records.submissions import Submission
from shared.records.vault import Vault

_PAGES: Final = 4
"""So many pages of 25 cases in one run; the next run, five minutes later, goes on."""


class Leavers:
    """Run by the sweep. What it is in the middle of when a process dies, the next run finds again."""

    def __init__(self, vault: Vault, directory: DirectoryStore, commits: Commits, writes: DirectoryWrites) -> None:
        self._vault = vault
        self._directory = directory
        self._commits = commits
        self._writes = writes

    def sweep(self) -> int:
        """Give back what people have left in units where they may not have cases any more; how many cases."""
        today = local_date(self._vault.clock.now())
        given = 0
        for one in self._directory.whole(self._vault.store.get(HEADS, HEAD)).staff.values():
            for unit in units_left(one, today):
                given += self._give_back(one.id, unit)
                self._settle(one, unit)
        if given:
            log.info("cases.given_back", count=given)
        return given

    def _give_back(self, id: StaffId, unit: UnitId) -> int:
        given = 0
        for _ in range(_PAGES):
            cases = self._cases(id, unit)
            done = sum(map(self._free, cases))
            given += done
            if done < len(cases) or not cases:
                break
        return given

    def _cases(self, id: StaffId, unit: UnitId) -> list[Case]:
        vault = self._vault
        page = vault.store.query(QUEUE_OF_ASSIGNEE, {"unit": unit, "open": True, "assignee": id}, limit=25)
        vault.ring.load([case_key(one) for one in page.documents])
        return [read_case(one, vault.sealing) for one in page.documents]

    def _free(self, case: Case) -> bool:
        # The same case at the same place in its chain is the same act, whoever sweeps.
        name = hashlib.sha256(f"give-back:{case.id}:{case.audit_number}".encode()).hexdigest()[:32]
        try:
            change = allocation.give_back(case, now=self._vault.clock.now(), fresh=self._vault.fresh)
            self._commits.commit(change, Submission("system", SubmissionId(name), {"case": case.id}), case.id)
        except Conflict:
            return False  # somebody works with it at this moment; the next run sees what then stands
        return True

    def _settle(self, staff: Staff, unit: UnitId) -> None:
        """Forget the unit when nothing is left there."""
        if self._cases(staff.id, unit):
            return
        try:
            self._writes.write(staff, None, lambda whole: _without(whole.staff[staff.id], unit, self._vault))
        except (BrokenRule, Conflict):
            return  # an administrator changes the person at this moment


def _without(staff: Staff, unit: UnitId, vault: Vault) -> directory_changes.DirectoryChange:
    if unit not in units_left(staff, local_date(vault.clock.now())):
        raise AlreadyDone("back again meanwhile")
    left = tuple(one for one in staff.case_units if one != unit)
    return directory_changes.settled(staff, replace(staff, case_units=left), by=SYSTEM, now=vault.clock.now())
