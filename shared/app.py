"""The composition root: the one place where keepers are chosen and the rooms are wired to each other."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from shared.adapters.alarm_tokens import AlarmTokens
from shared.adapters.brokers import load_brokers
from shared.adapters.kept import Kept
from shared.adapters.municipality_file import load_municipality
from shared.adapters.oidc import Eid
from shared.domain.municipality import Municipality
from shared.ports import Alarms, Cipher, Clock, Store
from shared.records.casefiles import CaseFiles
from shared.records.caseworker import Caseworker
from shared.records.commits import Commits
from shared.records.day_seals import DaySeals
from shared.records.deadlines import Deadlines
from shared.records.drafts import Drafts
from shared.records.login_attempts import LoginAttempts
from shared.records.parked_forms import ParkedForms
from shared.records.queue import Queue
from shared.records.reporting import Reporting
from shared.records.sessions import Sessions
from shared.records.staff_notices import StaffNotices
from shared.records.submissions import Submissions
from shared.records.sweep import Sweep
from shared.records.trail import Disclosures
from shared.records.vault import Vault
from shared.settings import BadSettings, Keepers, Settings, read

if TYPE_CHECKING:
    import httpx2

    from shared.adapters.typst_pages import Typeset


@dataclass(frozen=True, slots=True)
class House:
    """One running installation: what pages, alarms and the host work with."""

    settings: Settings
    municipality: Municipality
    kept: Kept
    eid: Eid
    attempts: LoginAttempts
    sessions: Sessions
    parked: ParkedForms
    drafts: Drafts
    reporting: Reporting
    files: CaseFiles
    caseworker: Caseworker
    queue: Queue
    notices: StaffNotices
    deadlines: Deadlines
    sweep: Sweep
    tokens: AlarmTokens
    form_secret: bytes

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

    @property
    def typeset(self) -> "Typeset":
        """A typst template and its content as a PDF, or None when it cannot be made."""
        from shared.adapters.typst_pages import typeset

        return typeset

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
    """Wire the rooms to these keepers; `transport` stands in for the network to the e-ID providers in tests."""
    directory = load_municipality(settings.municipality) if municipality is None else municipality
    vault = Vault(kept.store, kept.ring, kept.cipher, kept.clock, settings.tenant, fresh)
    seals = DaySeals(kept.store, kept.ring, vault.sealing, kept.clock)
    sessions = Sessions(kept.store, seals, kept.clock, directory)
    deadlines = Deadlines(kept.store, vault.sealing, kept.alarms, clock=kept.clock, municipality=directory, fresh=fresh)
    submissions, disclosures = Submissions(vault), Disclosures(vault)
    commits, files = Commits(vault, submissions, deadlines), CaseFiles(vault, disclosures)
    return House(
        settings=settings,
        municipality=directory,
        kept=kept,
        eid=Eid(load_brokers(settings), settings, kept.clock, transport),
        attempts=LoginAttempts(kept.store, seals, kept.clock),
        sessions=sessions,
        parked=ParkedForms(kept.store, seals, sessions, kept.clock),
        drafts=Drafts(vault),
        reporting=Reporting(vault, commits, submissions, disclosures),
        files=files,
        caseworker=Caseworker(vault, commits, files),
        queue=Queue(vault),
        notices=StaffNotices(vault),
        deadlines=deadlines,
        sweep=Sweep(kept.store, deadlines, sessions, kept.ring, kept.clock),
        tokens=AlarmTokens(kept.secret("alarms"), kept.clock),
        form_secret=kept.secret("forms"),
    )


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
