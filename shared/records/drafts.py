"""Drafts: what somebody has written but not sent, sealed with a key of its own that goes with it.

Saving a draft is not case data: no audit entry, no event. A draft of a report belongs to its writer alone, for the
organisation it is written for; a draft of a staff form belongs to the case and is shared by those who may decide it; a
draft of a journal note is its writer's alone.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from shared.domain.ids import CaseId, DraftId, ItemId, KeyId, StaffId
from shared.domain.principals import Principal
from shared.domain.queries import DRAFTS_OF_OWNER
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import AlreadyExists, Delete, Document, Unavailable, Value, Write
from shared.records.rows import Row
from shared.records.sealing import Sealing
from shared.records.vault import Vault

REPORT: Final = "report"
STAFF_FORM: Final = "staff_form"
APPLICATION: Final = "application"
OWN_FILE: Final = "own_file"
SUPPLY: Final = "supply"
LIFE: Final[Mapping[str, timedelta]] = {
    REPORT: timedelta(days=7),
    STAFF_FORM: timedelta(days=30),
    APPLICATION: timedelta(days=30),
    OWN_FILE: timedelta(days=30),
    SUPPLY: timedelta(days=30),
}
"""How long a draft is kept after it was last saved (the board's own decision; a professional's report 7 days)."""

MOST: Final = 20
"""As many reports as somebody may be writing at a time, or applications: enough for anybody, too few to fill it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. `answers` lie sealed.

    `owner` is a `report_owner` (REPORT), an `applicant` (APPLICATION), an `own_file_owner` (OWN_FILE), a `supplier`
    (SUPPLY), a case id or the owner of a `note_draft` (STAFF_FORM). `form` is the supplement's id in a SUPPLY.
    """

    id: DraftId
    rev: int
    kind: str
    owner: str
    key: KeyId
    form: str
    version: str
    saved_at: datetime
    expires_at: datetime
    saved_by: str = ""
    about: str = ""
    """The id of what it is about, for example the decision that is appealed; empty for what stands alone."""
    answers: Mapping[str, Any] = field(default_factory=dict)


class Drafts:
    """Keeps drafts; a foreign or expired draft is answered as if it did not exist."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock

    def begin(
        self,
        kind: str,
        id: DraftId,
        owner: str,
        *,
        form: str,
        version: str,
        answers: Mapping[str, Any],
        by: str = "",
        about: str = "",
    ) -> Draft:
        """A new stored draft with a new key; raises `AlreadyExists` when the id is a living draft's."""
        key = self._ring.create(f"draft:{owner}", Retention.DRAFTS)
        now = self._clock.now()
        draft = Draft(id, 0, kind, owner, key, form, version, now, now + LIFE[kind], by, about, answers)
        try:
            self._store.commit([self._write(draft)])
        except AlreadyExists:
            return self._in_place_of_a_dead_one(draft)
        return replace(draft, rev=1)

    def find(self, id: DraftId, owner: str) -> Draft | None:
        """The owner's draft, or None. One read."""
        document = self._store.get("drafts", id)
        if document is None or document.fields["owner"] != owner:
            return None
        if _clear(document).expires_at <= self._clock.now():
            return None
        try:
            return self._read(document)
        except KeyGone:
            return None  # dropped between our reading and our opening: the key goes with the draft

    def of(self, owner: str, most: int = DRAFTS_OF_OWNER.page) -> list[Draft]:
        """The owner's drafts, newest first, without their answers opened; at most one page, and at most `most`."""
        page = self._store.query(DRAFTS_OF_OWNER, {"owner": owner}, limit=most)
        now = self._clock.now()
        return [one for one in map(_clear, page.documents) if one.expires_at > now]

    def full(self, owner: str, kind: str = REPORT) -> bool:
        """Whether the owner is writing as many as anybody may at a time. One read until there are that many."""
        since = self._clock.now() - LIFE[kind]
        begun = self._store.count(DRAFTS_OF_OWNER, {"owner": owner}, cap=MOST, start=since)
        return begun >= MOST and len(self.of(owner)) >= MOST  # those that were sent just now are no drafts any more

    def save(self, draft: Draft, answers: Mapping[str, Any], by: str = "") -> Draft:
        """The draft with new answers; raises `Conflict` when somebody saved it since it was read."""
        saved, write = self.saving(draft, answers, by)
        self._store.commit([write])
        return saved

    def saving(self, draft: Draft, answers: Mapping[str, Any], by: str = "") -> tuple[Draft, Write]:
        """The same as a write that goes into a batch, and the draft as it is when that is written."""
        now = self._clock.now()
        saved = replace(draft, answers=answers, saved_at=now, expires_at=now + LIFE[draft.kind], saved_by=by)
        return replace(saved, rev=draft.rev + 1), self._write(saved)

    def drop(self, draft: Draft) -> None:
        """The draft and its key are gone; a second call does nothing."""
        self._ring.erase(draft.key)
        try:
            self._store.commit([Delete("drafts", draft.id)])
        except Unavailable:
            if self._store.get("drafts", draft.id) is not None:
                raise

    def _in_place_of_a_dead_one(self, draft: Draft) -> Draft:
        """Write over an expired draft that no sweep has reached: nobody finds it, and it must be in nobody's way."""
        there = self._store.get("drafts", draft.id)
        if there is not None and there.fields["key"] == draft.key:
            return replace(draft, rev=there.rev)  # a keeper that sends a lost write again was answered by its own
        if there is None or self.find(draft.id, str(there.fields["owner"])) is not None:
            self._ring.erase(draft.key)  # it has sealed nothing that was written
            raise AlreadyExists(draft.id)
        self._store.commit([self._write(replace(draft, rev=there.rev))])
        self._ring.erase(KeyId(str(there.fields["key"])))
        return replace(draft, rev=there.rev + 1)

    def _write(self, draft: Draft) -> Write:
        return _row(draft, {"answers": draft.answers}).write(self._sealing)

    def _read(self, document: Document) -> Draft:
        draft = _clear(document)
        return replace(draft, answers=self._sealing.open(document, draft.key, ("answers",))["answers"])


def spent(draft: Draft, sealing: Sealing, now: datetime) -> Write:
    """What stays of a draft in the batch that sends it: no answers, and word for the sweep that its key can go.

    The key is erased within minutes, whatever happens to the process that sent the draft.
    """
    return _row(replace(draft, expires_at=now), {}).write(sealing)


def report_owner(principal: Principal) -> str:
    """Whose a draft of a report is: the writer's, for the organisation it is written for and no later one."""
    if principal.person is None:
        raise ValueError("no person")
    return f"{principal.person}.{principal.organisation}"


def note_draft(case: CaseId, by: StaffId, form: str) -> tuple[DraftId, str]:
    """Id and owner of the note that somebody is writing in a case: two who write at a time are in nobody's way."""
    who = hashlib.sha256(by.encode()).hexdigest()[:16]
    return DraftId(f"{case}-{form}-{who}"), f"{case}.{by}"


def applicant(principal: Principal) -> str:
    """Whose a draft of an application is: the private person's, and never that of the same person at work."""
    if principal.person is None:
        raise ValueError("no person")
    return f"{principal.person}.private"


def supplier(principal: Principal) -> str:
    """Whose a draft of what is sent to a supplement is: the private person's, and in no list of drafts."""
    return f"{applicant(principal)}.supply"


def own_file_owner(principal: Principal) -> str:
    """Whose a draft of what is said of an own file is: the private person's, and apart from what they apply for."""
    return f"{applicant(principal)}.file"


def own_file_draft(fresh: str, note: ItemId | None) -> DraftId:
    """The id of a draft that begins with `fresh`: it names the note that it is about, if it is about one."""
    return DraftId(f"{fresh}-{note}" if note else fresh)


def note_of(draft: DraftId) -> ItemId | None:
    """The note that a draft of what is said of an own file is about, or None for the file itself."""
    return ItemId(draft.partition("-")[2]) if "-" in draft else None


def staff_form_id(case: CaseId, form: str) -> DraftId:
    """The one draft of a staff form in a case, so that a colleague finds what was begun."""
    return DraftId(f"{case}-{form}")


def _row(draft: Draft, sealed: Mapping[str, Any]) -> Row:
    clear: dict[str, Value] = {
        "kind": draft.kind,
        "owner": draft.owner,
        "form": draft.form,
        "version": draft.version,
        "saved_at": draft.saved_at,
        "saved_by": draft.saved_by,
        "expires_at": draft.expires_at,
        **({"about": draft.about} if draft.about else {}),
    }
    return Row("drafts", draft.id, draft.rev, clear, draft.key, sealed)


def _clear(document: Document) -> Draft:
    fields: Any = document.fields
    return Draft(
        id=DraftId(document.id),
        rev=document.rev,
        kind=fields["kind"],
        owner=fields["owner"],
        key=KeyId(fields["key"]),
        form=fields["form"],
        version=fields["version"],
        saved_at=fields["saved_at"],
        expires_at=fields["expires_at"],
        saved_by=fields["saved_by"],
        about=fields.get("about", ""),
    )
