"""The desks of what rings: who calls, and the net under the alarms."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks
from shared.ports.alarms import Callers

if TYPE_CHECKING:
    from shared.adapters.alarm_tokens import AlarmTokens
    from shared.records.sweep import Sweep


class AlarmDesks(FileDesks):
    """The sweep, and who may ask for it."""

    @cached_property
    def sweep(self) -> "Sweep":
        """The net under the alarms."""
        from shared.records.lapsed_channels import LapsedChannels
        from shared.records.lapsed_holds import LapsedHolds
        from shared.records.leavers import Leavers
        from shared.records.left_files import LeftFiles
        from shared.records.orphaned_files import OrphanedFiles
        from shared.records.stopped_files import StoppedFiles
        from shared.records.sweep import Sweep

        leavers = Leavers(self._vault, self.directory, self._commits, self._directory_writes)
        left = LeftFiles(
            self._vault,
            self.kept.files,
            self._received,
            attachments=self.attachments,
            uploads=self.uploads,
            stopped=StoppedFiles(self._vault, self._commits, self.directory),
        )
        return Sweep(
            self.store,
            self.deadlines,
            self.sessions,
            self.kept.ring,
            self.clock,
            leavers=leavers,
            files=left,
            orphans=OrphanedFiles(self._vault, self.kept.files),
            holds=LapsedHolds(self._vault),
            channels=LapsedChannels(self._vault),
        )

    @cached_property
    def tokens(self) -> "AlarmTokens":
        """Proof that an alarm of one machine rings, and nobody else."""
        from shared.adapters.alarm_tokens import AlarmTokens

        return AlarmTokens(self.kept.secret("alarms"), self.clock)

    @cached_property
    def callers(self) -> Callers:
        """Who knows the alarm keeper's calls."""
        if not self.settings.tasks_queue:
            return self.tokens
        from shared.adapters.cloud_callers import cloud_callers

        return cloud_callers(self.settings, self.clock, self._transport)
