"""What staff decide in a case: each decision reads afresh, is made purely and is written once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from shared.domain import allocation, applying, feedback, preliminary, protection, transitions
from shared.domain.assessments import Need, ProtectionForm
from shared.domain.broken_rules import BrokenRule, NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import CaseId, ItemId, KeyId
from shared.domain.municipality import Staff
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.queries import ATTACHMENTS_OF
from shared.domain.received_files import FileState
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict, Document, NotFound, Write
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.drafts import Draft, spent
from shared.records.item_rows import read_assessment, read_preliminary, read_report
from shared.records.submissions import Sent, Submission
from shared.records.vault import Vault

_TRIES: Final = 4
_KEPT_LONGER: Final = frozenset({Outcome.OPEN, Outcome.ONGOING})


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What a decision rests on besides the case, and the keys of what it makes be kept longer."""

    need: Need | None
    into: Case | None
    running: tuple[Deadline, ...]
    keys: tuple[KeyId, ...] = ()
    files_keys: tuple[KeyId, ...] = ()


class Caseworker:
    """The caseworker's desk."""

    def __init__(self, vault: Vault, commits: Commits, files: CaseFiles, own_law: Callable[[], OwnLaw]) -> None:
        self._own_law = own_law
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

    def review(self, principal: Principal, id: CaseId, submission: Submission) -> Sent:
        """The application has been read, and what can not wait seen to; raises what `applying.review` raises."""
        return self._change(
            principal,
            id,
            submission,
            lambda case: applying.review(
                case,
                self._stopped(case, Action.APPLICATION_REVIEWED),
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
            ),
        )

    def assess(
        self,
        principal: Principal,
        id: CaseId,
        form: ProtectionForm,
        submission: Submission,
        draft: Draft | None,
        *,
        seen: Case | None = None,
    ) -> Sent:
        """The protection assessment is made; raises what `protection.assess` raises. `seen` as in `decide`."""
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
            draft=draft,
            seen=seen,
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
        seen: Case | None = None,
    ) -> Sent:
        """The report is decided by somebody with this title; raises what `preliminary.decide` raises.

        `seen` is the case as it has just been read for the principal, so that it need not be read again.

        An investigation keeps the case, its files and the child longer, so their keys move to the longer class before
        the decision is written: should the write fail, something is kept too long and nothing is lost.
        """
        item = ItemId(self._fresh())

        def build(case: Case) -> Change:
            grounds = self._grounds(principal, case, form)
            change = preliminary.decide(
                case,
                grounds.running,
                form,
                need=grounds.need,
                title=title,
                id=item,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
                into=grounds.into,
                law=self._own_law(),
            )
            self._prolong(grounds)
            return change

        return self._change(principal, id, submission, build, draft=draft, seen=seen)

    def release(self, principal: Principal, id: CaseId, *, withhold: bool, submission: Submission) -> Sent:
        """The feedback is released or withheld; raises what `feedback.release` raises."""

        def build(case: Case) -> Change:
            transitions.demand(case, Action.FEEDBACK_RELEASED, principal, local_date(self._clock.now()))
            calls: list[Callable[[], Any]] = [
                partial(self._store.get, "reports", str(case.report)),
                partial(self._store.get, "decisions", str(case.decision)),
                partial(self._stopped, case, Action.FEEDBACK_RELEASED),
            ]
            report, decision, running = self._store.together(*calls)
            outcome = None if decision is None else read_preliminary(decision, self._sealing).form.outcome
            if report is None or outcome is None:
                raise NotOpen("nothing is decided")
            return feedback.release(
                case,
                read_report(report, self._sealing, "story", "contact"),
                running,
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
        *,
        draft: Draft | None = None,
        seen: Case | None = None,
    ) -> Sent:
        """Read, decide, write; when somebody was faster read again, so that the rules see what now stands.

        What was `seen` is written only where it still stands: the batch replaces that very revision.

        The same submission sent again gives what it led to the first time. Raises `NotFound` for a case that
        the principal may not know of, and `Conflict` when a colleague has saved the draft since it was read.
        """
        gone: list[Write] = [] if draft is None else [spent(draft, self._sealing, self._clock.now())]
        for _ in range(_TRIES):
            case, seen = seen or self._files.case(principal, id), None
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

    def _grounds(self, principal: Principal, case: Case, form: PreliminaryForm) -> _Grounds:
        """What the decision rests on, read side by side once the case itself allows such a decision."""
        action = preliminary.ACTIONS[form.outcome or Outcome.OPEN]
        transitions.demand_possible(case, principal, local_date(self._clock.now()), action)
        calls: list[Callable[[], Any]] = [
            partial(self._need, case),
            partial(self._into, principal, form),
            partial(self._stopped, case, action),
        ]
        if form.outcome not in _KEPT_LONGER:
            return _Grounds(*self._store.together(*calls))
        calls += [partial(self._persons_key, case), partial(self._files_keys, case)]
        need, into, running, persons_key, files_keys = self._store.together(*calls)
        return _Grounds(need, into, running, (case.key, persons_key), tuple(files_keys))

    def _prolong(self, grounds: _Grounds) -> None:
        self._store.together(
            *(partial(self._ring.prolong, key, Retention.CHILD_30) for key in grounds.keys),
            *(partial(self._prolong_file, key) for key in grounds.files_keys),
        )

    def _persons_key(self, case: Case) -> KeyId:
        """The key that seals whom the case is about; raises `NotFound` without an akt or a person of it."""
        akt = self._store.get("akter", case.akt)
        person = None if akt is None else self._store.get("persons", str(akt.fields["person"]))
        if person is None:
            raise NotFound(case.akt)
        return KeyId(str(person.fields["key"]))

    def _files_keys(self, case: Case) -> list[KeyId]:
        """The keys of all that was sent to it, which is kept as long as the case; a file that was refused has none."""
        found: list[Document] = []
        cursor: str | None = None
        while True:
            page = self._store.query(ATTACHMENTS_OF, {"holder": case.id}, limit=ATTACHMENTS_OF.page, cursor=cursor)
            found += page.documents
            cursor = page.cursor
            if cursor is None:
                break
        kept = (one.fields for one in found if one.fields["state"] != FileState.REFUSED.value)
        return [KeyId(str(fields["file_key"])) for fields in kept]

    def _prolong_file(self, key: KeyId) -> None:
        with suppress(KeyGone):  # refused this very moment
            self._ring.prolong(key, Retention.CHILD_30)

    def _need(self, case: Case) -> Need | None:
        """What the protection assessment came to, or None when it is not made."""
        document = None if case.assessment is None else self._store.get("assessments", case.assessment)
        return None if document is None else read_assessment(document, self._sealing).form.need

    def _into(self, principal: Principal, form: PreliminaryForm) -> Case | None:
        """The investigation that is to take the report over, if the principal may know of it."""
        if form.outcome is not Outcome.ONGOING or not form.investigation:
            return None
        return self._files.case(principal, CaseId(form.investigation))
