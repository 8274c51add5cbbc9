"""Files that a person sends to a case that is there: handed over from the draft, listed again, given out clean."""

from collections.abc import Sequence
from contextlib import suppress

from shared.domain.attachments import Attachment
from shared.domain.ids import CaseId, FileId
from shared.domain.objection_items import Objection
from shared.domain.principals import Principal
from shared.domain.received_files import FileState
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict
from shared.records.attachment_rows import ATTACHMENTS, read_attachment
from shared.records.case_attachments import Given, given
from shared.records.drafts import Draft
from shared.records.received import ReceivedFiles
from shared.records.trail import Disclosures
from shared.records.vault import Vault


class SentFiles:
    """The files of what a person has said; who may read that is for the caller to have seen."""

    def __init__(self, vault: Vault, received: ReceivedFiles, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._received = received
        self._disclosures = disclosures

    def of_draft(self, draft: Draft, files: Sequence[FileId], retention: Retention) -> list[Attachment]:
        """The draft's files that are sent, their keys kept as long as the case; `Conflict` when one is not there."""
        found = self._store.get_many(ATTACHMENTS, files) if files else {}
        if any(id not in found or found[id].fields["holder"] != draft.id for id in files):
            raise Conflict(ATTACHMENTS)  # taken away on another page
        attached = [read_attachment(found[id], self._sealing) for id in files]
        for one in attached:
            with suppress(KeyGone):  # refused: its row has changed, and the batch is made anew if it has just now
                self._ring.prolong(one.file.key, retention)
        return attached

    def of(self, said: Objection) -> list[Attachment]:
        """What came with it, in the order it was sent. One read each; what it was said in was opened before."""
        found = self._store.get_many(ATTACHMENTS, said.files) if said.files else {}
        return [read_attachment(found[id], self._sealing) for id in said.files if id in found]

    def give(self, principal: Principal, said: Objection, id: FileId) -> Given | None:
        """The clean file, written in the disclosure log first; None when it did not come with this, or waits.

        `NotFound` when its content is lost.
        """
        document = self._store.get(ATTACHMENTS, id) if id in said.files else None
        if document is None or document.fields["state"] != FileState.CLEAN.value:
            return None
        self._disclosures.record(principal, CaseId(said.case), f"own_attachment:{id}")
        return given(self._received, read_attachment(document, self._sealing))
