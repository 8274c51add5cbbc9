"""The form of everything sealed: `0x01 | algorithm | nonce (12 bytes) | AES-256-GCM ciphertext and tag`."""

import os
import struct
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.ports.keys import Tampered

_HEAD: Final = b"\x01\x01"
"""Version 1 of this form; algorithm 1, AES-256-GCM."""
_NONCE: Final = 12
_TAG: Final = 16


def seal(key: AESGCM, plain: bytes, place: Sequence[str]) -> bytes:
    """`plain` sealed under `key`, to be opened at the same `place` only."""
    nonce = os.urandom(_NONCE)
    return _HEAD + nonce + key.encrypt(nonce, plain, associated(place))


def unseal(key: AESGCM, sealed: bytes, place: Sequence[str]) -> bytes:
    """What was sealed; `Tampered` when a bit of it, its key or its place is another."""
    if len(sealed) < len(_HEAD) + _NONCE + _TAG or sealed[: len(_HEAD)] != _HEAD:
        raise Tampered("A sealed blob has an unknown form.")
    nonce, ciphertext = sealed[2 : 2 + _NONCE], sealed[2 + _NONCE :]
    try:
        return key.decrypt(nonce, ciphertext, associated(place))
    except InvalidTag as error:
        raise Tampered("A sealed blob does not belong here.") from error


def associated(place: Sequence[str]) -> bytes:
    """The head and the parts of `place`, each after its length: ("a|b", "c") never looks like ("a", "b|c")."""
    parts = [part.encode() for part in place]
    return b"".join([_HEAD, struct.pack(">I", len(parts)), *[struct.pack(">I", len(part)) + part for part in parts]])
