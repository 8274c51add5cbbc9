"""A change as writes: its cases with their trail, its items, and its event, for whichever batch it goes into."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.domain.appeal_items import Appeal, AppealDismissal, AppealRuling
from shared.domain.applications import Application
from shared.domain.assessments import ProtectionAssessment
from shared.domain.assistance_decisions import AssistanceDecision
from shared.domain.attachments import Attachment
from shared.domain.booking.invitations import Invitation
from shared.domain.change import Change, Item
from shared.domain.deadlines import Deadline
from shared.domain.decisions import PreliminaryDecision
from shared.domain.investigation_decisions import InvestigationDecision
from shared.domain.letters import Letter
from shared.domain.notes import Contacts, Note
from shared.domain.notices import Notice
from shared.domain.objection_items import Objection
from shared.domain.persons import Akt, Person
from shared.domain.reports import Report
from shared.domain.reviews import Review
from shared.domain.supplements import Supplement, Supply
from shared.domain.withdrawals import Withdrawal
from shared.ports.store import Create, Value, Write
from shared.records import trail
from shared.records.appeal_rows import appeal_row, dismissal_row, ruling_row
from shared.records.application_rows import application_row
from shared.records.assistance_rows import assistance_row
from shared.records.attachment_rows import attachment_row
from shared.records.case_rows import akt_row, case_row, person_index_row, person_row
from shared.records.deadlines import deadline_row
from shared.records.investigation_rows import investigation_row
from shared.records.invitation_rows import invitation_row
from shared.records.item_rows import assessment_row, notice_row, preliminary_row, report_row
from shared.records.letter_rows import letter_row
from shared.records.note_rows import contacts_row, note_row
from shared.records.objection_rows import objection_row
from shared.records.review_rows import review_row
from shared.records.rows import Row
from shared.records.sealing import SCHEMA
from shared.records.supplement_rows import supplement_row, supply_row
from shared.records.vault import Vault
from shared.records.withdrawal_rows import withdrawal_row

CHANNEL: Final = "e_service"


class ChangeWrites:
    """What a change writes, always the same, whoever commits it."""

    def __init__(self, vault: Vault) -> None:
        self._sealing = vault.sealing
        self._fresh = vault.fresh

    def of(self, change: Change) -> list[Write]:
        """Each case with one more link in its chain, every item, and the event."""
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
    PreliminaryDecision: preliminary_row,
    AssistanceDecision: assistance_row,
    InvestigationDecision: investigation_row,
    Letter: letter_row,
    Invitation: invitation_row,
    Deadline: deadline_row,
    Notice: notice_row,
    Attachment: attachment_row,
    Note: note_row,
    Contacts: contacts_row,
    Review: review_row,
    Objection: objection_row,
    Supplement: supplement_row,
    Supply: supply_row,
    Withdrawal: withdrawal_row,
}


def _rows(item: Item) -> list[Row]:
    if not isinstance(item, Person):
        return [_ROWS[type(item)](item)]
    pointer = person_index_row(item)
    return [person_row(item)] if pointer is None else [person_row(item), pointer]
