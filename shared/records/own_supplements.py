"""What a person is asked for in the own application: read, filled in over time, sent as often as there is something."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.domain import access, supplementing
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.domain.ids import CaseId, DraftId, FileId, ItemId, SubmissionId, UnitId
from shared.domain.principals import Principal
from shared.domain.queries import SUPPLIES_OF
from shared.domain.retention import Retention
from shared.domain.supplementing import Doing
from shared.domain.supplements import Supplement, Supplied, Supply
from shared.ports.store import AlreadyExists, Conflict, Document, NotFound
from shared.records.attachments import listed
from shared.records.case_rows import case_key, read_case
from shared.records.commits import Commits
from shared.records.drafts import SUPPLY, Draft, Drafts, spent, supplier
from shared.records.filing import Filing
from shared.records.submissions import Sent, Submission
from shared.records.supplement_rows import SUPPLEMENTS, SUPPLIES, read_supplement, read_supply, supplement_key
from shared.records.supplements import stopped
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_TRIES: Final = 4
_WORDS: Final = ".words"
_CANNOT: Final = ".cannot"


@dataclass(frozen=True, slots=True)
class OwnSupplement:
    """One supplement of the own application; `open` while it can be sent to, `decided` once that is over."""

    supplement: Supplement
    reference: str
    sent: list[Supply]
    open: bool
    decided: bool
    unit: UnitId
    """The unit that has the case."""


@dataclass(frozen=True, slots=True)
class OwnSupply:
    """One own sending, with what was asked for."""

    supply: Supply
    supplement: Supplement
    reference: str
    unit: UnitId
    """The unit that has the case."""


class OwnSupplements:
    """The desk of the applicant; a supplement of somebody else's is answered as if it did not exist."""

    def __init__(
        self, vault: Vault, commits: Commits, drafts: Drafts, filing: Filing, disclosures: Disclosures
    ) -> None:
        self._vault = vault
        self._store = vault.store
        self._commits = commits
        self._drafts = drafts
        self._filing = filing
        self._disclosures = disclosures

    def open(self, principal: Principal, id: ItemId) -> OwnSupplement | None:
        """What the person is asked for and what has come of it, logged first; None when it is not the person's."""
        found = self._found(principal, id)
        if found is None:
            return None
        case, supplement = found
        self._disclosures.record(principal, case.id, "own_supplement")
        page = self._store.query(SUPPLIES_OF, {"supplement": id}, limit=SUPPLIES_OF.page)
        sent = [read_supply(one, self._vault.sealing) for one in page.documents]
        return OwnSupplement(
            supplement,
            case.reference,
            sent,
            open=case.open and case.supplement == id,
            decided=case.decision is not None,
            unit=case.unit,
        )

    def draft(self, principal: Principal, supplement: Supplement) -> Draft | None:
        """What the person has filled in and not sent, or None."""
        return self._drafts.find(self._draft_id(supplement), supplier(principal))

    def begin(self, principal: Principal, supplement: Supplement) -> Draft:
        """The same, made when there is none: for each sending there is one, whichever device it is written on."""
        id, owner = self._draft_id(supplement), supplier(principal)
        there = self._drafts.find(id, owner)
        if there is not None:
            return there
        try:
            return self._drafts.begin(SUPPLY, id, owner, form=supplement.id, version="1", answers={})
        except AlreadyExists:
            there = self._drafts.find(id, owner)
            if there is None:
                raise Conflict("drafts") from None
            return there

    def send(self, principal: Principal, supplement: ItemId, draft: Draft) -> Sent:
        """What the draft holds is received, once, however often it is sent; `Sent.result` is the sending's id.

        Raises what `supplementing.answer` raises, `NotFound` when it is not the person's or a file of it is lost, and
        `Conflict` when the draft was changed meanwhile (show it again).
        """
        submission = Submission(supplier(principal), SubmissionId(draft.id), {"answers": dict(draft.answers)})
        made = ItemId(self._vault.fresh())
        for last in range(_TRIES):
            found = self._found(principal, supplement)
            if found is None:
                raise NotFound(supplement)
            case, there = found
            answers = supplied(there, draft.answers)
            files = [id for one in answers for id in one.files]
            attached = self._filing.attached(files, Retention.FIVE_YEARS, draft)
            if attached is None:
                return self._commits.before(submission) or self._filing.without_a_file(draft)
            running = stopped(self._store, case, Action.SUPPLEMENT_SENT)
            doing = Doing(principal, self._vault.clock.now(), self._vault.fresh)
            change = supplementing.answer(case, there, running, answers, attached, id=made, doing=doing)
            try:
                return self._commits.commit(change, submission, made, spent(draft, self._vault.sealing, change.at))
            except Conflict:
                current = self._store.get("drafts", draft.id)
                if last == _TRIES - 1 or current is None or current.rev != draft.rev:
                    raise
        raise Conflict("drafts")

    def sent_before(self, principal: Principal, draft: str) -> str | None:
        """The sending that this draft became, or None."""
        return self._filing.sent_before(supplier(principal), draft)

    def receipt(self, principal: Principal, id: ItemId) -> OwnSupply | None:
        """An own sending as it was received, logged first; None when it is not the person's."""
        document = self._store.get(SUPPLIES, id)
        if document is None or document.fields["applicant"] != principal.person:
            return None
        found = self._found(principal, ItemId(str(document.fields["supplement"])))
        if found is None:
            return None
        case, supplement = found
        self._disclosures.record(principal, case.id, "own_supply")
        return OwnSupply(read_supply(document, self._vault.sealing), supplement, case.reference, case.unit)

    def _found(self, principal: Principal, id: ItemId) -> tuple[Case, Supplement] | None:
        """The supplement and its case, read afresh, for the one whose application it is."""
        document = self._store.get(SUPPLEMENTS, id) if access.may_have_letters(principal) else None
        if document is None or document.fields["applicant"] != principal.person:
            return None
        case = self._case(document)
        return None if case is None or not access.may_follow(principal, case) else (case, self._read(document))

    def _case(self, document: Document) -> Case | None:
        case = self._store.get("cases", CaseId(str(document.fields["case"])))
        if case is None:
            return None
        self._vault.ring.load([case_key(case), supplement_key(document)])
        return read_case(case, self._vault.sealing)

    def _read(self, document: Document) -> Supplement:
        return read_supplement(document, self._vault.sealing)

    def _draft_id(self, supplement: Supplement) -> DraftId:
        """Each sending has a draft of its own: what was sent is never written in again."""
        return DraftId(self._vault.cipher.index("supply", f"{supplement.id}:{supplement.sendings}"))


def written(answers: Mapping[str, Any], item: str) -> tuple[str, bool]:
    """What a draft says of an item: words, and whether it can not be had."""
    return str(answers.get(f"{item}{_WORDS}") or ""), bool(answers.get(f"{item}{_CANNOT}"))


def writing(answers: Mapping[str, Any], item: str, words: str, *, cannot: bool) -> dict[str, Any]:
    """The answers with that said of the item; its files are left as they are."""
    said = {f"{item}{_WORDS}": words, f"{item}{_CANNOT}": "yes" if cannot else ""}
    return {name: one for name, one in {**answers, **said}.items() if one}


def supplied(supplement: Supplement, answers: Mapping[str, Any]) -> tuple[Supplied, ...]:
    """What a draft sends, item by item, those with nothing left out."""
    found = []
    for item in supplement.items:
        words, cannot = written(answers, item.id)
        files = tuple(FileId(one["id"]) for one in listed(answers, item.id))
        found.append(Supplied(item.id, files, words, cannot=cannot))
    return tuple(one for one in found if one.anything)
