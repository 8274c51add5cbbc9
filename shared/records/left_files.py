"""Files that wait, and files that were left: scanned again, gone with their draft, and found by their keys.

A file has a key of its own that names it, so that every file is found by walking the keys: one that no draft and no
case has is let go of, as is one that was refused after all.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from shared import log
from shared.domain.attachments import Attachment
from shared.domain.ids import FileId, KeyId
from shared.domain.queries import ATTACHMENTS_TO_SCAN
from shared.domain.received_files import FileState
from shared.ports.files import Files
from shared.ports.keys import KeyGone, Tampered
from shared.ports.store import Conflict, Delete, Document, NotFound
from shared.records.attachment_rows import ATTACHMENTS, attachment_row, read_attachment
from shared.records.attachments import Attachments
from shared.records.received import FILE, ReceivedFiles
from shared.records.stopped_files import StoppedFiles
from shared.records.uploads import UPLOAD, Uploads
from shared.records.vault import Vault

YOUNG: Final = timedelta(days=3)
"""A file that a full disk or a crash kept from its place is missed within so long."""
PATIENCE: Final = 2
"""So many files without an answer from the scanner, and it is not asked about more in this run."""


class LeftFiles:
    """The sweep's hands among the files."""

    def __init__(
        self,
        vault: Vault,
        files: Files,
        received: ReceivedFiles,
        *,
        attachments: Attachments,
        uploads: Uploads,
        stopped: StoppedFiles,
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._files = files
        self._received = received
        self._attachments = attachments
        self._uploads = uploads
        self._stopped = stopped

    def forget(self, draft: str) -> None:
        """Let go of what belonged to a draft that is gone."""
        self._attachments.forget(draft)

    def drop_uploads(self) -> int:
        """Let go of uploads that nobody has finished within a day; how many they were."""
        return self._uploads.sweep()

    def scan(self) -> int:
        """Ask the scanner about files that wait for it, those that have waited longest first; how many were judged."""
        page = self._store.query(ATTACHMENTS_TO_SCAN, {"state": FileState.PENDING.value}, limit=10)
        judged = silent = 0
        for document in page.documents:
            if silent == PATIENCE:
                break
            answered = self._judge(document)
            judged += answered is True
            silent += answered is False
        return judged

    def owns(self, owner: str) -> bool:
        """Whether keys of this owner are keys of files."""
        return owner.startswith((FILE, UPLOAD))

    def keys_of(self, owner: str) -> set[str]:
        """The keys of the owner that something needs."""
        if owner.startswith(UPLOAD):
            return self._uploads.keys_of(owner)
        document = self._store.get(ATTACHMENTS, owner.removeprefix(FILE))
        if document is None or document.fields["state"] == FileState.REFUSED.value or not self._held(document):
            return set()
        self._demand_content(document)
        return {str(document.fields["file_key"])}

    def let_go(self, owner: str) -> None:
        """Let go of the content that lies under a key of the owner, and of what names it when nothing holds it."""
        if owner.startswith(UPLOAD):
            self._uploads.let_go(owner)
            return
        id = owner.removeprefix(FILE)
        document = self._store.get(ATTACHMENTS, id)
        if document is not None and not self._held(document):
            self._store.commit([Delete(ATTACHMENTS, id)])
        self._files.delete(FileId(id))

    def _demand_content(self, document: Document) -> None:
        """Wake a person when the content of a young file is not there: what names it stays."""
        at = document.fields["at"]
        if not isinstance(at, datetime) or self._clock.now() - at > YOUNG:
            return
        try:
            next(self._files.read(FileId(document.id), KeyId(str(document.fields["file_key"]))), b"")
        except (KeyGone, NotFound, Tampered) as error:
            log.alarm("file.missing", error, collection=ATTACHMENTS)

    def _held(self, document: Document) -> bool:
        """Whether what the attachment belongs to is there."""
        holder = str(document.fields["holder"])
        return any(self._store.get(collection, holder) is not None for collection in ("cases", "drafts"))

    def _judge(self, document: Document) -> bool | None:
        """Whether the scanner has answered, None when it could not be asked; a refused file goes after that is written.

        What can not be read goes to the end of the queue: two lost files must not keep all others from the scanner.
        """
        try:
            waiting = read_attachment(document, self._sealing)
        except (KeyGone, Tampered) as error:
            log.alarm("file.unreadable", error, collection=ATTACHMENTS)
            self._let_go_of_unheld(document)
            return None
        try:
            asked, file = True, self._received.scan_again(waiting.file)
        except (KeyGone, NotFound, Tampered) as error:
            log.alarm("file.unreadable", error, collection=ATTACHMENTS)
            asked, file = False, waiting.file
        seen = replace(waiting, file=file, look_at=self._clock.now())
        try:
            self._keep(seen)
        except (Conflict, NotFound):
            return True  # sent or taken away meanwhile: the next run sees it as it is then
        self._drop_refused(seen)
        return seen.file.state is not FileState.PENDING if asked else None

    def _keep(self, seen: Attachment) -> None:
        """Write what the scanner said; when it stops a file of a case, the case's staff and the sender are told."""
        if seen.file.state is not FileState.REFUSED or not self._stopped.write(seen):
            self._store.commit([attachment_row(seen).write(self._sealing)])

    def _let_go_of_unheld(self, document: Document) -> None:
        """A row that nobody can open, of a draft that is gone, is what a crash has left."""
        if not self._held(document):
            self.let_go(f"{FILE}{document.id}")
            self._received.drop(FileId(document.id), KeyId(str(document.fields["file_key"])))

    def _drop_refused(self, seen: Attachment) -> None:
        if seen.file.state is FileState.REFUSED:
            self._received.drop(seen.id, seen.file.key)
