"""What every desk of an installation stands on: keepers, settings, sessions, sealing and the one writer."""

import uuid
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shared.adapters.kept import Kept
from shared.domain.calendar import local_date
from shared.domain.municipality import Municipality, valid_on
from shared.ports.alarms import Alarms
from shared.ports.clock import Clock
from shared.ports.keys import Cipher
from shared.ports.store import Store
from shared.records.day_seals import DaySeals
from shared.records.directory_store import DirectoryStore
from shared.records.sessions import Sessions
from shared.records.vault import Vault
from shared.settings import Settings

if TYPE_CHECKING:
    import httpx2
    from _typeshed.wsgi import WSGIApplication

    from shared.domain.own_law import OwnLaw
    from shared.records.commits import Commits
    from shared.records.deadlines import Deadlines
    from shared.records.directory_writes import DirectoryWrites
    from shared.records.outbox import Outbox
    from shared.records.submissions import Submissions
    from shared.records.trail import Disclosures


def fresh() -> str:
    """A new random id: 32 hex digits of a uuid4."""
    return uuid.uuid4().hex


class Foundations:
    """The keepers and what is built on them for all."""

    def __init__(
        self,
        settings: Settings,
        kept: Kept,
        versions: Sequence[Municipality],
        transport: "httpx2.BaseTransport | None" = None,
    ) -> None:
        self.settings = settings
        self.kept = kept
        self._versions = versions
        self.test_eid: WSGIApplication | None = None
        """The test e-ID, where it stands in this process; who puts it here does so before the first login."""
        self._transport = transport
        self._vault = Vault(kept.store, kept.ring, kept.cipher, kept.clock, settings.tenant, fresh)
        self._seals = DaySeals(kept.store, kept.ring, self._vault.sealing, kept.clock)
        self.directory = DirectoryStore(self._vault, self._base)
        self.sessions = Sessions(kept.store, self._seals, kept.clock, self.directory)
        self.form_secret = kept.secret("forms")

    @property
    def municipality(self) -> Municipality:
        """The municipality as pages show it: the file's version of today with the directory's people."""
        return self.directory.in_use()

    def _base(self) -> Municipality:
        return valid_on(self._versions, local_date(self.clock.now()))

    def _own_law(self) -> "OwnLaw":
        """What the municipality has decided where the law leaves it open, as its file says today."""
        return self._base().law

    @property
    def clock(self) -> Clock:
        """The only source of the present."""
        return self.kept.clock

    @property
    def store(self) -> Store:
        """The store of case data, for health and the alarm runner; pages use the desks."""
        return self.kept.store

    def together(self, *calls: Callable[[], Any]) -> list[Any]:
        """What calls to desks that need nothing of each other's answers give, in their order, as `Store.together`."""
        return self.store.together(*calls)

    @property
    def cipher(self) -> Cipher:
        """Sealing and blind indexes."""
        return self.kept.cipher

    @property
    def alarms(self) -> Alarms:
        """The keeper of wake-up calls."""
        return self.kept.alarms

    @cached_property
    def deadlines(self) -> "Deadlines":
        """The running clocks."""
        from shared.records.deadlines import Deadlines

        return Deadlines(
            self.store,
            self._vault.sealing,
            self.alarms,
            outbox=self._outbox,
            clock=self.clock,
            directory=self.directory,
            fresh=fresh,
        )

    @cached_property
    def _outbox(self) -> "Outbox":
        from shared.records.outbox import Outbox

        return Outbox(self._vault, self.alarms, self.directory)

    @cached_property
    def _submissions(self) -> "Submissions":
        from shared.records.submissions import Submissions

        return Submissions(self._vault)

    @cached_property
    def _disclosures(self) -> "Disclosures":
        from shared.records.trail import Disclosures

        return Disclosures(self._vault)

    @cached_property
    def _commits(self) -> "Commits":
        from shared.records.commits import Commits

        return Commits(self._vault, self._submissions, self.deadlines, self._outbox)

    @cached_property
    def _directory_writes(self) -> "DirectoryWrites":
        from shared.records.directory_writes import DirectoryWrites

        return DirectoryWrites(self._vault, self.directory, self._submissions)

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""
        self.kept.close()
