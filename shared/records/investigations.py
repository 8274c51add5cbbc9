"""Deciding in an investigation: read afresh, decided purely, written once."""

from collections.abc import Callable

from shared.domain import investigating, transitions
from shared.domain.broken_rules import NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.deadlines import Deadline
from shared.domain.ids import CaseId, ItemId
from shared.domain.investigation_decisions import InvestigationForm, InvestigationOutcome
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.ports.store import NotFound
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.drafts import Draft, spent
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.vault import Vault


class Investigations:
    """The desk where investigations get more time, end and are followed up."""

    def __init__(self, vault: Vault, commits: Commits, files: CaseFiles, own_law: Callable[[], OwnLaw]) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._files = files
        self._own_law = own_law

    def decide(
        self,
        principal: Principal,
        id: CaseId,
        form: InvestigationForm,
        *,
        title: str,
        submission: Submission,
        draft: Draft | None,
    ) -> Sent:
        """The decision is made by somebody with this title; raises what `investigating.decide` raises.

        `NotFound` for a case the principal may not know of, and `Conflict` when a colleague has saved the draft since
        it was read. The same submission sent again gives what it led to the first time.
        """
        gone = () if draft is None else (spent(draft, self._sealing, self._clock.now()),)
        decision = ItemId(self._fresh())

        def build() -> Change:
            case = self._files.case(principal, id)
            if case is None:
                raise NotFound(id)
            now = self._clock.now()
            investigating.demand_decidable(case, form, principal, local_date(now))
            return investigating.decide(
                case,
                self._running(case, form),
                form,
                title=title,
                id=decision,
                by=principal,
                now=now,
                fresh=self._fresh,
                law=self._own_law(),
            )

        return settle(self._commits, submission, id, build, *gone)

    def _running(self, case: Case, form: InvestigationForm) -> list[Deadline]:
        """The deadlines that the act meets or moves, as they are stored; raises `NotOpen` when one is gone."""
        action = investigating.ACTIONS[form.outcome or InvestigationOutcome.EXTENDED]
        wanted = transitions.stopping(case, action)
        found = self._store.get_many("deadlines", wanted) if wanted else {}
        if len(found) < len(wanted):
            raise NotOpen(action)
        return [read_deadline(one) for one in found.values()]
