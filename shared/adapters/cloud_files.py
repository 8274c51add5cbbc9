"""Files in one bucket of Cloud Storage, sealed, one object each: there whole or not there, and never over another.

Sources: cloud.google.com/storage/docs/resumable-uploads (nothing is to be seen before the last piece has come) and
/docs/request-preconditions (generation 0: there must be none yet).
"""

import base64
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any, Final

from shared import log
from shared.adapters.file_places import checked_id, file_place, ids_among
from shared.adapters.sealed_chunks import Counted, opened_chunks, sealed_chunks
from shared.domain.ids import FileId, KeyId
from shared.ports.files import MOST_KEPT
from shared.ports.keys import Cipher
from shared.ports.store import AlreadyExists, NotFound, Unavailable

PIECE: Final = 4 * 1024 * 1024
"""Bytes that one request carries."""
PATIENCE: Final = 6.0
"""Seconds for one request, tries and pauses included, besides the last try."""
WHOLE: Final = 20.0
"""Seconds after which no further piece of a file is sent."""
TRY: Final = (2.0, 4.0)
"""Seconds for connecting and sending, and for an answer."""
_FOLDER: Final = "files/"
_MARK: Final = "written-by"
_TRACES: Final = "_bucket_metadata_cache"
"""By it the client would ask about the bucket in a thread of its own, for traces that nobody keeps."""


class CloudFiles:
    """`Files` in `bucket`, as the account of `credentials`; connected when the first file is asked for.

    `address` stands in for Cloud Storage's in tests.
    """

    def __init__(
        self,
        bucket: str,
        cipher: Cipher,
        tenant: str,
        credentials: Any,
        address: str = "",
        *,
        patience: float = PATIENCE,
        whole: float = WHOLE,
        try_s: tuple[float, float] = TRY,
    ) -> None:
        self._name = bucket
        self._cipher = cipher
        self._tenant = tenant
        self._credentials = credentials
        self._address = address
        self._patience = patience
        self._whole = whole
        self._try_s = try_s
        self._lock = Lock()
        self._client: Any = None
        self._closed = False

    def write(self, id: FileId, key: KeyId, content: Iterable[bytes]) -> int:
        """Seal and keep the content; how many bytes it is. Kept by Cloud Storage, and whole, on return."""
        plain = Counted(content)
        chunks = sealed_chunks(self._cipher, key, file_place(self._tenant, checked_id(id)), plain)
        sent = _Sent(chunks, monotonic() + self._whole)
        found, mark = self._object(id), secrets.token_hex(12)
        found.metadata = {_MARK: mark}
        try:
            found.upload_from_file(
                sent,
                content_type="application/octet-stream",
                if_generation_match=0,
                checksum=None,  # the library would delete without a limit of time; it is compared below
                **self._bounds(),
            )
        except _failures() as error:
            if sent.broke is not None:
                raise sent.broke from None
            found = self._after(error, id, mark if sent.begun else "")
        if not sent.arrived_as(found):
            self._take_back(found)
            raise Unavailable("The file did not arrive as it was sent.")
        return plain.bytes

    def read(self, id: FileId, key: KeyId) -> Iterator[bytes]:
        """The content in pieces of at most 1 MiB, each checked before it is given."""
        from google.api_core.exceptions import NotFound as NotThere

        file = _Ranges(self._object(id), self._bounds())
        try:
            yield from opened_chunks(self._cipher, key, file_place(self._tenant, id), file)
        except NotThere as error:
            raise NotFound(id) from error
        except _failures() as error:
            raise _unavailable(error) from error

    def delete(self, id: FileId) -> None:
        """Let go of the file. A second call does nothing."""
        from google.api_core.exceptions import NotFound as NotThere

        found = self._object(id)
        try:
            with suppress(NotThere):
                found.delete(**self._bounds())
        except _failures() as error:
            raise _unavailable(error) from error

    def kept(self, after: str = "") -> list[FileId]:
        """The ids of the next 100 files, in their order."""
        start = f"{_FOLDER}{after}0" if after else None  # the first name that could follow
        try:
            found = self._bucket().list_blobs(
                prefix=_FOLDER, start_offset=start, max_results=MOST_KEPT, fields="items(name)", **self._bounds()
            )
            return ids_among(one.name.removeprefix(_FOLDER) for one in found)
        except _failures() as error:
            raise _unavailable(error) from error

    def close(self) -> None:
        """Let go of the connections; a second call does nothing."""
        with self._lock:
            self._closed = True
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _after(self, error: Exception, id: FileId, mark: str) -> Any:
        """The object, when it lies there with our mark although an error was told; otherwise what that means.

        An answer may have been lost: then another try is told that there is an object already, our own. Without a
        mark nothing was sent yet, and nothing can lie there.
        """
        from google.api_core.exceptions import PreconditionFailed

        try:
            found = self._bucket().get_blob(_path(id), **self._bounds()) if mark else None
        except _failures() as silence:
            raise _unavailable(silence) from silence
        if found is not None and (found.metadata or {}).get(_MARK) == mark:
            return found
        if isinstance(error, PreconditionFailed):
            raise AlreadyExists(id) from error
        raise _unavailable(error) from error

    def _take_back(self, found: Any) -> None:
        with suppress(*_failures()):
            found.delete(if_generation_match=found.generation, **self._bounds())

    def _object(self, id: FileId) -> Any:
        return self._bucket().blob(_path(id), chunk_size=PIECE)

    def _bucket(self) -> Any:
        with self._lock:
            if self._closed:
                raise Unavailable("The files are closed.")
            if self._client is None:
                self._client = self._connected()
            return self._client.bucket(self._name)

    def _connected(self) -> Any:
        from google.cloud.storage import Client

        options = {"api_endpoint": self._address} if self._address else None
        client = Client(project=None, credentials=self._credentials, client_options=options)
        setattr(client, _TRACES, None)
        return client

    def _bounds(self) -> dict[str, Any]:
        from google.cloud.storage.retry import DEFAULT_RETRY

        retry = DEFAULT_RETRY.with_delay(initial=0.1, maximum=1.0, multiplier=2.0).with_timeout(self._patience)
        return {"retry": retry, "timeout": self._try_s}


class _Sent:
    """The sealed chunks as a file that is read once; `broke` is what stopped them, when it was not the network."""

    def __init__(self, chunks: Iterator[bytes], until: float) -> None:
        self.broke: Exception | None = None
        self._chunks = chunks
        self._until = until
        self._waiting = bytearray()
        self._given = 0
        self._crc = 0

    @property
    def begun(self) -> bool:
        """Whether anything has been read."""
        return self._given > 0

    def tell(self) -> int:
        """How much has been read."""
        return self._given

    def read(self, count: int) -> bytes:
        """The next `count` bytes; fewer at the end."""
        import google_crc32c

        try:
            self._gather(count)
        except Exception as error:
            self.broke = error
            raise
        piece = bytes(self._waiting[:count])
        del self._waiting[:count]
        self._given += len(piece)
        self._crc = int(google_crc32c.extend(self._crc, piece))
        return piece

    def arrived_as(self, found: Any) -> bool:
        """Whether the object holds exactly what was read here, by its length and CRC32C."""
        told = base64.b64encode(self._crc.to_bytes(4, "big")).decode()
        return bool(found.size == self._given and found.crc32c == told)

    def _gather(self, count: int) -> None:
        while len(self._waiting) < count and (chunk := next(self._chunks, b"")):
            self._waiting += chunk
        if self._given and monotonic() > self._until:
            raise Unavailable("The file takes too long to send.")


class _Ranges:
    """An object as a file that is read once, piece by piece."""

    def __init__(self, found: Any, bounds: dict[str, Any]) -> None:
        self._found = found
        self._bounds = bounds
        self._waiting = bytearray()
        self._at = 0
        self._ended = False

    def read(self, count: int) -> bytes:
        """The next `count` bytes; fewer at the end."""
        while len(self._waiting) < count and not self._ended:
            piece = self._fetched()
            self._waiting += piece
            self._at += len(piece)
            self._ended = len(piece) < PIECE
        given = bytes(self._waiting[:count])
        del self._waiting[:count]
        return given

    def _fetched(self) -> bytes:
        from google.api_core.exceptions import RequestRangeNotSatisfiable

        try:
            piece: bytes = self._found.download_as_bytes(
                start=self._at, end=self._at + PIECE - 1, raw_download=True, checksum=None, **self._bounds
            )
        except RequestRangeNotSatisfiable:
            return b""
        return piece


def _path(id: FileId) -> str:
    return f"{_FOLDER}{checked_id(id)}"


def _failures() -> tuple[type[Exception], ...]:
    """Everything the library is known to raise when the network or Cloud Storage does not do as asked."""
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError
    from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
    from requests import RequestException
    from urllib3.exceptions import HTTPError

    return (GoogleAPIError, GoogleAuthError, DataCorruption, InvalidResponse, RequestException, HTTPError, OSError)


def _unavailable(error: Exception) -> Unavailable:
    """What the page is told; a refusal that no waiting mends is told to a person as well."""
    code = getattr(error, "code", None)
    if isinstance(code, int) and code in {400, 401, 403, 404}:
        log.alarm("files.misconfigured", code=code)
    return Unavailable("Cloud Storage did not do it.")
