"""What staff decide in a case: each decision reads afresh, is made purely and is written once."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from shared.domain import allocation, feedback, preliminary, protection, transitions
from shared.domain.assessments import Need, ProtectionForm
from shared.domain.broken_rules import BrokenRule, NotOpen
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import CaseId, ItemId, KeyId
from shared.domain.municipality import Staff
from shared.domain.principals import Principal
from shared.domain.received_files import FileState
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict, NotFound, Write
from shared.records.attachment_rows import ATTACHMENTS
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.drafts import Draft, spent
from shared.records.item_rows import read_assessment, read_decision, read_report
from shared.records.submissions import Sent, Submission
from shared.records.vault import Vault

_TRIES: Final = 4


class Caseworker:
    """The caseworker's desk."""

    def __init__(self, vault: Vault, commits: Commits, files: CaseFiles) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._files = files

    def take(self, principal: Principal, id: CaseId, submission: Submission) -> Sent:
        """The case becomes the principal's own; raises what `allocation.take` raises."""
        return self._change(
            principal,
            id,
            submission,
            lambda case: allocation.take(case, by=principal, now=self._clock.now(), fresh=self._fresh),
        )

    def assign(self, principal: Principal, id: CaseId, to: Staff, submission: Submission) -> Sent:
        """The lead gives the case to a colleague; raises what `allocation.assign` raises."""
        return self._change(
            principal,
            id,
            submission,
            lambda case: allocation.assign(case, to, by=principal, now=self._clock.now(), fresh=self._fresh),
        )

    def assess(
        self, principal: Principal, id: CaseId, form: ProtectionForm, submission: Submission, draft: Draft | None
    ) -> Sent:
        """The protection assessment is made; raises what `protection.assess` raises."""
        item = ItemId(self._fresh())
        return self._change(
            principal,
            id,
            submission,
            lambda case: protection.assess(
                case,
                self._stopped(case, Action.PROTECTION_ASSESSED),
                form,
                id=item,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
            ),
            draft,
        )

    def decide(
        self,
        principal: Principal,
        id: CaseId,
        form: PreliminaryForm,
        *,
        title: str,
        submission: Submission,
        draft: Draft | None,
    ) -> Sent:
        """The report is decided by somebody with this title; raises what `preliminary.decide` raises.

        An investigation keeps the case, its files and the child longer, so their keys move to the longer class before
        the decision is written: should the write fail, something is kept too long and nothing is lost.
        """
        item = ItemId(self._fresh())

        def build(case: Case) -> Change:
            need, into = self._need(case), self._into(principal, form)
            outcome = preliminary.demand_decidable(case, need, form, principal, into)
            change = preliminary.decide(
                case,
                self._stopped(case, preliminary.ACTIONS[outcome]),
                form,
                need=need,
                title=title,
                id=item,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
                into=into,
            )
            if outcome is not Outcome.NOT_OPEN:
                for key in (case.key, self._childs_key(case)):
                    self._ring.prolong(key, Retention.CHILD_30)
                self._prolong_files(case)
            return change

        return self._change(principal, id, submission, build, draft)

    def release(self, principal: Principal, id: CaseId, *, withhold: bool, submission: Submission) -> Sent:
        """The feedback is released or withheld; raises what `feedback.release` raises."""

        def build(case: Case) -> Change:
            transitions.demand(case, Action.FEEDBACK_RELEASED, principal)
            report = self._store.get("reports", str(case.report))
            decision = self._store.get("decisions", str(case.decision))
            outcome = None if decision is None else read_decision(decision, self._sealing).form.outcome
            if report is None or outcome is None:
                raise NotOpen("nothing is decided")
            return feedback.release(
                case,
                read_report(report, self._sealing, "story", "contact"),
                self._stopped(case, Action.FEEDBACK_RELEASED),
                outcome,
                withhold=withhold,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
            )

        return self._change(principal, id, submission, build)

    def _change(
        self,
        principal: Principal,
        id: CaseId,
        submission: Submission,
        build: Callable[[Case], Change],
        draft: Draft | None = None,
    ) -> Sent:
        """Read, decide, write; when somebody was faster read again, so that the rules see what now stands.

        The same submission sent again gives what it led to the first time. Raises `NotFound` for a case that
        the principal may not know of, and `Conflict` when a colleague has saved the draft since it was read.
        """
        gone: list[Write] = [] if draft is None else [spent(draft, self._sealing, self._clock.now())]
        for _ in range(_TRIES):
            case = self._files.case(principal, id)
            if case is None:
                raise NotFound(id)
            try:
                return self._commits.commit(build(case), submission, id, *gone)
            except Conflict:
                continue
            except BrokenRule:
                if before := self._commits.before(submission):
                    return before
                raise
        raise Conflict(id)

    def _stopped(self, case: Case, action: Action) -> tuple[Deadline, ...]:
        """The deadlines that the act stops, as they are stored; raises `NotOpen` when one is gone."""
        wanted = transitions.stopping(case, action)
        found = self._store.get_many("deadlines", wanted) if wanted else {}
        if len(found) < len(wanted):
            raise NotOpen(action)
        return tuple(read_deadline(one) for one in found.values())

    def _childs_key(self, case: Case) -> KeyId:
        """The key that seals who the child is; raises `NotFound` when the case has no akt or the akt no person."""
        akt = self._store.get("akter", case.akt)
        person = None if akt is None else self._store.get("persons", str(akt.fields["person"]))
        if person is None:
            raise NotFound(case.akt)
        return KeyId(str(person.fields["key"]))

    def _prolong_files(self, case: Case) -> None:
        """What was sent along is kept as long as the case; a file that was refused has no key any more."""
        found = self._store.get_many(ATTACHMENTS, case.attachments) if case.attachments else {}
        for one in found.values():
            if one.fields["state"] != FileState.REFUSED.value:
                with suppress(KeyGone):  # refused this very moment
                    self._ring.prolong(KeyId(str(one.fields["file_key"])), Retention.CHILD_30)

    def _need(self, case: Case) -> Need | None:
        """What the protection assessment came to, or None when it is not made."""
        document = None if case.assessment is None else self._store.get("assessments", case.assessment)
        return None if document is None else read_assessment(document, self._sealing).form.need

    def _into(self, principal: Principal, form: PreliminaryForm) -> Case | None:
        """The investigation that is to take the report over, if the principal may know of it."""
        if form.outcome is not Outcome.ONGOING or not form.investigation:
            return None
        return self._files.case(principal, CaseId(form.investigation))
