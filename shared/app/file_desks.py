"""The desks of what is written and sent along: drafts, and the files that belong to them."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.foundations import Foundations, fresh

if TYPE_CHECKING:
    from shared.ports.files import Scanner
    from shared.records.attachments import Attachments
    from shared.records.drafts import Drafts
    from shared.records.filing import Filing
    from shared.records.received import ReceivedFiles
    from shared.records.uploads import Uploads


class FileDesks(Foundations):
    """Drafts and files on their way."""

    @cached_property
    def drafts(self) -> "Drafts":
        """Answers on their way to be sent."""
        from shared.records.drafts import Drafts

        return Drafts(self._vault)

    @cached_property
    def attachments(self) -> "Attachments":
        """Files of drafts and cases."""
        from shared.records.attachments import Attachments

        return Attachments(self._vault, self.drafts, self._received)

    @cached_property
    def uploads(self) -> "Uploads":
        """Files on their way in parts."""
        from shared.records.uploads import Uploads

        return Uploads(self._vault, self.kept.files, self.attachments)

    @cached_property
    def _filing(self) -> "Filing":
        from shared.records.filing import Filing

        return Filing(self._vault, self._commits, self._submissions)

    @cached_property
    def scanner(self) -> "Scanner":
        """Who knows malware: clamd if the settings name one, a stand-in at stage demo, else nobody, and files wait."""
        if self.settings.scanner:
            from shared.adapters.clamd_scanner import ClamdScanner

            return ClamdScanner(self.settings.scanner)
        if self.settings.demo:
            from shared.adapters.practice_scanner import PracticeScanner

            return PracticeScanner()
        from shared.adapters.absent_scanner import AbsentScanner

        return AbsentScanner()

    @cached_property
    def _received(self) -> "ReceivedFiles":
        from shared.adapters.disarming import Disarmer
        from shared.records.received import ReceivedFiles

        return ReceivedFiles(self.kept.files, self.kept.ring, Disarmer(), self.scanner, fresh)
