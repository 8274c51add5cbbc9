"""Writes that a file of a case was stopped after it was received."""

import hashlib

from shared import log
from shared.domain import stopped_files
from shared.domain.appeal_items import Appeal
from shared.domain.applications import Application
from shared.domain.attachments import Attachment
from shared.domain.cases import Case
from shared.domain.ids import CaseId, SubmissionId
from shared.domain.queries import APPEALS_OF_CASE
from shared.domain.reports import Report
from shared.ports.keys import KeyGone, Tampered
from shared.ports.store import Document
from shared.records.appeal_rows import read_appeal
from shared.records.application_rows import APPLICATIONS, read_application
from shared.records.case_rows import case_key, read_case
from shared.records.commits import Commits
from shared.records.directory_store import DirectoryStore
from shared.records.ended_cases import tended
from shared.records.item_rows import read_report
from shared.records.submissions import Submission
from shared.records.vault import Vault


class StoppedFiles:
    """The sweep's hand in the case."""

    def __init__(self, vault: Vault, commits: Commits, directory: DirectoryStore) -> None:
        self._vault = vault
        self._commits = commits
        self._directory = directory

    def write(self, file: Attachment) -> bool:
        """The refused file, the case's trail and who is told, in one batch; False when no case holds the file.

        `Conflict` when somebody works with the case or the file at this moment: the next run tries again.
        """
        document = self._vault.store.get("cases", file.holder)
        if document is None:
            return False
        self._vault.ring.load([case_key(document)])
        case = tended(read_case(document, self._vault.sealing), self._directory.present())
        here = file.id in case.attachments  # whoever sent it later sees it where it was sent
        sent = self._sent(case, file) if here else None
        change = stopped_files.stop(case, file, sent, now=self._vault.clock.now(), fresh=self._vault.fresh)
        self._commits.commit(change, _once(file), CaseId(document.id))
        return True

    def _sent(self, case: Case, file: Attachment) -> Report | Application | Appeal | None:
        """What the file came with."""
        store, sealing = self._vault.store, self._vault.sealing
        try:
            if case.appeal and (appeal := self._appeal(case, file)):
                return read_appeal(appeal, sealing, "story", "contact")
            if case.report and (report := store.get("reports", case.report)):
                return read_report(report, sealing, "story", "contact")
            if case.application and (application := store.get(APPLICATIONS, case.application)):
                return read_application(application, sealing, "story", "contact", "order")
        except (KeyGone, Tampered) as error:
            log.alarm("report.unreadable", error)
        return None  # the file is stopped all the same

    def _appeal(self, case: Case, file: Attachment) -> Document | None:
        page = self._vault.store.query(APPEALS_OF_CASE, {"case": case.id}, limit=APPEALS_OF_CASE.page)
        sealing = self._vault.sealing
        return next((one for one in page.documents if file.id in read_appeal(one, sealing).files), None)


def _once(file: Attachment) -> Submission:
    """A file is stopped once, whoever sweeps."""
    name = hashlib.sha256(f"stop-file:{file.id}".encode()).hexdigest()[:32]
    return Submission("system", SubmissionId(name), {"file": file.id})
