"""What a reporter may do: file a report, and read the own receipt and feedback."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shared.domain import access, intake
from shared.domain.attachments import Attachment
from shared.domain.cases import CaseKind, reference
from shared.domain.change import Change
from shared.domain.ids import ItemId, PersonIndex, UnitId
from shared.domain.own_law import OwnLaw
from shared.domain.places import Place
from shared.domain.principals import Principal
from shared.domain.queries import REPORTS_OF_REPORTER
from shared.domain.reports import Report
from shared.domain.retention import Retention
from shared.records.drafts import Draft
from shared.records.filing import Filing, Lands
from shared.records.item_rows import read_report
from shared.records.submissions import Sent
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter may see of an own report. `reference` is for the phone.

    A report that was filed for another organisation than the reporter's present one is not `here`: its receipt tells
    number and day alone, nothing of what was filed and no feedback. `may_ask`: feedback can still be asked for.
    """

    report: Report
    reference: str
    here: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class OwnReports:
    """One page of the reporter's own reports, newest first."""

    reports: list[Receipt]
    cursor: str | None


class Reporting:
    """The reporter's desk."""

    def __init__(self, vault: Vault, filing: Filing, disclosures: Disclosures, own_law: Callable[[], OwnLaw]) -> None:
        self._own_law = own_law
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._filing = filing
        self._disclosures = disclosures

    def file(self, principal: Principal, filed: intake.Filed, unit: UnitId, draft: Draft) -> Sent:
        """The draft becomes a received report with its clocks running; `Sent.result` is the report's id.

        Once, and raising what `Filing.file` does. The receipt instant is when the batch is written.
        """
        number = filed.child.number
        child = PersonIndex(self._cipher.index("person", number)) if number else None
        lands = Lands(unit, child, Retention.FIVE_YEARS_NOT_OPENED, filed.attachments)

        def receive(place: Place, report: ItemId, attached: Sequence[Attachment]) -> Change:
            return intake.receive(
                filed,
                place,
                report=report,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
                attached=attached,
                law=self._own_law(),
            )

        return self._filing.file(_owner(principal), draft, lands, receive)

    def sent_before(self, principal: Principal, draft: str) -> str | None:
        """The report that this draft became, or None."""
        return self._filing.sent_before(_owner(principal), draft)

    def receipt(self, principal: Principal, report: ItemId, *, whole: bool = False) -> Receipt | None:
        """The own report's receipt, or None when it is not the principal's; `whole` opens what was filed.

        Reading what was filed is for the same organisation (else None) and written in the disclosure log first.
        """
        document = self._store.get("reports", report)
        found = None if document is None else read_report(document, self._sealing)
        may = access.may_read_what_was_filed if whole else access.may_read_own_report
        if document is None or found is None or not may(principal, found):
            return None
        if whole:
            self._disclosures.record(principal, found.case, "own_report")
            self._ring.load([found.key])
            found = read_report(document, self._sealing, "story", "contact")
        return _receipt(principal, found)

    def own(self, principal: Principal, cursor: str | None = None) -> OwnReports:
        """The principal's own reports with their feedback; nothing of the content and no name."""
        page = self._store.query(
            REPORTS_OF_REPORTER, {"reporter": _owner(principal)}, limit=REPORTS_OF_REPORTER.page, cursor=cursor
        )
        found = (read_report(one, self._sealing) for one in page.documents)
        return OwnReports([_receipt(principal, one) for one in found], page.cursor)


def _receipt(principal: Principal, report: Report) -> Receipt:
    here = access.may_read_what_was_filed(principal, report)
    shown = report if here else replace(report, feedback=None, feedback_requested=False, request=None, stopped_files=0)
    may_ask = access.may_ask_for_feedback(principal, report)
    return Receipt(shown, reference(CaseKind.OROSANMALAN, report.case), here, may_ask)


def _owner(principal: Principal) -> str:
    if principal.person is None:
        raise ValueError("no person")
    return principal.person
