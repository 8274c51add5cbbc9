"""Supplements as staff see them: asked for, looked through, asked for again, closed, each on what now stands."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from shared.domain import supplementing, transitions
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.ids import CaseId, ItemId
from shared.domain.municipality import Municipality, Staff
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.queries import SUPPLEMENTS_OF_CASE, SUPPLIES_OF
from shared.domain.supplement_letter import about
from shared.domain.supplementing import Asked, Doing, Write
from shared.domain.supplements import Supplement, Supply
from shared.ports.store import Document, NotFound, Store
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.drafts import Draft, spent
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.supplement_rows import SUPPLEMENTS, read_supplement, read_supply, supplement_key
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class Received:
    """One supplement with what has been sent to it, newest first; `open` while it can be sent to."""

    supplement: Supplement
    sent: list[Supply]
    open: bool


class Supplements:
    """The desk of staff."""

    def __init__(
        self,
        vault: Vault,
        commits: Commits,
        files: CaseFiles,
        disclosures: Disclosures,
        *,
        municipality: Callable[[], Municipality],
        own_law: Callable[[], OwnLaw],
    ) -> None:
        self._vault = vault
        self._store = vault.store
        self._commits = commits
        self._files = files
        self._disclosures = disclosures
        self._municipality = municipality
        self._own_law = own_law

    def of(self, principal: Principal, case: Case) -> list[Received]:
        """What the applicant of a case that was opened has been asked for, newest first, at most ten; logged first."""
        asked = self._store.query(SUPPLEMENTS_OF_CASE, {"case": case.id}, limit=SUPPLEMENTS_OF_CASE.page).documents
        if not asked:
            return []
        self._disclosures.record(principal, case.id, "supplements")
        sent = [self._sent(ItemId(one.id)) for one in asked]
        self._vault.ring.load([supplement_key(one) for one in asked])
        return [self._received(case, *pair) for pair in zip(asked, sent, strict=True)]

    def open_in(self, case: Case) -> Supplement | None:
        """The supplement that is open in the case, for whoever keeps a draft in it: nothing is shown or logged."""
        document = self._store.get(SUPPLEMENTS, case.supplement) if case.supplement else None
        return None if document is None else read_supplement(document, self._vault.sealing)

    def ask(
        self, principal: Principal, id: CaseId, asked: Asked, *, who: Staff, submission: Submission, draft: Draft | None
    ) -> Sent:
        """The applicant is asked, and the letter lies in the inbox; `Sent.result` is the supplement's id.

        `NotFound` for a case the principal may not know of, `Conflict` when the draft was changed since it was read;
        else raises what `supplementing.ask` raises.
        """
        gone = () if draft is None else (spent(draft, self._vault.sealing, self._vault.clock.now()),)
        supplement, letter = ItemId(self._vault.fresh()), ItemId(self._vault.fresh())

        def build() -> Change:
            case = self._case(principal, id)
            running = stopped(self._store, case, Action.SUPPLEMENT_REQUESTED)
            return supplementing.ask(
                case,
                asked,
                running,
                id=supplement,
                letter=letter,
                write=self._write(case, who),
                doing=self._doing(principal),
            )

        return settle(self._commits, submission, supplement, build, *gone)

    def accept(
        self, principal: Principal, id: CaseId, supplement: ItemId, items: Collection[ItemId], submission: Submission
    ) -> Sent:
        """Nothing more is needed of these items; raises what `supplementing.accept` raises, and `NotFound`."""

        def build() -> Change:
            case, there = self._both(principal, id, supplement)
            running = stopped(self._store, case, Action.SUPPLEMENT_ACCEPTED)
            return supplementing.accept(case, there, running, items, doing=self._doing(principal))

        return settle(self._commits, submission, supplement, build)

    def ask_again(
        self,
        principal: Principal,
        id: CaseId,
        supplement: ItemId,
        again: dict[ItemId, str],
        last_day: date | None,
        *,
        who: Staff,
        submission: Submission,
        draft: Draft | None,
    ) -> Sent:
        """A new last day, and these items once more; raises what `supplementing.ask_again` raises, and `NotFound`.

        `Conflict` when the draft was changed since it was read.
        """
        gone = () if draft is None else (spent(draft, self._vault.sealing, self._vault.clock.now()),)
        letter = ItemId(self._vault.fresh())

        def build() -> Change:
            case, there = self._both(principal, id, supplement)
            running = stopped(self._store, case, Action.SUPPLEMENT_RENEWED)
            return supplementing.ask_again(
                case,
                there,
                running,
                again,
                last_day,
                letter=letter,
                write=self._write(case, who),
                doing=self._doing(principal),
            )

        return settle(self._commits, submission, supplement, build, *gone)

    def close(self, principal: Principal, id: CaseId, supplement: ItemId, submission: Submission) -> Sent:
        """Nothing more is asked for; raises what `supplementing.close` raises, and `NotFound`."""

        def build() -> Change:
            case, there = self._both(principal, id, supplement)
            running = stopped(self._store, case, Action.SUPPLEMENT_CLOSED)
            return supplementing.close(case, there, running, doing=self._doing(principal))

        return settle(self._commits, submission, supplement, build)

    def mark_read(self, principal: Principal, id: CaseId, supplement: ItemId, submission: Submission) -> Sent:
        """What has been sent to it is read; raises what `supplementing.read` raises, and `NotFound`."""

        def build() -> Change:
            case, there = self._both(principal, id, supplement)
            sent = [read_supply(one, self._vault.sealing) for one in self._sent(there.id)]
            return supplementing.read(case, sent, doing=self._doing(principal))

        return settle(self._commits, submission, supplement, build)

    def _case(self, principal: Principal, id: CaseId) -> Case:
        case = self._files.case(principal, id)
        if case is None:
            raise NotFound(id)
        return case

    def _both(self, principal: Principal, id: CaseId, supplement: ItemId) -> tuple[Case, Supplement]:
        case, document = self._case(principal, id), self._store.get(SUPPLEMENTS, supplement)
        if document is None or document.fields["case"] != id:
            raise NotFound(supplement)
        return case, read_supplement(document, self._vault.sealing)

    def _sent(self, supplement: ItemId) -> Sequence[Document]:
        return self._store.query(SUPPLIES_OF, {"supplement": supplement}, limit=SUPPLIES_OF.page).documents

    def _received(self, case: Case, asked: Document, sent: Sequence[Document]) -> Received:
        sealing = self._vault.sealing
        here = [read_supply(one, sealing) for one in sent]
        return Received(read_supplement(asked, sealing), here, open=case.supplement == asked.id)

    def _write(self, case: Case, who: Staff) -> Write:
        return lambda asked: about(asked, case, who, self._municipality())

    def _doing(self, principal: Principal) -> Doing:
        return Doing(principal, self._vault.clock.now(), self._vault.fresh, self._own_law())


def stopped(store: Store, case: Case, action: Action) -> list[Deadline]:
    """The deadlines that the act may end, as they are stored."""
    wanted = transitions.stopping(case, action)
    return [read_deadline(one) for one in store.get_many("deadlines", wanted).values()] if wanted else []
