"""Originals of decisions: made once, after the decision stands; kept sealed; opened by those who may open the case.

A decision never waits for its original: what cannot be made now is made by a later sweep.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias

from shared import log
from shared.domain import access
from shared.domain.appeals import UnknownStatute
from shared.domain.cases import Case
from shared.domain.decision_paper import paper
from shared.domain.decisions import Decision
from shared.domain.ids import CaseId, FileId, ItemId
from shared.domain.municipality import Municipality
from shared.domain.originals import Original, Seen, code_from, spoken
from shared.domain.principals import Principal
from shared.domain.queries import ORIGINALS_OF_CASE
from shared.ports.files import Files
from shared.ports.keys import KeyGone, Tampered
from shared.ports.seals import CannotSeal, SealRefusal, Seals
from shared.ports.store import AlreadyExists, Document, NotFound, StoreError
from shared.records.case_rows import case_key, read_case
from shared.records.investigation_rows import read_any_decision
from shared.records.original_rows import CODE, CODE_SECRET, certificate_row, original_row, read_original
from shared.records.trail import Disclosures
from shared.records.vault import Vault

Paper: TypeAlias = Callable[[Mapping[str, object]], bytes | None]
"""The content of an original as a PDF, or None when it can not be set."""
WHAT: Final = "original"
"""How an opening stands in the disclosure log."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What originals are made with; `address` is where anybody may check one."""

    files: Files
    seals: Seals
    paper: Paper
    municipality: Callable[[], Municipality]
    address: str


class NotMade(Exception):
    """The original can not be made now; it is tried again by the next sweep."""


class Originals:
    """Makes originals, and opens them."""

    def __init__(self, vault: Vault, printing: Printing, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._with = printing
        self._disclosures = disclosures
        self._kept_certificates: set[bytes] = set()

    def make(self, id: ItemId, held: Document | None = None) -> Original | None:
        """The original of this decision, made now unless it is there already; never fails.

        None when it can not be made now: the sweep tries again. `held` is its case, if that has just been read.
        """
        try:
            return self._made(id, held)
        except (StoreError, KeyGone, Tampered, UnknownStatute, LookupError) as error:
            log.alarm("original.not_made", error)
        except NotMade:
            log.warn("original.not_made", error=NotMade.__name__)
        except CannotSeal as error:
            log.warn("original.not_sealed", code=error.reason.value)
        return None

    def make_of(self, case: CaseId) -> Original | None:
        """The same for the case's decision, if it has one."""
        try:
            document = self._store.get("cases", case)
        except StoreError as error:
            log.alarm("original.not_made", error)
            return None
        decision = None if document is None else document.fields["decision"]
        return self.make(ItemId(str(decision)), document) if decision else None

    def refusal(self) -> SealRefusal | None:
        """Why no original can be sealed now, or None."""
        return self._with.seals.refusal(self._clock.now())

    def find(self, id: ItemId) -> Original | None:
        """The original of this decision, or None while it is not made; nothing of its content."""
        document = self._store.get("originals", id)
        return None if document is None else read_original(document)

    def of_case(self, id: CaseId) -> list[Original]:
        """The originals of the case, newest first; nothing of their content."""
        page = self._store.query(ORIGINALS_OF_CASE, {"case": id}, limit=ORIGINALS_OF_CASE.page)
        return [read_original(one) for one in page.documents]

    def open(self, principal: Principal, case: CaseId, id: ItemId) -> tuple[Original, bytes] | None:
        """The original and its bytes for staff who may open the case; the opening is logged first.

        None for everybody else, and when the case has no such original. Raises `Tampered` for anything but the file
        that was sealed.
        """
        document = self._store.get("cases", case)
        if document is None or (found := self.find(id)) is None or found.case != case:
            return None
        self._ring.load([case_key(document)])
        if not access.may_open(principal, read_case(document, self._sealing)):
            return None
        self._disclosures.record(principal, case, WHAT)
        return found, self.content(found)

    def content(self, original: Original) -> bytes:
        """Its bytes. Who may have them has been decided, and logged, by the caller. Raises as `open` does."""
        self._ring.load([original.key])
        content = b"".join(self._with.files.read(original.file, original.key))
        if hashlib.sha256(content).hexdigest() != original.sha256:
            raise Tampered("originals")
        return content

    def _made(self, id: ItemId, held: Document | None) -> Original:
        found, document = self._store.together(
            partial(self._store.get, "originals", id), partial(self._store.get, "decisions", id)
        )
        if found is not None:
            return read_original(found)
        case, decision = self._decided(id, document, held)
        seen = Seen(case.reference, code_from(self._cipher.index(CODE_SECRET, id)))
        file = FileId(id)
        content, sealed_at = self._kept(file, case, decision, seen)
        original = Original(
            id=id,
            rev=0,
            case=case.id,
            file=file,
            key=decision.key,
            reference=seen.reference,
            sha256=hashlib.sha256(content).hexdigest(),
            code=self._cipher.index(CODE, spoken(seen.reference, seen.code)),
            sealed_at=sealed_at,
            covered=self._with.seals.covered(content),
        )
        try:
            self._store.commit([original_row(original)])
        except AlreadyExists:
            return self.find(id) or original  # somebody else has entered the very same file
        log.info("original.made")
        return original

    def _decided(self, id: ItemId, document: Document | None, held: Document | None) -> tuple[Case, Decision]:
        if document is not None:
            held = held or self._store.get("cases", str(document.fields["case"]))
        if document is None or held is None:
            raise LookupError(id)
        self._ring.load([case_key(held), case_key(document)])
        decision = read_any_decision(document, self._sealing)
        if decision is None:
            raise LookupError(id)
        return read_case(held, self._sealing), decision

    def _kept(self, file: FileId, case: Case, decision: Decision, seen: Seen) -> tuple[bytes, datetime]:
        """The sealed file and when it was sealed: the one that lies there, whoever made it, else a new one.

        The first to be written stays, and the instant in its seal with it.
        """
        if left := self._lying(file, decision):
            return left, self._with.seals.sealed_at(left)
        now, seals = self._clock.now(), self._with.seals
        if reason := seals.refusal(now):
            raise CannotSeal(reason)
        town = self._with.municipality()
        unit = town.units.get(case.unit, town.intake)
        made = self._with.paper(paper(decision, case.person, seen, town, unit=unit, address=self._with.address))
        if made is None:
            raise NotMade
        self._remember(seals.certificate())
        sealed = seals.seal(made, now)
        try:
            self._with.files.write(file, decision.key, [sealed])
        except AlreadyExists:
            first = self._lying(file, decision)
            return first, seals.sealed_at(first)
        return sealed, now

    def _lying(self, file: FileId, decision: Decision) -> bytes:
        """What a process that ended too early has left, or nothing."""
        try:
            return b"".join(self._with.files.read(file, decision.key))
        except NotFound:
            return b""

    def _remember(self, certificate: bytes) -> None:
        """Keep the certificate before its first seal, so that the seal is known for ever."""
        if certificate in self._kept_certificates:
            return
        with suppress(AlreadyExists):
            self._store.commit([certificate_row(certificate, self._clock.now())])
        self._kept_certificates.add(certificate)
