"""The desk where staff write down that an application was taken back."""

from collections.abc import Callable

from shared.domain import withdrawing
from shared.domain.change import Action, Change
from shared.domain.handling import Handling
from shared.domain.ids import CaseId, ItemId
from shared.domain.municipality import Municipality, Staff
from shared.domain.principals import Principal
from shared.domain.withdrawals import WithdrawalForm
from shared.ports.store import NotFound
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.drafts import Draft, spent
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.supplements import stopped
from shared.records.vault import Vault


class Withdrawals:
    """Writes each down once, with what it does to the case and the letter that confirms it."""

    def __init__(
        self, vault: Vault, commits: Commits, files: CaseFiles, municipality: Callable[[], Municipality]
    ) -> None:
        self._vault = vault
        self._commits = commits
        self._files = files
        self._municipality = municipality

    def record(
        self,
        principal: Principal,
        id: CaseId,
        form: WithdrawalForm,
        *,
        who: Staff,
        submission: Submission,
        draft: Draft | None,
    ) -> Sent:
        """The application is taken back; raises what `withdrawing.withdraw` raises.

        `NotFound` for a case the principal may not know of, and `Conflict` when a colleague has saved the draft since
        it was read. The same submission sent again gives what it led to the first time.
        """
        fresh, now = self._vault.fresh, self._vault.clock.now
        gone = () if draft is None else (spent(draft, self._vault.sealing, now()),)
        item, letter = ItemId(fresh()), ItemId(fresh())

        def build() -> Change:
            case = self._files.case(principal, id)
            if case is None:
                raise NotFound(id)
            running = stopped(self._vault.store, case, Action.APPLICATION_WITHDRAWN)
            doing = Handling(principal, who, self._municipality(), now(), fresh, item, letter, running)
            return withdrawing.withdraw(case, form, doing)

        return settle(self._commits, submission, id, build, *gone)
