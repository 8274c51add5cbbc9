"""What was sent to a case: listed for staff who may open the case, given out clean, and logged first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from shared import log
from shared.domain.attachments import Attachment
from shared.domain.cases import Case
from shared.domain.ids import CaseId, FileId
from shared.domain.principals import Principal
from shared.domain.received_files import FileState
from shared.ports.keys import KeyGone, Tampered
from shared.ports.store import NotFound
from shared.records.attachment_rows import ATTACHMENTS, read_attachment
from shared.records.casefiles import CaseFiles
from shared.records.received import ReceivedFiles
from shared.records.trail import Disclosures
from shared.records.vault import Vault


@dataclass(frozen=True, slots=True)
class Given:
    """A file that is being given out: `content` comes in pieces of at most 1 MiB, each genuine."""

    attachment: Attachment
    content: Iterator[bytes]


class CaseAttachments:
    """The files of cases, as staff see them."""

    def __init__(self, vault: Vault, files: CaseFiles, received: ReceivedFiles, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._files = files
        self._received = received
        self._disclosures = disclosures

    def of(self, case: Case) -> list[Attachment]:
        """The files of a case that was opened, in the order they were sent. One read each."""
        found = self._store.get_many(ATTACHMENTS, case.attachments) if case.attachments else {}
        return [read_attachment(found[id], self._sealing) for id in case.attachments if id in found]

    def give(self, principal: Principal, case: CaseId, id: FileId) -> Given | None:
        """The clean file, written in the disclosure log first; None for everybody who may not open the case.

        None also when no such file belongs to the case, or nobody has found it clean yet. `NotFound` when its content
        is lost.
        """
        opened = self._files.case(principal, case)
        document = None if opened is None else self._store.get(ATTACHMENTS, id)
        if document is None or document.fields["holder"] != case or document.fields["state"] != FileState.CLEAN.value:
            return None
        attachment = read_attachment(document, self._sealing)
        self._disclosures.record(principal, case, f"attachment:{id}")
        return given(self._received, attachment)


def given(received: ReceivedFiles, attachment: Attachment) -> Given:
    """The file that is given out; `NotFound` when its content is lost."""
    pieces = received.content(attachment.file)
    try:
        first = next(pieces, b"")
    except (KeyGone, NotFound, Tampered) as error:
        log.alarm("file.unreadable", error, collection=ATTACHMENTS)
        raise NotFound(attachment.id) from error
    return Given(attachment, chain([first], pieces))
