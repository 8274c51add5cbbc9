"""Builders: a store, keys and sessions in memory, and a clock moved by hand."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.adapters.memory_store import MemoryStore
from shared.adapters.municipality_file import load_municipality
from shared.domain.ids import KeyId, OrganisationId, PersonIndex, StaffId
from shared.domain.municipality import Municipality
from shared.domain.principals import Kind, Principal
from shared.ports import KeyGone, Tampered
from shared.records.day_seals import DaySeals
from shared.records.sealing import Sealing
from shared.records.sessions import Sessions
from shared.settings import ROOT
from tests.identity.hostile_tokens import Hands

FILE = ROOT / "shared" / "demo" / "exempelkommun.toml"


def municipality(path: Path = FILE) -> Municipality:
    return load_municipality(path)


class Ring:
    """A key ring in memory that counts the keys it made."""

    def __init__(self) -> None:
        self.keys: dict[KeyId, bytes] = {}
        self.made = 0

    def create(self, owner: str, retention: str) -> KeyId:
        id = KeyId(secrets.token_hex(16))
        self.keys[id] = AESGCM.generate_key(256)
        self.made += 1
        return id

    def load(self, ids: Sequence[KeyId]) -> None:
        pass

    def prolong(self, id: KeyId, retention: str) -> None:
        pass

    def erase(self, id: KeyId) -> None:
        self.keys.pop(id, None)


class Seals:
    """AES-GCM under the ring's keys."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring

    def seal(self, key: KeyId, plain: bytes, place: Sequence[str]) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + AESGCM(self._ring.keys[key]).encrypt(nonce, plain, repr(place).encode())

    def open(self, key: KeyId, sealed: bytes, place: Sequence[str]) -> bytes:
        if key not in self._ring.keys:
            raise KeyGone(key)
        try:
            return AESGCM(self._ring.keys[key]).decrypt(sealed[:12], sealed[12:], repr(place).encode())
        except InvalidTag as error:
            raise Tampered(place[1]) from error

    def index(self, purpose: str, value: str) -> str:
        return hmac.new(b"test " + purpose.encode(), value.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass
class Keeping:
    """Everything a session needs, kept in memory."""

    clock: Hands = field(default_factory=Hands)
    store: MemoryStore = field(default_factory=MemoryStore)
    ring: Ring = field(default_factory=Ring)
    municipality: Municipality = field(default_factory=municipality)

    @property
    def cipher(self) -> Seals:
        return Seals(self.ring)

    def sessions(self, municipality: Municipality | None = None) -> Sessions:
        """Another instance over the same store, maybe with a changed directory."""
        seals = DaySeals(self.store, self.ring, Sealing(self.cipher, "socialnamnden"), self.clock)
        return Sessions(self.store, seals, self.clock, municipality or self.municipality)


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
