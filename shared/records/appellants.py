"""What somebody may do who is not content with a decision: appeal it, add to the appeal, and read the own receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain import access, appealing
from shared.domain.appeal_items import Appeal
from shared.domain.appealing import Appealed
from shared.domain.appeals import can_be_appealed
from shared.domain.attachments import Attachment
from shared.domain.cases import Case, CaseAppeal, CaseKind
from shared.domain.change import Change
from shared.domain.decisions import Decision
from shared.domain.ids import ItemId
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.queries import APPEALS_OF_CASE
from shared.domain.retention import Retention
from shared.ports.store import Document, NotFound
from shared.records.appeal_rows import APPEALS, read_appeal
from shared.records.assistance_rows import read_assistance
from shared.records.case_rows import case_key, read_case
from shared.records.directory_store import DirectoryStore
from shared.records.drafts import Draft
from shared.records.ended_cases import tended
from shared.records.filing import Filing, Lands
from shared.records.submissions import Sent
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """An own decision as its party sees it when appealing, and what has come of an appeal before.

    `open_online` tells whether it can be appealed, or an appeal added to, here and now.
    """

    decision: Decision
    reference: str
    appeal: CaseAppeal | None
    appealable: bool
    open_online: bool
    sent: int
    """How many appeals and additions have come in."""


@dataclass(frozen=True, slots=True)
class OwnAppeal:
    """An own appeal with the case's reference, and how far the case's appeal has come."""

    appeal: Appeal
    reference: str
    standing: CaseAppeal | None
    handed_by: datetime | None
    """The instant by which it should have gone to the court, while that is watched."""


class Appellants:
    """The desk of a private person who appeals; somebody else's decision is answered as if it did not exist."""

    def __init__(
        self,
        vault: Vault,
        filing: Filing,
        disclosures: Disclosures,
        directory: DirectoryStore,
        own_law: Callable[[], OwnLaw],
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._filing = filing
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
        decision = read_assistance(document, self._sealing).decided
        appealable = can_be_appealed(decision.lagrum)
        sent = self._store.count(APPEALS_OF_CASE, {"case": case.id}, cap=APPEALS_OF_CASE.page)
        waits = case.appeal is None or (case.open and case.appeal.decision == id)
        opened = appealable and waits and sent < APPEALS_OF_CASE.page
        return OwnDecision(decision, case.reference, case.appeal, appealable, opened, sent)

    def may_write(self, principal: Principal, id: ItemId) -> bool:
        """Whether the decision is the principal's own: nothing of it is opened. Two reads."""
        return self._of(principal, id)[0] is not None

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
        standing = read_case(case, self._sealing, whole=False)
        clock = standing.clocks.get("overklagande")
        return OwnAppeal(found, standing.reference, standing.appeal, clock.due if clock and standing.open else None)

    def _of(self, principal: Principal, id: ItemId) -> tuple[Case | None, Document | None]:
        """The own decision's case and the decision; nothing of anybody else's, and nothing when anything is missing."""
        document = self._store.get("decisions", id) if access.may_have_letters(principal) else None
        if document is None or document.fields.get("of") != CaseKind.EKONOMISKT_BISTAND.value:
            return None, None
        case = self._store.get("cases", str(document.fields["case"]))
        if case is None or not _party(principal, case.fields, id):
            return None, None
        self._ring.load([case_key(case)])
        return read_case(case, self._sealing), document


def _party(principal: Principal, case: Mapping[str, Any], id: ItemId) -> bool:
    appealed = (case.get("appeal") or {}).get("decision")
    return (
        principal.person is not None
        and case.get("applicant") == principal.person
        and id in {case["decision"], appealed}
    )


def _owner(principal: Principal) -> str:
    if principal.person is None:
        raise ValueError("no person")
    return principal.person
