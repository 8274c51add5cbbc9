"""The desks of letters: writing them, reading one's own, and posting those on paper."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.staff_desks import StaffDesks

if TYPE_CHECKING:
    from shared.records.inbox import Inbox
    from shared.records.inviting import Inviting
    from shared.records.letters import Letters
    from shared.records.objections import Objections
    from shared.records.own_file import OwnFile
    from shared.records.print_queue import PrintQueue
    from shared.records.sent_files import SentFiles


class LetterDesks(StaffDesks):
    """Letters from the board to people."""

    @cached_property
    def letters(self) -> "Letters":
        """A case's letters, as staff send and read them."""
        from shared.records.letters import Letters

        return Letters(self._vault, self._commits, self.files, self._disclosures, self.register)

    @cached_property
    def inviting(self) -> "Inviting":
        """Meetings that staff invite people of a case to."""
        from shared.records.inviting import Inviting

        return Inviting(
            self._vault, self._submissions, self._outbox, places=self.places, files=self.files, letters=self.letters
        )

    @cached_property
    def inbox(self) -> "Inbox":
        """A private person's own letters."""
        from shared.records.inbox import Inbox

        return Inbox(self._vault, self._commits, self._disclosures)

    @cached_property
    def own_file(self) -> "OwnFile":
        """A private person's own file."""
        from shared.records.own_akt import OwnAkt
        from shared.records.own_file import OwnFile

        own_akt = OwnAkt(self._vault, self.register, self.sessions.number)
        return OwnFile(self._vault, self._disclosures, own_akt)

    @cached_property
    def objections(self) -> "Objections":
        """What people say of their own files."""
        from shared.records.objections import Objections

        return Objections(
            self._vault,
            self._commits,
            self._submissions,
            files=self.files,
            own_file=self.own_file,
            sent_files=self.sent_files,
            disclosures=self._disclosures,
            directory=self.directory,
        )

    @cached_property
    def sent_files(self) -> "SentFiles":
        """The files of what people have said."""
        from shared.records.sent_files import SentFiles

        return SentFiles(self._vault, self._received, self._disclosures)

    @cached_property
    def print_queue(self) -> "PrintQueue":
        """The unit's letters that wait to be printed."""
        from shared.records.print_queue import PrintQueue

        return PrintQueue(self._vault, self._commits, self._disclosures, self.register)
