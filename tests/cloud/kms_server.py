"""A Cloud KMS that runs here: it speaks the real client's gRPC on loopback and refuses what the documentation refuses.

One key with versions, of which the newest wraps; a wrapped blob tells which version did it, and is bound to what was
given with it. Checksums are checked, and given, as cloud.google.com/kms/docs/data-integrity-guidelines says.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any, Final, TypeVar

import google_crc32c
import grpc
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.cloud.kms_v1.types import DecryptRequest, DecryptResponse, EncryptRequest, EncryptResponse

KEY: Final = "projects/exempel/locations/europe-north1/keyRings/troskelfri/cryptoKeys/sealing"
LARGEST: Final = 64 * 1024
_ROOM: Final = 16
_SERVICE: Final = "google.cloud.kms.v1.KeyManagementService"

_Answer = TypeVar("_Answer")


class Refused(Exception):
    """What the service answers instead: status and words."""

    def __init__(self, code: grpc.StatusCode, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class KmsServer:
    """One key. With `fails` it answers the next requests with these statuses; `bend` changes answers on their way."""

    def __init__(self, key: str = KEY) -> None:
        self.key = key
        self.versions = [AESGCM(os.urandom(32))]
        self.disabled: set[int] = set()
        self.asked: list[str] = []
        self.fails: list[grpc.StatusCode] = []
        self.bend: Callable[[Any], None] = lambda answer: None
        self.drop_checksums = False
        """Whether the checksums of requests are lost on their way."""
        self._hanging = False
        self._free = Event()
        self._lock = Lock()

    def rotate(self) -> None:
        """A new version wraps from now on; the old ones still open."""
        self.versions.append(AESGCM(os.urandom(32)))

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[int]:
        """Listen on loopback; the port."""
        server = grpc.server(ThreadPoolExecutor(_ROOM))
        methods = {
            "Encrypt": _method(self._encrypt, EncryptRequest, EncryptResponse),
            "Decrypt": _method(self._decrypt, DecryptRequest, DecryptResponse),
        }
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE, methods),))
        found = server.add_insecure_port(f"127.0.0.1:{port}")
        server.start()
        try:
            yield found
        finally:
            self._free.set()
            server.stop(None).wait()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Take requests and answer none."""
        self._hanging = True
        try:
            yield
        finally:
            self._hanging = False
            self._free.set()

    def _encrypt(self, request: EncryptRequest, context: Any) -> EncryptResponse:
        def wrapped() -> EncryptResponse:
            _check(request.plaintext, request.plaintext_crc32c, "plaintext")
            if len(request.plaintext) > LARGEST:
                raise Refused(grpc.StatusCode.INVALID_ARGUMENT, "plaintext is too large")
            number = len(self.versions)
            nonce = os.urandom(12)
            place = request.additional_authenticated_data
            blob = bytes([number]) + nonce + self._version(number).encrypt(nonce, request.plaintext, place)
            return EncryptResponse(
                name=f"{self.key}/cryptoKeyVersions/{number}",
                ciphertext=blob,
                ciphertext_crc32c=_crc(blob),
                verified_plaintext_crc32c=request.plaintext_crc32c is not None,
                verified_additional_authenticated_data_crc32c=request.additional_authenticated_data_crc32c is not None,
            )

        return self._answered("Encrypt", request, context, wrapped)

    def _decrypt(self, request: DecryptRequest, context: Any) -> DecryptResponse:
        def opened() -> DecryptResponse:
            _check(request.ciphertext, request.ciphertext_crc32c, "ciphertext")
            blob = request.ciphertext
            number = blob[0] if blob else 0
            if not 0 < number <= len(self.versions):
                raise _does_not_open()
            try:
                plain = self._version(number).decrypt(blob[1:13], blob[13:], request.additional_authenticated_data)
            except InvalidTag as error:
                raise _does_not_open() from error
            return DecryptResponse(
                plaintext=plain, plaintext_crc32c=_crc(plain), used_primary=number == len(self.versions)
            )

        return self._answered("Decrypt", request, context, opened)

    def _answered(self, what: str, request: Any, context: Any, work: Callable[[], _Answer]) -> _Answer:
        with self._lock:
            self.asked.append(what)
            failing = self.fails.pop(0) if self.fails else None
        if self._hanging:
            self._free.wait()
        try:
            self._let_in(request, dict(context.invocation_metadata()), failing)
            answer = work()
        except Refused as refused:
            context.abort(refused.code, refused.words)
            raise  # not reached: abort raises
        self.bend(answer)
        return answer

    def _let_in(self, request: Any, metadata: dict[str, str], failing: grpc.StatusCode | None) -> None:
        if failing is not None:
            raise Refused(failing, "as it was told to")
        if request.name != self.key:
            raise Refused(grpc.StatusCode.NOT_FOUND, f"CryptoKey {request.name} not found.")
        if metadata.get("x-goog-request-params") != f"name={request.name}":
            raise Refused(grpc.StatusCode.INVALID_ARGUMENT, "the request does not say where it is to be routed")
        place = request.additional_authenticated_data
        _check(place, request.additional_authenticated_data_crc32c, "additional_authenticated_data")
        if self.drop_checksums:
            for name in ("plaintext_crc32c", "ciphertext_crc32c", "additional_authenticated_data_crc32c"):
                if name in type(request).meta.fields:
                    setattr(request, name, None)

    def _version(self, number: int) -> AESGCM:
        if number in self.disabled:
            words = f"{self.key}/cryptoKeyVersions/{number} is not enabled, current state is: DISABLED."
            raise Refused(grpc.StatusCode.FAILED_PRECONDITION, words)
        return self.versions[number - 1]


def _method(work: Callable[[Any, Any], Any], request: Any, answer: Any) -> grpc.RpcMethodHandler:
    return grpc.unary_unary_rpc_method_handler(
        work, request_deserializer=request.deserialize, response_serializer=answer.serialize
    )


def _crc(content: bytes) -> int:
    return int(google_crc32c.value(content))


def _check(content: bytes, told: int | None, field: str) -> None:
    if told is not None and told != _crc(content):
        words = f"The checksum in field {field}_crc32c did not match the data in field {field}."
        raise Refused(grpc.StatusCode.INVALID_ARGUMENT, words)


def _does_not_open() -> Refused:
    words = "Decryption failed: verify that 'name' refers to the correct CryptoKey."
    return Refused(grpc.StatusCode.INVALID_ARGUMENT, words)
