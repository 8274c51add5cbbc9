"""What was sealed by an earlier version opens in this one: the forms on the disk are fixed."""

import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.sealed_blobs import unseal
from shared.domain.ids import KeyId

SEALED = "0101000102030405060708090a0bcaaa413c6589af3a660a72973ea7ba687aac2ce2307d217ef9f515bf677d7fa197"
"""Sealed with a key of zeros and the nonce 00 01 02 …; checked against another implementation of AES-256-GCM."""


class KnownRing:
    """A ring whose every secret is known."""

    def opened(self, id: KeyId) -> AESGCM:
        return AESGCM(bytes(32))

    def standing(self, purpose: str) -> bytes:
        return bytes(range(32))


def test_a_blob_sealed_long_ago_still_opens() -> None:
    place = ("socialnamnden", "cases", "c1", "core", "1", "1")
    assert unseal(AESGCM(bytes(32)), bytes.fromhex(SEALED), place) == "Barnet är rädd.".encode()


def test_a_blind_index_made_long_ago_is_still_found() -> None:
    extracted = hmac.digest(bytes(32), bytes(range(32)), "sha256")
    key = hmac.digest(extracted, b"blind index\x00person\x01", "sha256")
    assert (
        AesCipher(KnownRing()).index("person", "191212121212") == hmac.digest(key, b"191212121212", "sha256").hex()[:32]
    )
