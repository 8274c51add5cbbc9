"""Letters of a case, for the staff of its unit: who may get one, sending it, and what became of those sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from shared import log
from shared.domain import access, calendar, letter_recipients, lettering
from shared.domain.assessments import ProtectionAssessment
from shared.domain.broken_rules import NotAllowed
from shared.domain.cases import Case, CaseKind, CasePerson
from shared.domain.change import Change
from shared.domain.decisions import Decision
from shared.domain.ids import CaseId, ItemId, PersonIndex
from shared.domain.letters import Addressed, How, Letter, LetterKind, Recipient
from shared.domain.principals import Principal
from shared.domain.queries import CASES_TAKEN_OVER, DECISIONS_OF_CASE, LETTERS_OF_CASE
from shared.domain.register import Reply
from shared.ports.keys import KeyGone, Tampered
from shared.ports.register import PopulationRegister
from shared.ports.store import Document, NotFound
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.drafts import Draft, spent
from shared.records.investigation_rows import read_any_decision
from shared.records.item_rows import read_assessment
from shared.records.letter_rows import letter_key, read_letter
from shared.records.register_questions import asked
from shared.records.sealing import Sealing
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Addressees:
    """What the register said of the child just now, and who may then be chosen."""

    reply: Reply
    known: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom staff named: `number` has 12 digits, `address` is as typed."""

    number: str
    name: str
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentLetters:
    """One page of a case's letters, newest first."""

    letters: list[Letter]
    cursor: str | None


class Letters:
    """The desk of letters; every question to the register and every opening is written in the disclosure log first."""

    def __init__(
        self,
        vault: Vault,
        commits: Commits,
        files: CaseFiles,
        disclosures: Disclosures,
        population_register: PopulationRegister,
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._files = files
        self._disclosures = disclosures
        self._register = population_register

    def addressees(self, principal: Principal, case: Case) -> Addressees:
        """Who may get a letter, as the register knows them now; `NotAllowed` for all but the case's own caseworker."""
        if not access.may_ask_register(principal, case):
            raise NotAllowed("the register is asked for the case's own caseworker")
        self._disclosures.record(principal, case.id, "register_letter")
        reply = self._asked(case.person)
        if case.application is not None:
            reply = letter_recipients.of_an_adult(reply)
            return Addressees(reply, letter_recipients.applicant(case, reply))
        today = calendar.local_date(self._clock.now())
        return Addressees(reply, letter_recipients.candidates(reply, self._index, today))

    def named(self, principal: Principal, case: Case, who: Named, family: Reply) -> Recipient | None:
        """The one whom staff named, or None when the register gives the number to somebody else.

        `family` is what it said of the child. `NotAllowed` for everybody but the case's own caseworker.
        """
        if not access.may_ask_register(principal, case):
            raise NotAllowed("the register is asked for the case's own caseworker")
        self._disclosures.record(principal, case.id, "register_recipient")
        own = self._asked(CasePerson(number=who.number))
        if letter_recipients.is_another(own, who.name):
            return None
        return letter_recipients.other(who.number, who.name, who.address, self._index, own=own, family=family)

    def assessments(self, case: Case) -> list[ProtectionAssessment | None]:
        """The protection assessments the case stands on: its own, and those of the reports it took over.

        None for each that is missing or can not be read, and for those of more reports than one page holds.
        """
        own = [str(case.assessment)] if case.assessment else []
        return self._readable("assessments", [*own, *self._of_reports(case, "assessment")], read_assessment)

    def decisions(self, case: Case) -> list[Decision | None]:
        """The decisions that have been made in the case, and of the reports it took over; None as in `assessments`."""
        return self._readable("decisions", [*self._own(case), *self._of_reports(case, "decision")], read_any_decision)

    def told(self, case: Case) -> Decision | None:
        """The case's latest decision, of which a letter tells; None without one, and for one that can not be read."""
        return next(iter(self._readable("decisions", [case.decision], read_any_decision)), None)

    def send(
        self,
        principal: Principal,
        id: CaseId,
        kind: LetterKind,
        to: Sequence[Addressed],
        how: How,
        *,
        plan: str,
        submission: Submission,
        draft: Draft,
        promised: date | None = None,
    ) -> Sent:
        """The draft becomes one letter to each recipient; raises what `lettering.send` raises.

        `NotFound` for a case the principal may not know of, and `Conflict` when the draft was changed or sent by
        somebody else meanwhile.
        """
        new = {ItemId(self._fresh()): one for one in to}
        gone = spent(draft, self._sealing, self._clock.now())

        def build() -> Change:
            case = self._files.case(principal, id)
            if case is None:
                raise NotFound(id)
            now = self._clock.now()
            return lettering.send(
                case,
                self.assessments(case),
                kind,
                new,
                how,
                plan=plan,
                by=principal,
                now=now,
                fresh=self._fresh,
                promised=promised,
            )

        return settle(self._commits, submission, id, build, gone)

    def of_case(self, principal: Principal, id: CaseId, cursor: str | None = None) -> SentLetters | None:
        """One page of the letters sent in the case, opened and so logged; None for who may not open the case.

        `Refused` for a cursor that is not ours.
        """
        case = self._files.case(principal, id)
        if case is None:
            return None
        page = self._store.query(LETTERS_OF_CASE, {"case": id}, limit=LETTERS_OF_CASE.page, cursor=cursor)
        if page.documents:
            self._disclosures.record(principal, id, "letters")
        self._ring.load([letter_key(one) for one in page.documents])
        return SentLetters([read_letter(one, self._sealing) for one in page.documents], page.cursor)

    def open(self, principal: Principal, id: CaseId, letter: ItemId) -> Letter | None:
        """One letter of the case, opened and so logged; None for who may not open the case, and for another case's."""
        case = self._files.case(principal, id)
        document = None if case is None else self._store.get("letters", letter)
        if document is None or document.fields["case"] != id:
            return None
        self._disclosures.record(principal, id, "letter")
        return read_letter(document, self._sealing)

    def _asked(self, person: CasePerson) -> Reply:
        return asked(self._register, person, self._clock)

    def _index(self, number: str) -> PersonIndex:
        return PersonIndex(self._cipher.index("person", number))

    def _readable(
        self, collection: str, ids: Sequence[str | None], read: Callable[[Document, Sealing], _Item]
    ) -> list[_Item | None]:
        """The items of these ids; None for each that is missing or can not be read."""
        wanted = [one for one in ids if one is not None]
        found = self._store.get_many(collection, wanted) if wanted else {}
        self._ring.load([letter_key(one) for one in found.values()])

        def item(document: Document | None) -> _Item | None:
            try:
                return None if document is None else read(document, self._sealing)
            except (KeyGone, Tampered) as error:
                log.alarm("letter.ground_unreadable", error)
                return None

        return [item(None if one is None else found.get(one)) for one in ids]

    def _own(self, case: Case) -> list[str | None]:
        """The ids of the decisions made in the case itself; None for those beyond a page."""
        if case.kind is not CaseKind.UTREDNING or case.decision is None:
            return [case.decision] if case.decision else []
        page = self._store.query(DECISIONS_OF_CASE, {"case": case.id}, limit=DECISIONS_OF_CASE.page)
        return [*(one.id for one in page.documents), *([None] if page.cursor is not None else [])]

    def _of_reports(self, case: Case, item: str) -> list[str | None]:
        """The ids of an item of the reports an investigation took over; None where it is missing, and beyond a page."""
        if case.kind is not CaseKind.UTREDNING:
            return []
        page = self._store.query(CASES_TAKEN_OVER, {"continues_in": case.id}, limit=CASES_TAKEN_OVER.page)
        ids = [str(said) if (said := one.fields[item]) else None for one in page.documents]
        return [*ids, *([None] if page.cursor is not None else [])]
