"""Appeals as staff deal with them: read with what is known of the time, ruled on, and handed over to the court."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from shared.domain import access, appealing, transitions
from shared.domain.appeal_forms import HandOverForm, ReviewForm, TimeForm
from shared.domain.appeal_items import Appeal, AppealRuling
from shared.domain.appeal_time import TimeCheck, time_check
from shared.domain.assistance_decisions import AssistanceDecision, AssistanceForm
from shared.domain.broken_rules import NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.decisions import Decision
from shared.domain.handling import Handling
from shared.domain.ids import CaseId, ItemId
from shared.domain.letters import Letter
from shared.domain.municipality import Municipality, Staff
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.queries import APPEALS_OF_CASE, DECISIONS_OF_CASE, LETTERS_OF_CASE, RULINGS_OF_CASE
from shared.ports.store import NotFound
from shared.records.appeal_rows import APPEALS, read_appeal, read_ruling
from shared.records.assistance_rows import read_assistance
from shared.records.case_rows import case_key
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.drafts import Draft, spent
from shared.records.ended_cases import tended
from shared.records.investigation_rows import read_any_decision
from shared.records.letter_rows import letter_key, read_letter
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class CaseAppeals:
    """The appeal of a case with its additions, oldest first, and what was done about it; `earlier` are those before it.

    `check` is what is known of the time; `decision` is what is appealed, `now` the case's decision of today.
    """

    case: Case
    appeals: list[Appeal]
    rulings: list[AppealRuling]
    check: TimeCheck
    decision: Decision
    now: AssistanceDecision
    earlier: list[Appeal]


class AppealCases:
    """The desk where appeals are dealt with; every opening is written in the disclosure log first."""

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
        self._sealing = vault.sealing
        self._commits = commits
        self._files = files
        self._disclosures = disclosures
        self._municipality = municipality
        self._own_law = own_law

    def of_case(self, principal: Principal, id: CaseId, what: str = "appeal") -> CaseAppeals | None:
        """The case's appeal, logged as `what`; None for who may not open the case, and where nothing is appealed.

        Ways to reach the party are for the case's own caseworker alone; for others they stay sealed.
        """
        case = self._files.case(principal, id)
        if case is None or case.appeal is None:
            return None
        self._disclosures.record(principal, id, what)
        standing, query = case.appeal, self._store.query
        decided = sorted({standing.decision, case.decision or standing.decision})
        calls: list[Callable[[], Any]] = [
            partial(query, APPEALS_OF_CASE, {"case": id}, limit=APPEALS_OF_CASE.page),
            partial(query, RULINGS_OF_CASE, {"case": id}, limit=RULINGS_OF_CASE.page),
            partial(query, LETTERS_OF_CASE, {"case": id}, limit=LETTERS_OF_CASE.page),
            partial(self._store.get_many, "decisions", decided),
        ]
        appeals, rulings, letters, decisions = self._store.together(*calls)
        if set(decisions) != set(decided):
            raise NotFound("decisions")
        self._vault.ring.load([case_key(one) for one in (*appeals.documents, *decisions.values())])
        parts = ("story", "contact") if access.may_see_contact(principal, case) else ("story",)
        every = [read_appeal(one, self._sealing, *parts) for one in appeals.documents]
        sent = [one for one in every if standing.id in {one.id, one.adds_to}]
        told = [one for one in letters.documents if one.fields["decision"] == standing.decision]
        self._vault.ring.load([letter_key(one) for one in told])
        found: list[Letter] = [read_letter(one, self._sealing) for one in told]
        appealed = read_any_decision(decisions[standing.decision], self._sealing)
        if appealed is None:
            raise NotFound("decisions")
        return CaseAppeals(
            case,
            sent,
            [read_ruling(one, self._sealing) for one in rulings.documents if one.fields["appeal"] == standing.id],
            time_check(found, sent[0].received_at if sent else case.opened_at),
            appealed,
            read_assistance(decisions[case.decision or standing.decision], self._sealing),
            [one for one in every if one not in sent],
        )

    def find_in_time(self, principal: Principal, id: CaseId, form: TimeForm, **once: Any) -> Sent:
        """It came in time. Raises what `appealing.find_in_time` raises, and `NotFound` for a case that is not theirs.

        `once` is {who, submission, draft}: the employee as the directory has them, the post, and the draft that goes.
        """
        return self._do(
            principal, id, Action.APPEAL_IN_TIME, lambda case, doing: appealing.find_in_time(case, form, doing), **once
        )

    def dismiss(self, principal: Principal, id: CaseId, form: TimeForm, **once: Any) -> Sent:
        """It came too late: a decision with its letter; `Sent.result` is the decision's id. As `find_in_time` else."""
        return self._do(
            principal, id, Action.APPEAL_DISMISSED, lambda case, doing: appealing.dismiss(case, form, doing), **once
        )

    def lift(self, principal: Principal, id: CaseId, form: ReviewForm, **once: Any) -> Sent:
        """It was wrong to dismiss it, and it goes on (FL 37-39 §§)."""
        return self._do(
            principal,
            id,
            Action.APPEAL_DISMISSAL_LIFTED,
            lambda case, doing: appealing.lift(
                case if case.assignee == principal.staff else tended(case, self._municipality()),
                form,
                self._received(case),
                self._decisions(case),
                doing,
                law=self._own_law(),
            ),
            **once,
        )

    def keep(self, principal: Principal, id: CaseId, form: ReviewForm, **once: Any) -> Sent:
        """The board keeps its decision."""
        return self._do(
            principal, id, Action.APPEAL_DECISION_KEPT, lambda case, doing: appealing.keep(case, form, doing), **once
        )

    def change(self, principal: Principal, id: CaseId, form: AssistanceForm, **once: Any) -> Sent:
        """The board changes its decision to the party's good (FL 38 §)."""
        return self._do(
            principal,
            id,
            Action.APPEAL_DECISION_CHANGED,
            lambda case, doing: appealing.change(case, form, self._decision(case), doing),
            **once,
        )

    def hand_over(self, principal: Principal, id: CaseId, form: HandOverForm, **once: Any) -> Sent:
        """It has gone to the court (FL 46 §)."""
        return self._do(
            principal,
            id,
            Action.APPEAL_HANDED_OVER,
            lambda case, doing: appealing.hand_over(case, form, self._decisions(case), doing),
            **once,
        )

    def _do(
        self,
        principal: Principal,
        id: CaseId,
        action: Action,
        act: Callable[[Case, Handling], Change],
        *,
        who: Staff,
        submission: Submission,
        draft: Draft | None = None,
    ) -> Sent:
        fresh, now = self._vault.fresh, self._vault.clock.now
        gone = () if draft is None else (spent(draft, self._sealing, now()),)
        item, letter = ItemId(fresh()), ItemId(fresh())

        def build() -> Change:
            case = self._files.case(principal, id)
            if case is None:
                raise NotFound(id)
            transitions.demand_possible(case, principal, local_date(now()), action)
            clocks = transitions.stopping(case, action)
            running = [read_deadline(one) for one in self._store.get_many("deadlines", clocks).values()]
            return act(case, Handling(principal, who, self._municipality(), now(), fresh, item, letter, running))

        return settle(self._commits, submission, item, build, *gone)

    def _decision(self, case: Case) -> AssistanceDecision:
        document = None if case.decision is None else self._store.get("decisions", case.decision)
        if document is None:
            raise NotOpen("no decision")
        self._vault.ring.load([case_key(document)])
        return read_assistance(document, self._sealing)

    def _received(self, case: Case) -> datetime:
        """When the appeal came in (FL 22 §)."""
        document = None if case.appeal is None else self._store.get(APPEALS, case.appeal.id)
        if document is None:
            raise NotOpen("nothing is appealed")
        fields: Any = document.fields
        received: datetime = fields["received_at"]
        return received

    def _decisions(self, case: Case) -> list[Decision]:
        """Everything that was decided in the case, also what does not stand any more: who is named hangs on each."""
        found = self._store.query(DECISIONS_OF_CASE, {"case": case.id}, limit=DECISIONS_OF_CASE.page).documents
        if case.decision not in {one.id for one in found}:
            raise NotOpen("no decision")
        self._vault.ring.load([case_key(one) for one in found])
        read = [read_any_decision(one, self._sealing) for one in found]
        return [one for one in read if one is not None]
