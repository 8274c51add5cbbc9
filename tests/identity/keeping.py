"""Builders: a store, keys and sessions in memory, and a clock moved by hand."""

from dataclasses import dataclass, field
from pathlib import Path

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.local_keys import DATA_KEYS, LocalKeyRing
from shared.adapters.memory_store import MemoryStore
from shared.adapters.municipality_file import load_municipality
from shared.adapters.sealed_texts import SealedTexts
from shared.app.foundations import fresh
from shared.domain.ids import OrganisationId, PersonIndex, StaffId
from shared.domain.municipality import Municipality
from shared.domain.principals import Kind, Principal
from shared.ports.store import Delete
from shared.records.day_seals import DaySeals
from shared.records.directory_store import DirectoryStore
from shared.records.login_attempts import LoginAttempts
from shared.records.parked_forms import ParkedForms
from shared.records.sealing import Sealing
from shared.records.sessions import Session, Sessions
from shared.records.vault import Vault
from shared.settings import ROOT
from tests.identity.hostile_tokens import Hands

FILE = ROOT / "shared" / "demo" / "exempelkommun.toml"


def municipality(path: Path = FILE) -> Municipality:
    return load_municipality(path)


@dataclass
class Keeping:
    """Everything a session needs, kept in memory."""

    clock: Hands = field(default_factory=Hands)
    store: MemoryStore = field(default_factory=MemoryStore)
    keys: MemoryStore = field(default_factory=MemoryStore)
    municipality: Municipality = field(default_factory=municipality)

    def seals(self) -> DaySeals:
        """Another instance over the same store and keys."""
        ring = LocalKeyRing(self.keys, b"m" * 32, "socialnamnden", self.clock)
        return DaySeals(self.store, ring, Sealing(AesCipher(ring), "socialnamnden"), self.clock)

    def sessions(self, municipality: Municipality | None = None) -> Sessions:
        """Another instance over the same store, maybe with a changed directory."""
        found = municipality or self.municipality
        return Sessions(self.store, self.seals(), self.clock, DirectoryStore(self.vault(), lambda: found))

    def vault(self) -> Vault:
        """Where another instance keeps things."""
        ring = LocalKeyRing(self.keys, b"m" * 32, "socialnamnden", self.clock)
        return Vault(self.store, ring, AesCipher(ring), self.clock, "socialnamnden", fresh)

    def attempts(self) -> LoginAttempts:
        """Logins under way over the same store."""
        seals = SealedTexts(lambda: b"l" * 32, ("socialnamnden", "login attempt"))
        return LoginAttempts(self.store, seals, self.clock)

    def parked(self) -> ParkedForms:
        """Forms of ended logins over the same store."""
        return ParkedForms(self.store, self.seals(), self.sessions(), self.clock)

    def keys_left(self) -> int:
        """How many data keys there are."""
        return sum(1 for collection, _ in self.keys._documents if collection == DATA_KEYS)

    def lose_keys(self) -> None:
        """Every data key is erased, as a sweep of an old day does."""
        lost = [Delete(DATA_KEYS, id) for collection, id in self.keys._documents if collection == DATA_KEYS]
        self.keys.commit(lost)


def counsellor() -> Principal:
    return Principal(
        Kind.REPORTER,
        person=PersonIndex("a" * 32),
        name="Elsa Exempel",
        assurance=3,
        organisation=OrganisationId("exempelskolan"),
    )


def caseworker(staff: str = "anna.exempel") -> Principal:
    return Principal(Kind.STAFF, person=PersonIndex("b" * 32), name="Anna Exempel", assurance=3, staff=StaffId(staff))


def resident() -> Principal:
    return Principal(Kind.RESIDENT, person=PersonIndex("c" * 32), name="Tolvan Exempel", assurance=3)


def living(sessions: Sessions, token: str) -> Session:
    """The session of the token, which must be alive."""
    session = sessions.read(token)
    assert session is not None
    return session
