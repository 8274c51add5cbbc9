"""Sealing and blind indexes with the keys of a ring."""

import hmac
from collections.abc import Sequence
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.adapters.sealed_blobs import seal, unseal
from shared.domain.ids import KeyId

_INDEX_BYTES: Final = 16


class OpenRing(Protocol):
    """What the cipher asks of a key ring."""

    def opened(self, id: KeyId) -> AESGCM:
        """The data key, ready for use; `KeyGone` or `Tampered` when it can not be had."""
        ...

    def standing(self, purpose: str) -> bytes:
        """The installation's lasting secret for `purpose` (32 bytes)."""
        ...


class AesCipher:
    """`Cipher` with AES-256-GCM under the keys of `ring`."""

    def __init__(self, ring: OpenRing) -> None:
        self._ring = ring
        self._index_keys: dict[str, bytes] = {}

    def seal(self, key: KeyId, plain: bytes, place: Sequence[str]) -> bytes:
        """Seal; 30 bytes longer than `plain`."""
        return seal(self._ring.opened(key), plain, place)

    def open(self, key: KeyId, sealed: bytes, place: Sequence[str]) -> bytes:
        """Open, or raise `Tampered` or `KeyGone`."""
        return unseal(self._ring.opened(key), sealed, place)

    def index(self, purpose: str, value: str) -> str:
        """Blind index of a normalised value: equal within a purpose, unrelated between purposes."""
        digest = hmac.digest(self._index_key(purpose), value.encode(), "sha256")
        return digest[:_INDEX_BYTES].hex()

    def _index_key(self, purpose: str) -> bytes:
        key = self._index_keys.get(purpose)
        if key is None:
            key = _derived(self._ring.standing("index"), purpose)
            self._index_keys[purpose] = key
        return key


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"blind index\x00" + purpose.encode()).derive(secret)
