"""What somebody may do who is not content with a decision: appeal it, add to the appeal, and read the own receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.domain import access, appealing, transitions
from shared.domain.appeal_items import Appeal
from shared.domain.appealing import Appealed
from shared.domain.appeals import can_be_appealed
from shared.domain.attachments import Attachment
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseAppeal, CaseKind
from shared.domain.change import Action, Change
from shared.domain.decisions import Decision
from shared.domain.ids import ItemId, SubmissionId, UnitId
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.queries import APPEALS_OF_CASE
from shared.domain.retention import Retention
from shared.ports.store import Document, NotFound
from shared.records.appeal_rows import APPEALS, DISMISSAL, read_appeal
from shared.records.case_rows import case_key, read_case
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.directory_store import DirectoryStore
from shared.records.drafts import Draft
from shared.records.ended_cases import tended
from shared.records.filing import Filing, Lands
from shared.records.investigation_rows import read_any_decision
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_APPEALABLE: Final = frozenset({CaseKind.EKONOMISKT_BISTAND.value, DISMISSAL})
"""What decisions that a party appeals here are about."""


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """An own decision as its party sees it when appealing, and what has come of an appeal before.

    `open_online` tells whether it can be appealed, or its appeal added to, here and now; `adding` which of them.
    """

    decision: Decision
    reference: str
    appeal: CaseAppeal | None
    appealable: bool
    open_online: bool
    adding: bool
    sent: int
    """How many appeals and additions have come in."""
    unit: UnitId
    """The unit that has the case."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """The case of an own decision. `added_to` is the appeal that what is sent about the decision is added to, or None
    when it would be an appeal itself.
    """

    unit: UnitId
    reference: str
    added_to: CaseAppeal | None


@dataclass(frozen=True, slots=True)
class OwnAppeal:
    """An own appeal with the case's reference, and how far it has come: None when it has given way to another."""

    appeal: Appeal
    reference: str
    standing: CaseAppeal | None
    handed_by: datetime | None
    """The instant by which it should have gone to the court, while that is watched."""
    unit: UnitId
    """The unit that has the case."""

    @property
    def may_withdraw(self) -> bool:
        """Whether it is still here, to be taken back."""
        return self.handed_by is not None and self.standing is not None and self.standing.on is None


class Appellants:
    """The desk of a private person who appeals; somebody else's decision is answered as if it did not exist."""

    def __init__(
        self,
        vault: Vault,
        filing: Filing,
        commits: Commits,
        disclosures: Disclosures,
        *,
        directory: DirectoryStore,
        own_law: Callable[[], OwnLaw],
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._filing = filing
        self._commits = commits
        self._disclosures = disclosures
        self._directory = directory
        self._own_law = own_law

    def decision(self, principal: Principal, id: ItemId) -> OwnDecision | None:
        """The own decision, opened and so logged; None for everybody else's, for one that does not exist, and for one
        that is not about what somebody has applied for.
        """
        case, document = self._of(principal, id)
        if case is None or document is None:
            return None
        self._disclosures.record(principal, case.id, "own_decision")
        self._ring.load([case_key(document)])
        decision = read_any_decision(document, self._sealing)
        if decision is None:
            return None
        appealable, action = can_be_appealed(decision.lagrum), appealing.received_as(case, id)
        sent = self._store.count(APPEALS_OF_CASE, {"case": case.id}, cap=APPEALS_OF_CASE.page)
        waits = action in transitions.possible(case, principal, local_date(self._clock.now()))
        its_own = action is not Action.APPEAL_RECEIVED or id == appealing.to_appeal(case)
        opened = appealable and waits and its_own and sent < APPEALS_OF_CASE.page
        adding = action is not Action.APPEAL_RECEIVED
        return OwnDecision(decision, case.reference, case.appeal, appealable, opened, adding, sent, case.unit)

    def case_of(self, principal: Principal, id: ItemId) -> OwnCase | None:
        """The own decision's case, as pages around a draft tell it; None for everybody else. Two reads."""
        case, _ = self._of(principal, id)
        if case is None:
            return None
        adding = appealing.received_as(case, id) is not Action.APPEAL_RECEIVED
        return OwnCase(case.unit, case.reference, case.appeal if adding else None)

    def send(self, principal: Principal, appealed: Appealed, decision: ItemId, draft: Draft) -> Sent:
        """The draft becomes a received appeal, or an addition to the one before; `Sent.result` is its id.

        Once, and raising what `Filing.add` and `appealing.receive` do; `NotFound` for a decision that is not the
        principal's. The receipt instant is when the batch is written.
        """
        unit = self._directory.present().intake.id  # where its case is stays as it is; this is no part of the batch
        lands = Lands(unit, principal.person, Retention.FIVE_YEARS, appealed.files)

        def build(made: ItemId, attached: Sequence[Attachment]) -> Change:
            case, _ = self._of(principal, decision)
            if case is None:
                raise NotFound(decision)
            return appealing.receive(
                tended(case, self._directory.present()),
                appealed,
                decision,
                attached,
                id=made,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
                law=self._own_law(),
            )

        return self._filing.add(_owner(principal), draft, lands, build)

    def sent_before(self, principal: Principal, draft: str) -> str | None:
        """The appeal that this draft became, or None."""
        return self._filing.sent_before(_owner(principal), draft)

    def receipt(self, principal: Principal, id: ItemId, *, whole: bool = False) -> OwnAppeal | None:
        """The own appeal's receipt, or None when it is not the principal's; `whole` opens what was sent, logged."""
        document = self._store.get(APPEALS, id)
        found = None if document is None else read_appeal(document, self._sealing)
        if document is None or found is None or not access.may_have_letters(principal):
            return None
        case = self._store.get("cases", found.case)
        if found.appellant != principal.person or case is None:
            return None
        self._ring.load([case_key(case)])
        if whole:
            self._disclosures.record(principal, found.case, "own_appeal")
            found = read_appeal(document, self._sealing, "story", "contact")
        stands = read_case(case, self._sealing, whole=False)
        now, clock = stands.appeal, stands.clocks.get("overklagande")
        if now is None or now.id not in {found.id, found.adds_to}:
            return OwnAppeal(found, stands.reference, None, None, stands.unit)
        return OwnAppeal(found, stands.reference, now, clock.due if clock and stands.open else None, stands.unit)

    def withdraw(self, principal: Principal, id: ItemId, submission: SubmissionId) -> Sent:
        """The own appeal is taken back, once; `Sent.result` is the id of what came in.

        Raises what `appealing.withdraw` does, and `NotFound` for an appeal that is not the principal's or has given way
        to another.
        """
        made = ItemId(self._fresh())

        def build() -> Change:
            case = self._appealed_by(principal, id)
            clocks = transitions.stopping(case, Action.APPEAL_WITHDRAWN)
            running = [read_deadline(one) for one in self._store.get_many("deadlines", clocks).values()]
            return appealing.withdraw(
                case, running, id=made, by=principal, now=self._clock.now(), fresh=self._fresh
            )  # fmt: skip

        return settle(self._commits, Submission(_owner(principal), submission, {"withdraws": id}), made, build)

    def _appealed_by(self, principal: Principal, id: ItemId) -> Case:
        found = self._store.get(APPEALS, id) if access.may_have_letters(principal) else None
        document = None if found is None else self._store.get("cases", str(found.fields["case"]))
        if found is None or document is None or found.fields["appellant"] != principal.person:
            raise NotFound(APPEALS)
        self._ring.load([case_key(document)])
        case = read_case(document, self._sealing)
        if case.appeal is None or case.appeal.id not in {id, found.fields["adds_to"]}:
            raise NotFound(APPEALS)
        return case

    def _of(self, principal: Principal, id: ItemId) -> tuple[Case | None, Document | None]:
        """The own decision's case and the decision; nothing of anybody else's, and nothing when anything is missing."""
        document = self._store.get("decisions", id) if access.may_have_letters(principal) else None
        if document is None or document.fields.get("of") not in _APPEALABLE:
            return None, None
        case = self._store.get("cases", str(document.fields["case"]))
        if case is None or not _party(principal, case.fields):
            return None, None
        self._ring.load([case_key(case)])
        return read_case(case, self._sealing), document


def _party(principal: Principal, case: Mapping[str, Any]) -> bool:
    """Whether the case is the principal's own: then every decision in it is, also one that does not stand any more."""
    return principal.person is not None and case.get("applicant") == principal.person


def _owner(principal: Principal) -> str:
    if principal.person is None:
        raise ValueError("no person")
    return principal.person
