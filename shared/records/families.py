"""Families: what the population register says of whom a case is about, and the contact details that hang on it."""

from dataclasses import dataclass

from shared.domain import access, register
from shared.domain.cases import Case, CasePerson
from shared.domain.ids import CaseId
from shared.domain.principals import Principal
from shared.domain.register import Contact, Outcome, Reply
from shared.domain.reports import Report
from shared.ports.register import PopulationRegister, RegisterUnavailable
from shared.records.casefiles import CaseFiles
from shared.records.item_rows import read_report
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class ReportedContact:
    """The report with contact details as reported, or None while `reply` keeps them masked."""

    reply: Reply
    report: Report | None


class Families:
    """Asks the register for the assigned caseworker; every question is written in the disclosure log first."""

    def __init__(
        self, vault: Vault, files: CaseFiles, disclosures: Disclosures, population_register: PopulationRegister
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._files = files
        self._disclosures = disclosures
        self._register = population_register

    def ask(self, principal: Principal, id: CaseId) -> Reply | None:
        """What the register says of whom the case is about; None for everybody but the case's own caseworker."""
        case = self._own(principal, id)
        return None if case is None else self._reply(principal, case, "register")

    def contact(self, principal: Principal, id: CaseId, *, made_sure: bool = False) -> ReportedContact | None:
        """Contact details as reported; None for everybody but the case's own caseworker.

        Masked when somebody is protected, and when nobody can say so, unless the caseworker has `made_sure` in
        another way: that is logged as the reason.
        """
        case = self._own(principal, id)
        if case is None or case.report is None:
            return None
        reply = self._reply(principal, case, "protection")
        sure = reply.contact is Contact.UNCONFIRMED and made_sure
        if not sure and reply.contact is not Contact.OPEN:
            return ReportedContact(reply, None)
        self._disclosures.record(principal, id, "contact", "made_sure" if sure else "")
        found = self._store.get("reports", case.report)
        return ReportedContact(reply, read_report(found, self._sealing, "story", "contact") if found else None)

    def _own(self, principal: Principal, id: CaseId) -> Case | None:
        case = self._files.case(principal, id)
        return case if case is not None and access.may_ask_register(principal, case) else None

    def _reply(self, principal: Principal, case: Case, what: str) -> Reply:
        self._disclosures.record(principal, case.id, what)
        return self._asked(case.person)

    def _asked(self, person: CasePerson) -> Reply:
        now = self._clock.now()
        if not person.number:
            return Reply(now, Outcome.NO_NUMBER)
        try:
            found = self._register.family(person.number)
        except RegisterUnavailable:
            return Reply(now, Outcome.UNAVAILABLE)
        return register.answered(found, person, now)
