"""Texts that leave the house for a while: nobody else can read them, and they come back for one purpose only."""

import base64
from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.adapters.sealed_blobs import seal, unseal
from shared.ports.keys import Tampered


class SealedTexts:
    """Seals under the 32 bytes that `secret` gives, asked once when first needed; `place` says what for."""

    def __init__(self, secret: Callable[[], bytes], place: Sequence[str]) -> None:
        self._secret = secret
        self._place = tuple(place)
        self._made: AESGCM | None = None

    def seal(self, plain: bytes) -> str:
        """`plain` sealed, in letters that may stand in a cookie or an address."""
        return base64.urlsafe_b64encode(seal(self._key(), plain, self._place)).decode().rstrip("=")

    def open(self, sealed: str) -> bytes:
        """What was sealed; `Tampered` when it was changed, or is not ours or not for this purpose."""
        try:
            blob = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars="-_", validate=True)
        except ValueError as error:
            raise Tampered("A sealed text has an unknown form.") from error
        return unseal(self._key(), blob, self._place)

    def _key(self) -> AESGCM:
        if self._made is None:
            self._made = AESGCM(self._secret())
        return self._made
