"""Letters that wait to be printed and posted, for those of the unit who do that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain import access, lettering
from shared.domain.broken_rules import NotAllowed
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId, StaffId
from shared.domain.letters import Letter, letter_reference
from shared.domain.principals import Principal
from shared.domain.queries import LETTERS_TO_POST
from shared.ports.store import Document, NotFound
from shared.records.case_rows import case_key, read_case
from shared.records.commits import Commits
from shared.records.letter_rows import letter_key, read_letter
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


class PrintQueue:
    """The unit's letters on paper; printing one is written in the disclosure log first."""

    def __init__(self, vault: Vault, commits: Commits, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._commits = commits
        self._disclosures = disclosures

    def page(self, principal: Principal, cursor: str | None = None) -> PrintPage:
        """At most 25 letters that wait, oldest first; `NotAllowed` for others, `Refused` for a cursor not ours."""
        unit = _unit(principal)
        page = self._store.query(
            LETTERS_TO_POST, {"unit": unit, "to_post": True}, limit=LETTERS_TO_POST.page, cursor=cursor
        )
        return PrintPage([_waiting(one) for one in self._opened(page.documents)], page.cursor)

    def printed(self, principal: Principal, ids: Sequence[ItemId]) -> list[Letter]:
        """Those of the letters that wait in the principal's unit, in this order, each opening logged."""
        unit = _unit(principal)
        found = self._store.get_many("letters", list(dict.fromkeys(ids)))
        ours = [found[one] for one in dict.fromkeys(ids) if one in found and _waits(found[one], unit)]
        for one in ours:
            self._disclosures.record(principal, CaseId(str(one.fields["case"])), "letter_print")
        return self._opened(ours)

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
