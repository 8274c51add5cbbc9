"""The key in Cloud KMS that wraps the master key: it never leaves that service, which logs whom it opens for.

Checksums go both ways (cloud.google.com/kms/docs/data-integrity-guidelines): a bit that turned on its way would
otherwise become a master key that opens nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

from shared.adapters.cannot_open import NoMasterKey
from shared.adapters.sealed_blobs import associated
from shared.ports.store import Unavailable

if TYPE_CHECKING:
    import grpc

PATIENCE: Final = 6.0
"""Seconds for one wrapping or opening, tries and pauses included."""
TRY: Final = 2.0
_PAUSE: Final = 0.2
_TRIES: Final = 3
"""How often an answer is asked for again that may have been spoilt on its way."""
_WHY_NOT: Final = {
    "NotFound": "is not there; look at TROSKELFRI_KMS_KEY",
    "PermissionDenied": "may not be used by this service account",
    "Unauthenticated": "may not be used by this service account",
    "FailedPrecondition": "has a version that is disabled or destroyed; enable or restore it",
    "InvalidArgument": "does not open the master key: another key wrapped it, or for another board, or it was changed",
}

_Answer = TypeVar("_Answer")


class _Spoilt(Exception):
    """An answer does not carry the checksums that belong to it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was wrapped, and whether that was done by the version of the key that wraps today."""

    plain: bytes
    newest: bool


class CloudKms:
    """Wraps and opens with `key` (full name, without a version) as the account of `credentials`.

    Raises `NoMasterKey` with one line when the key refuses, `Unavailable` when the service does not answer in time.
    `channel` stands in for the network in tests.
    """

    def __init__(
        self,
        key: str,
        credentials: Any = None,
        channel: "grpc.Channel | None" = None,
        *,
        patience: float = PATIENCE,
        try_s: float = TRY,
    ) -> None:
        from google.api_core import exceptions
        from google.cloud.kms_v1.services.key_management_service import KeyManagementServiceClient
        from google.cloud.kms_v1.services.key_management_service.transports import KeyManagementServiceGrpcTransport

        transport = KeyManagementServiceGrpcTransport(channel=channel, credentials=credentials)
        self._client = KeyManagementServiceClient(transport=transport)
        self._close: Callable[[], None] = transport.close
        self._key = key
        self._patience = patience
        self._try_s = try_s
        self._closed = Event()
        self._failed = exceptions.GoogleAPICallError
        self._doubtful = (exceptions.InvalidArgument, _Spoilt)
        self._final = (
            exceptions.NotFound,
            exceptions.PermissionDenied,
            exceptions.Unauthenticated,
            exceptions.FailedPrecondition,
        )

    def wrap(self, plain: bytes, place: Sequence[str]) -> bytes:
        """`plain` (at most 64 KiB) wrapped by the key's present version, to be opened for the same `place` only."""
        where = associated(place)
        request = {
            "name": self._key,
            "plaintext": plain,
            "plaintext_crc32c": _crc(plain),
            "additional_authenticated_data": where,
            "additional_authenticated_data_crc32c": _crc(where),
        }

        def wrapped(seconds: float) -> bytes:
            answer = self._client.encrypt(request=request, retry=None, timeout=seconds)
            told = answer.verified_plaintext_crc32c and answer.verified_additional_authenticated_data_crc32c
            ours = answer.name.startswith(f"{self._key}/cryptoKeyVersions/")
            if not (told and ours and answer.ciphertext_crc32c == _crc(answer.ciphertext)):
                raise _Spoilt
            return bytes(answer.ciphertext)

        return self._asked(wrapped)

    def unwrap(self, wrapped: bytes, place: Sequence[str]) -> Opened:
        """What was wrapped, whichever of the key's versions did it."""
        where = associated(place)
        request = {
            "name": self._key,
            "ciphertext": wrapped,
            "ciphertext_crc32c": _crc(wrapped),
            "additional_authenticated_data": where,
            "additional_authenticated_data_crc32c": _crc(where),
        }

        def opened(seconds: float) -> Opened:
            answer = self._client.decrypt(request=request, retry=None, timeout=seconds)
            if answer.plaintext_crc32c != _crc(answer.plaintext):
                raise _Spoilt
            return Opened(bytes(answer.plaintext), bool(answer.used_primary))

        return self._asked(opened)

    def close(self) -> None:
        """Let go of the connection; a second call does nothing."""
        self._closed.set()
        self._close()

    def _asked(self, call: Callable[[float], _Answer]) -> _Answer:
        until, doubts = monotonic() + self._patience, 0
        while (left := until - monotonic()) > 0:
            try:
                return call(min(left, self._try_s))
            except self._final as error:
                raise self._refusal(error) from error
            except self._doubtful as error:
                # Ours, or spoilt on its way to them or to us: another try tells.
                doubts += 1
                if doubts == _TRIES:
                    raise self._refusal(error) from error
            except self._failed:
                pass
            self._closed.wait(min(left, _PAUSE))
        raise Unavailable("The key service did not answer in time.")

    def _refusal(self, error: Exception) -> Exception:
        why = next((_WHY_NOT[one.__name__] for one in type(error).__mro__ if one.__name__ in _WHY_NOT), "")
        if not why:
            return Unavailable("What the key service answers does not arrive whole.")
        return NoMasterKey(f"The key {self._key} {why}.")


def _crc(content: bytes) -> int:
    import google_crc32c

    return int(google_crc32c.value(content))
