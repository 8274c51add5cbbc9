"""Letters that wait to be printed and posted, for those of the unit who do that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain import access, lettering
from shared.domain.broken_rules import NotAllowed
from shared.domain.cases import CasePerson
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId, StaffId
from shared.domain.letter_printing import Held, delivery
from shared.domain.letters import Letter, Recipient, letter_reference
from shared.domain.principals import Principal
from shared.domain.queries import LETTERS_TO_POST
from shared.ports.register import PopulationRegister
from shared.ports.store import Document, NotFound
from shared.records.case_rows import case_key, read_case
from shared.records.commits import Commits
from shared.records.invitation_codes import InvitationCodes
from shared.records.letter_rows import letter_key, read_letter
from shared.records.register_questions import Questions
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter as the print queue shows it: no name. `forward`: by Skatteverket; `addressed`: an address is printed;
    `decision`: the original of a decision goes with it.
    """

    id: ItemId
    case: CaseId
    reference: str
    sent_at: datetime
    by: StaffId
    forward: bool
    addressed: bool
    decision: bool


@dataclass(frozen=True, slots=True)
class PrintPage:
    """One page of the print queue, the oldest first, and the cursor of the next."""

    letters: list[Waiting]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Printed:
    """What may be printed now, in the order asked for, each addressed as the register says now.

    `held`: those that may not, by letter. `protected`: those of the printed that have become protected since they were
    sent, and go by Skatteverket although the list said something else.
    """

    letters: list[Letter]
    held: dict[ItemId, Held]
    protected: frozenset[ItemId]

    @property
    def surprises(self) -> frozenset[str]:
        """What whoever prints has to be told before the paper is in their hands: a code for each letter and reason."""
        held = {f"{one}-{why}" for one, why in self.held.items()}
        return frozenset(held | {f"{one}-protected" for one in self.protected})


class PrintQueue:
    """The unit's letters on paper; asking the register and printing are written in the disclosure log first."""

    def __init__(
        self, vault: Vault, commits: Commits, disclosures: Disclosures, population_register: PopulationRegister
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._commits = commits
        self._disclosures = disclosures
        self._register = population_register
        self._codes = InvitationCodes(vault.cipher)

    def page(self, principal: Principal, cursor: str | None = None) -> PrintPage:
        """At most 25 letters that wait, oldest first; `NotAllowed` for others, `Refused` for a cursor not ours."""
        unit = _unit(principal)
        page = self._store.query(
            LETTERS_TO_POST, {"unit": unit, "to_post": True}, limit=LETTERS_TO_POST.page, cursor=cursor
        )
        return PrintPage([_waiting(one) for one in self._opened(page.documents)], page.cursor)

    def printed(self, principal: Principal, ids: Sequence[ItemId]) -> Printed:
        """Those of the letters that wait in the principal's unit; the register is asked for each before it is printed.

        Every question and every print is logged. Less than five seconds are spent on a register that is silent.
        """
        unit = _unit(principal)
        found = self._store.get_many("letters", list(dict.fromkeys(ids)))
        ours = [found[one] for one in dict.fromkeys(ids) if one in found and _waits(found[one], unit)]
        asked = self._delivered(principal, self._opened(ours))
        printed = [self._codes.told(replace(one, recipient=to)) for one, to in asked if isinstance(to, Recipient)]
        for one in printed:
            self._disclosures.record(principal, one.case, "letter_print")
        return Printed(
            printed,
            held={one.id: to for one, to in asked if isinstance(to, Held)},
            protected=frozenset(
                one.id for one, to in asked if isinstance(to, Recipient) and to.forward and not one.recipient.forward
            ),
        )

    def _delivered(self, principal: Principal, letters: Sequence[Letter]) -> list[tuple[Letter, Recipient | Held]]:
        documents = self._store.get_many("cases", list(dict.fromkeys(one.case for one in letters)))
        self._ring.load([case_key(one) for one in documents.values()])
        cases = {id: read_case(one, self._sealing) for id, one in documents.items()}
        for case in cases.values():
            self._disclosures.record(principal, case.id, "register_print")
        questions = Questions(self._register, self._clock)
        return [
            (
                one,
                delivery(
                    one.recipient,
                    questions.ask(CasePerson(number=one.recipient.number)),
                    questions.ask(cases[one.case].person),
                ),
            )
            for one in letters
        ]

    def posted(self, principal: Principal, id: ItemId, submission: Submission) -> Sent:
        """The letter lies in the post; `NotFound` for what is not the unit's, else what `lettering.post` raises."""
        unit = _unit(principal)

        def build() -> Change:
            document = self._store.get("letters", id)
            if document is None or document.fields["unit"] != unit:
                raise NotFound(id)
            case = self._store.get("cases", str(document.fields["case"]))
            if case is None:
                raise NotFound(id)
            self._ring.load([letter_key(document), case_key(case)])
            letter = read_letter(document, self._sealing)
            return lettering.post(read_case(case, self._sealing), letter, by=principal, now=self._clock.now())

        return settle(self._commits, submission, id, build)

    def _opened(self, documents: Sequence[Document]) -> list[Letter]:
        self._ring.load([letter_key(one) for one in documents])
        return [read_letter(one, self._sealing) for one in documents]


def _unit(principal: Principal) -> str:
    if principal.unit is None or not access.may_post(principal, principal.unit):
        raise NotAllowed("does not post letters")
    return principal.unit


def _waits(document: Document, unit: str) -> bool:
    return document.fields["unit"] == unit and document.fields["to_post"] is True


def _waiting(letter: Letter) -> Waiting:
    to = letter.recipient
    return Waiting(
        letter.id,
        letter.case,
        letter_reference(letter.id),
        letter.sent_at,
        letter.by,
        forward=to.forward,
        addressed=bool(to.address),
        decision=letter.decision is not None,
    )
