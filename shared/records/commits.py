"""Writing a change: everything one decision means, in one atomic batch, sent once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.domain.appeal_items import Appeal, AppealDismissal, AppealRuling
from shared.domain.applications import Application
from shared.domain.assessments import ProtectionAssessment
from shared.domain.assistance_decisions import AssistanceDecision
from shared.domain.attachments import Attachment
from shared.domain.change import Change, Item
from shared.domain.deadlines import Deadline
from shared.domain.letters import Letter
from shared.domain.notices import Notice
from shared.domain.objection_items import Objection
from shared.domain.persons import Akt, Person
from shared.domain.reports import Report
from shared.domain.reviews import Review
from shared.domain.supplements import Supplement, Supply
from shared.ports.store import AlreadyExists, Conflict, Create, NotFound, Unavailable, Value, Write
from shared.records import trail
from shared.records.appeal_rows import appeal_row, dismissal_row, ruling_row
from shared.records.application_rows import application_row
from shared.records.assistance_rows import assistance_row
from shared.records.attachment_rows import attachment_row
from shared.records.case_rows import akt_row, case_row, person_index_row, person_row
from shared.records.change_writes import ChangeWrites
from shared.records.deadlines import Deadlines, deadline_row
from shared.records.investigation_rows import investigation_row
from shared.records.item_rows import assessment_row, decision_row, notice_row, report_row
from shared.records.letter_rows import letter_row
from shared.records.note_rows import contacts_row, note_row
from shared.records.objection_rows import objection_row
from shared.records.outbox import Outbox
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.vault import Vault


class Commits:
    """The only writer of case data, but for what an invited person does to the own meeting (`InvitationWrites`)."""

    def __init__(self, vault: Vault, submissions: Submissions, deadlines: Deadlines, outbox: Outbox) -> None:
        self._store = vault.store
        self._writes = ChangeWrites(vault)
        self._submissions = submissions
        self._deadlines = deadlines
        self._outbox = outbox

    def commit(self, change: Change, submission: Submission, result: str, *also: Write) -> Sent:
        """Write the change, its trail, its event, clocks, messages and the submission's memory; then set the alarms.

        `result` is the id the answer page shows; `also` are writes that belong in the batch (a draft that goes).
        A submission sent before gives what it led to then. Raises `Conflict` when a case or item has changed
        since it was read and `Unavailable` when the outcome is unknown and could not be read back.
        """
        leaving = [
            *self._outbox.new([item for item in change.items if isinstance(item, Notice) and item.rev == 0]),
            *self._outbox.about([item for item in change.items if isinstance(item, Letter)]),
        ]
        batch = [*self._writes.of(change), *self._outbox.writes(leaving)]
        try:
            self._store.commit([*batch, self._submissions.remember(submission, result, change.at), *also])
        except (AlreadyExists, Conflict, NotFound) as error:
            if before := self._submissions.recall(submission):
                return before
            raise Conflict(str(change.action)) from error
        except Unavailable:
            if before := self._submissions.recall(submission):
                return before
            raise
        self._deadlines.arm([item for item in change.items if isinstance(item, Deadline) and item.rev == 0])
        self._outbox.wake(leaving)
        return Sent(result)

    def before(self, submission: Submission) -> Sent | None:
        """What the very same submission led to before, or None."""
        before = self._submissions.recall(submission)
        return before if before is not None and before.same else None

    def _batch(self, change: Change) -> list[Write]:
        writes: list[Write] = []
        for case in change.cases:
            linked, entry = trail.entry(change, case)
            writes += [case_row(linked).write(self._sealing), entry]
        for item in change.items:
            writes += [row.write(self._sealing) for row in _rows(item)]
        return [*writes, self._event(change)]

    def _event(self, change: Change) -> Create:
        """The process event, without any person: figures survive erasure."""
        fields: dict[str, Value] = {
            "kind": change.case.kind.value,
            "step": change.action.value,
            "at": change.at,
            "unit": change.case.unit,
            "channel": CHANNEL,
            "schema": SCHEMA,
        }
        return Create("events", self._fresh(), fields)


_ROWS: Final[Mapping[type, Callable[[Any], Row]]] = {
    Akt: akt_row,
    Report: report_row,
    Application: application_row,
    Appeal: appeal_row,
    AppealRuling: ruling_row,
    AppealDismissal: dismissal_row,
    ProtectionAssessment: assessment_row,
    PreliminaryDecision: decision_row,
    AssistanceDecision: assistance_row,
    InvestigationDecision: investigation_row,
    Letter: letter_row,
    Deadline: deadline_row,
    Notice: notice_row,
    Attachment: attachment_row,
    Note: note_row,
    Contacts: contacts_row,
    Review: review_row,
    Objection: objection_row,
    Supplement: supplement_row,
    Supply: supply_row,
}


def _rows(item: Item) -> list[Row]:
    if not isinstance(item, Person):
        return [_ROWS[type(item)](item)]
    pointer = person_index_row(item)
    return [person_row(item)] if pointer is None else [person_row(item), pointer]
