"""The composition root: the one place where keepers are chosen and the rooms are wired to each other."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from shared.adapters.brokers import load_brokers
from shared.adapters.kept import Kept
from shared.adapters.municipality_file import load_municipality
from shared.domain.municipality import Municipality
from shared.ports import Alarms, Callers, Cipher, Clock, PopulationRegister, Store
from shared.records.day_seals import DaySeals
from shared.records.sessions import Sessions
from shared.records.vault import Vault
from shared.settings import BadSettings, Keepers, Settings, read

if TYPE_CHECKING:
    import httpx2
    from _typeshed.wsgi import WSGIApplication

    from shared.adapters.alarm_tokens import AlarmTokens
    from shared.adapters.oidc import Eid
    from shared.adapters.typst_pages import Typeset
    from shared.records.casefiles import CaseFiles
    from shared.records.caseworker import Caseworker
    from shared.records.commits import Commits
    from shared.records.deadlines import Deadlines
    from shared.records.drafts import Drafts
    from shared.records.families import Families
    from shared.records.login_attempts import LoginAttempts
    from shared.records.parked_forms import ParkedForms
    from shared.records.queue import Queue
    from shared.records.reporting import Reporting
    from shared.records.staff_notices import StaffNotices
    from shared.records.submissions import Submissions
    from shared.records.sweep import Sweep
    from shared.records.trail import Disclosures


class House:
    """One running installation: what pages, alarms and the host work with.

    A desk is built, and its code loaded, by the first who asks for it: a function waits at its cold start for its own
    desks only. Two threads that ask at once may each get one: what a desk
    remembers spares a look, and is never the truth.
    """

    def __init__(
        self,
        settings: Settings,
        kept: Kept,
        municipality: Municipality,
        transport: "httpx2.BaseTransport | None" = None,
    ) -> None:
        self.settings = settings
        self.kept = kept
        self.municipality = municipality
        self.test_eid: WSGIApplication | None = None
        """The test e-ID, where it stands in this process; who puts it here does so before the first login."""
        self._transport = transport
        self._vault = Vault(kept.store, kept.ring, kept.cipher, kept.clock, settings.tenant, fresh)
        self._seals = DaySeals(kept.store, kept.ring, self._vault.sealing, kept.clock)
        self.sessions = Sessions(kept.store, self._seals, kept.clock, municipality)
        self.form_secret = kept.secret("forms")

    @property
    def clock(self) -> Clock:
        """The only source of the present."""
        return self.kept.clock

    @property
    def store(self) -> Store:
        """The store of case data, for health and the alarm runner; pages use the desks."""
        return self.kept.store

    @property
    def cipher(self) -> Cipher:
        """Sealing and blind indexes."""
        return self.kept.cipher

    @property
    def alarms(self) -> Alarms:
        """The keeper of wake-up calls."""
        return self.kept.alarms

    @cached_property
    def eid(self) -> "Eid":
        """Logins at the e-ID providers."""
        from shared.adapters.oidc import Eid

        return Eid(load_brokers(self.settings), self.settings, self.clock, self._transport, self.test_eid)

    @cached_property
    def attempts(self) -> "LoginAttempts":
        """Logins on their way."""
        from shared.adapters.sealed_texts import SealedTexts
        from shared.records.login_attempts import LoginAttempts

        seals = SealedTexts(lambda: self.kept.secret("logins"), (self.settings.tenant, "login attempt"))
        return LoginAttempts(self.store, seals, self.clock)

    @cached_property
    def parked(self) -> "ParkedForms":
        """Forms that were sent when a login had just ended."""
        from shared.records.parked_forms import ParkedForms

        return ParkedForms(self.store, self._seals, self.sessions, self.clock)

    @cached_property
    def drafts(self) -> "Drafts":
        """Answers on their way to be sent."""
        from shared.records.drafts import Drafts

        return Drafts(self._vault)

    @cached_property
    def reporting(self) -> "Reporting":
        """The reporter's desk."""
        from shared.records.reporting import Reporting

        return Reporting(self._vault, self._commits, self._submissions, self._disclosures)

    @cached_property
    def files(self) -> "CaseFiles":
        """Cases as staff read them."""
        from shared.records.casefiles import CaseFiles

        return CaseFiles(self._vault, self._disclosures)

    @cached_property
    def register(self) -> PopulationRegister:
        """The population register: invented families at stage demo, otherwise none is connected yet."""
        if self.settings.demo:
            from shared.adapters.family_file import FamilyFile
            from shared.adapters.timely_register import TimelyRegister

            return TimelyRegister(FamilyFile())
        from shared.adapters.absent_register import AbsentRegister

        return AbsentRegister()

    @cached_property
    def families(self) -> "Families":
        """The child and its guardians as the register knows them."""
        from shared.records.families import Families

        return Families(self._vault, self.files, self._disclosures, self.register)

    @cached_property
    def caseworker(self) -> "Caseworker":
        """The caseworker's desk."""
        from shared.records.caseworker import Caseworker

        return Caseworker(self._vault, self._commits, self.files)

    @cached_property
    def queue(self) -> "Queue":
        """The cases that wait."""
        from shared.records.queue import Queue

        return Queue(self._vault)

    @cached_property
    def notices(self) -> "StaffNotices":
        """What staff are told."""
        from shared.records.staff_notices import StaffNotices

        return StaffNotices(self._vault)

    @cached_property
    def deadlines(self) -> "Deadlines":
        """The running clocks."""
        from shared.records.deadlines import Deadlines

        return Deadlines(
            self.store, self._vault.sealing, self.alarms, clock=self.clock, municipality=self.municipality, fresh=fresh
        )

    @cached_property
    def sweep(self) -> "Sweep":
        """The net under the alarms."""
        from shared.records.sweep import Sweep

        return Sweep(self.store, self.deadlines, self.sessions, self.kept.ring, self.clock)

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

    @property
    def typeset(self) -> "Typeset":
        """A typst template and its content as a PDF, or None when it cannot be made."""
        from shared.adapters.typst_pages import typeset

        return typeset

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

        return Commits(self._vault, self._submissions, self.deadlines)

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""
        self.kept.close()


def open_house(settings: Settings) -> House:
    """Open the keepers that the settings name; raises `BadSettings` or `CannotOpen` with one clear line."""
    if settings.keepers is Keepers.CLOUD:
        raise BadSettings("The cloud keepers are not there yet: TROSKELFRI_KEEPERS must be embedded.")
    from shared.adapters.embedded import open_embedded

    municipality = load_municipality(settings.municipality)
    load_brokers(settings)
    kept = open_embedded(settings)
    return assemble(settings, kept, municipality)


def assemble(
    settings: Settings,
    kept: Kept,
    municipality: Municipality | None = None,
    transport: "httpx2.BaseTransport | None" = None,
) -> House:
    """Wire the rooms to these keepers; `transport` stands in for the network to e-ID providers and Google in tests."""
    directory = load_municipality(settings.municipality) if municipality is None else municipality
    return House(settings, kept, directory, transport)


def fresh() -> str:
    """A new random id: 32 hex digits of a uuid4."""
    return uuid.uuid4().hex


_lock = Lock()
_opened: list[House] = []


def house() -> House:
    """The house of this process, opened from the environment at the first call."""
    with _lock:
        if not _opened:
            _opened.append(open_house(read()))
        return _opened[-1]


@contextmanager
def use(other: House) -> Iterator[House]:
    """Within the context `house()` is this one: for the host, which opens its own, and for tests."""
    with _lock:
        _opened.append(other)
    try:
        yield other
    finally:
        with _lock:
            _opened.remove(other)
