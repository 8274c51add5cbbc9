"""What an applicant may do: send an application, and read the own receipt and what was sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shared.domain import access, applying
from shared.domain.applications import Application
from shared.domain.attachments import Attachment
from shared.domain.cases import reference
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId, UnitId
from shared.domain.own_law import OwnLaw
from shared.domain.places import Place
from shared.domain.principals import Principal
from shared.domain.queries import APPLICATIONS_OF_PERSON
from shared.records.application_rows import APPLICATIONS, read_application
from shared.records.case_rows import case_key, read_case
from shared.records.drafts import Draft
from shared.records.filing import Filing, Lands
from shared.records.submissions import Sent
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class AppliedFor:
    """An own application with the reference that people say on the phone."""

    application: Application
    reference: str
    unit: UnitId | None = None
    """The unit that has the case, where one is asked for by itself."""


@dataclass(frozen=True, slots=True)
class OwnApplications:
    """One page of the applicant's own applications, newest first."""

    applications: list[AppliedFor]
    cursor: str | None


class Applicants:
    """The applicant's desk."""

    def __init__(self, vault: Vault, filing: Filing, disclosures: Disclosures, own_law: Callable[[], OwnLaw]) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._filing = filing
        self._disclosures = disclosures
        self._own_law = own_law

    def send(self, principal: Principal, applied: applying.Applied, unit: UnitId, draft: Draft) -> Sent:
        """The draft becomes a received application, a case with its clocks; `Sent.result` is the application's id.

        Once, and raising what `Filing.file` does. The receipt instant is when the batch is written.
        """
        lands = Lands(unit, principal.person, applied.retention, applied.attachments)

        def receive(place: Place, application: ItemId, attached: Sequence[Attachment]) -> Change:
            return applying.receive(
                applied,
                place,
                application=application,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
                attached=attached,
                law=self._own_law(),
            )

        return self._filing.file(_owner(principal), draft, lands, receive)

    def sent_before(self, principal: Principal, draft: str) -> str | None:
        """The application that this draft became, or None."""
        return self._filing.sent_before(_owner(principal), draft)

    def receipt(self, principal: Principal, id: ItemId, *, whole: bool = False) -> AppliedFor | None:
        """The own application's receipt, or None when it is not the principal's; `whole` opens what was sent.

        Reading what was sent is written in the disclosure log first.
        """
        document = self._store.get(APPLICATIONS, id)
        found = None if document is None else read_application(document, self._sealing)
        if document is None or found is None or not access.may_read_own_application(principal, found):
            return None
        if whole:
            self._disclosures.record(principal, found.case, "own_application")
            self._ring.load([found.key])
            found = read_application(document, self._sealing, "story", "contact")
        case = self._store.get("cases", found.case)
        return replace(_told(found), unit=None if case is None else UnitId(str(case.fields["unit"])))

    def own(self, principal: Principal, cursor: str | None = None) -> OwnApplications:
        """The principal's own applications; nothing of the content. Raises `Refused` for a cursor that is not ours."""
        shape = APPLICATIONS_OF_PERSON
        page = self._store.query(shape, {"applicant": _owner(principal)}, limit=shape.page, cursor=cursor)
        return OwnApplications([_told(read_application(one, self._sealing)) for one in page.documents], page.cursor)

    def latest(self, principal: Principal, form: str) -> Application | None:
        """What the person last sent of this form, whole, to begin the next one from; the reading is logged first."""
        found = next((one for one in self.own(principal).applications if one.application.form == form), None)
        whole = None if found is None else self.receipt(principal, found.application.id, whole=True)
        return None if whole is None else whole.application

    def contact(self, principal: Principal, case: CaseId) -> Application | None:
        """The ways to reach the applicant, for the case's own caseworker, written in the log first; else None."""
        document = self._store.get("cases", case)
        if document is None:
            return None
        self._ring.load([case_key(document)])
        found = read_case(document, self._sealing)
        if found.application is None or not access.may_see_contact(principal, found):
            return None
        self._disclosures.record(principal, case, "contact")
        sent = self._store.get(APPLICATIONS, found.application)
        return None if sent is None else read_application(sent, self._sealing, "contact")


def _told(application: Application) -> AppliedFor:
    return AppliedFor(application, reference(application.kind, application.case))


def _owner(principal: Principal) -> str:
    if principal.person is None:
        raise ValueError("no person")
    return principal.person
