"""Deciding an application: read afresh, decided purely, written once with the letter to the applicant."""

from collections.abc import Callable

from shared.domain import assistance, transitions
from shared.domain.assistance_decisions import AssistanceForm, AssistanceOutcome
from shared.domain.broken_rules import NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId, PersonIndex
from shared.domain.municipality import Municipality, Staff
from shared.domain.principals import Principal
from shared.ports.store import NotFound
from shared.records.application_rows import APPLICATIONS
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.drafts import Draft, spent
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.vault import Vault


class ApplicationDecisions:
    """The desk where applications are decided."""

    def __init__(
        self, vault: Vault, commits: Commits, files: CaseFiles, municipality: Callable[[], Municipality]
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._files = files
        self._municipality = municipality

    def decide(
        self,
        principal: Principal,
        id: CaseId,
        form: AssistanceForm,
        *,
        who: Staff,
        submission: Submission,
        draft: Draft | None,
    ) -> Sent:
        """The decision is made, and its letter lies in the inbox; raises what `assistance.decide` raises.

        `NotFound` for a case the principal may not know of, and `Conflict` when a colleague has saved the draft since
        it was read. The same submission sent again gives what it led to the first time.
        """
        gone = () if draft is None else (spent(draft, self._sealing, self._clock.now()),)
        decision, letter = ItemId(self._fresh()), ItemId(self._fresh())

        def build() -> Change:
            case = self._files.case(principal, id)
            if case is None:
                raise NotFound(id)
            now = self._clock.now()
            assistance.demand_decidable(case, form, principal, local_date(now))
            return assistance.decide(
                case,
                [read_deadline(one) for one in self._store.get_many("deadlines", _stopped(case, form)).values()],
                form,
                assistance.Making(decision, letter, self._applicant(case)),
                who=who,
                municipality=self._municipality(),
                by=principal,
                now=now,
                fresh=self._fresh,
            )

        return settle(self._commits, submission, id, build, *gone)

    def _applicant(self, case: Case) -> PersonIndex:
        """Whose inbox the letter goes to; raises `NotOpen` when the application is gone."""
        sent = None if case.application is None else self._store.get(APPLICATIONS, case.application)
        if sent is None:
            raise NotOpen("no application")
        return PersonIndex(str(sent.fields["applicant"]))


def _stopped(case: Case, form: AssistanceForm) -> tuple[str, ...]:
    return transitions.stopping(case, assistance.ACTIONS[form.outcome or AssistanceOutcome.GRANTED])
