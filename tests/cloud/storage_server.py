"""A Cloud Storage that runs here: the JSON API as the real client speaks it, on loopback, with its preconditions.

Resumable uploads in pieces of 256 KiB that are seen when whole, downloads by range, metadata and deletion. Sources:
cloud.google.com/storage/docs/performing-resumable-uploads, /docs/request-preconditions, /docs/data-validation.
"""

import base64
import json
import re
import socket
import struct
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import google_crc32c

BUCKET: Final = "exempel-files"
QUANTUM: Final = 256 * 1024
_RANGE: Final = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_OBJECT: Final = re.compile(r"/(?:download/)?storage/v1/b/([^/]+)/o/([^/]+)")
_UPLOAD: Final = re.compile(r"/upload/storage/v1/b/([^/]+)/o")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(slots=True)
class Held:
    """One object."""

    content: bytes
    generation: int
    metadata: dict[str, str]


@dataclass(slots=True)
class Session:
    """One upload under way; `done` is the answer once it is whole."""

    name: str
    metadata: dict[str, str]
    none_yet: bool
    received: bytearray = field(default_factory=bytearray)
    done: Reply | None = None


class StorageServer:
    """One bucket. What it does wrong is set while it runs."""

    def __init__(self) -> None:
        self.objects: dict[str, Held] = {}
        self.sessions: dict[str, Session] = {}
        self.asked: list[str] = []
        self.fails: list[int] = []
        """The next requests are answered with these statuses, and nothing is done."""
        self.lost: int = 0
        """So many of the next requests are done, and the connection is reset instead of answered."""
        self.reset_after: list[int] = []
        """The next pieces that are sent are cut off after so many bytes, and the connection is reset."""
        self.spoil: Callable[[bytes], bytes] = lambda content: content
        """What becomes of content on its way to the bucket."""
        self.cut_short = 0
        """So many of the next downloads end in the middle."""
        self._lock = Lock()
        self._generation = 1000
        self._hanging = False
        self._free = Event()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Listen on loopback; the address."""
        with _Listener(self) as server:
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                self._free.set()
                server.shutdown()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Take requests and answer none."""
        self._hanging = True
        try:
            yield
        finally:
            self._hanging = False
            self._free.set()
            self._free = Event()

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        """What a request is answered; None resets the connection."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            self.asked.append(method)
            failing = self.fails.pop(0) if self.fails else 0
        if self._hanging:
            self._free.wait()
            return None
        if failing:
            return _refusal(failing)
        with self._lock:
            reply = self._done(method, parts.path, query, headers, body)
            if self.lost:
                self.lost -= 1
                return None
        return reply

    def persist_part(self, target: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keep what a cut-off piece brought, in whole quanta."""
        session = self.sessions.get(parse_qs(urlsplit(target).query).get("upload_id", [""])[0])
        found = _RANGE.fullmatch(headers.get("content-range", ""))
        if session is not None and found is not None and found[1]:
            _take(session, int(found[1]), body[: len(body) // QUANTUM * QUANTUM])

    def _done(self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Reply:
        upload, held = _UPLOAD.fullmatch(path), _OBJECT.fullmatch(path)
        if upload is not None:
            if upload[1] != BUCKET:
                return _refusal(404)
            if method == "POST":
                return self._begun(query, headers, json.loads(body))
            return self._went_on(self.sessions[query["upload_id"]], headers, body)
        if method == "GET" and path == f"/storage/v1/b/{BUCKET}/o":
            return self._listed(query)
        if held is None or held[1] != BUCKET or unquote(held[2]) not in self.objects:
            return _refusal(404)
        return self._of_object(method, unquote(held[2]), query, headers)

    def _listed(self, query: Mapping[str, str]) -> Reply:
        """cloud.google.com/storage/docs/json_api/v1/objects/list: in order, from startOffset on, with it."""
        names = sorted(one for one in self.objects if one.startswith(query.get("prefix", "")))
        names = [one for one in names if one >= query.get("startOffset", "")]
        found = [{"name": one} for one in names[: int(query["maxResults"])]]
        told: dict[str, Any] = {"items": found} if found else {}
        return Reply(200, {"Content-Type": "application/json"}, json.dumps(told).encode())

    def _begun(self, query: Mapping[str, str], headers: Mapping[str, str], said: dict[str, Any]) -> Reply:
        if query.get("uploadType") != "resumable":
            return _refusal(400)
        none_yet = query.get("ifGenerationMatch") == "0"
        if none_yet and said["name"] in self.objects:
            return _refusal(412)
        id = uuid.uuid4().hex
        self.sessions[id] = Session(said["name"], said.get("metadata", {}), none_yet)
        place = f"http://{headers['host']}/upload/storage/v1/b/{BUCKET}/o?uploadType=resumable&upload_id={id}"
        return Reply(200, {"Location": place})

    def _went_on(self, session: Session, headers: Mapping[str, str], body: bytes) -> Reply:
        if session.done is not None:
            return session.done
        found = _RANGE.fullmatch(headers["content-range"])
        if found is None:
            return _refusal(400)
        whole = None if found[3] == "*" else int(found[3])
        if whole is None and len(body) % QUANTUM:
            return _refusal(400)
        if found[1]:
            _take(session, int(found[1]), body)
        if whole is None or len(session.received) < whole:
            kept = len(session.received)
            return Reply(308, {"Range": f"bytes=0-{kept - 1}"} if kept else {})
        return self._finished(session)

    def _finished(self, session: Session) -> Reply:
        if session.none_yet and session.name in self.objects:
            return _refusal(412)
        self._generation += 1
        held = Held(self.spoil(bytes(session.received)), self._generation, session.metadata)
        self.objects[session.name] = held
        session.done = _described(session.name, held)
        return session.done

    def _of_object(self, method: str, name: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        held = self.objects[name]
        if query.get("ifGenerationMatch", str(held.generation)) != str(held.generation):
            return _refusal(412)
        if method == "DELETE":
            del self.objects[name]
            return Reply(204)
        if query.get("alt") == "media":
            return _ranged(held, headers.get("range", ""))
        return _described(name, held)


def _take(session: Session, start: int, body: bytes) -> None:
    """Bytes that lie here already are passed over; a gap is left for the sender to see."""
    kept = len(session.received)
    if start <= kept:
        session.received += body[kept - start :]


def _ranged(held: Held, asked: str) -> Reply:
    first, last = (int(one) for one in asked.removeprefix("bytes=").split("-"))
    size = len(held.content)
    if first >= size:
        return Reply(416, {"Content-Range": f"bytes */{size}"})
    part = held.content[first : last + 1]
    told = {"Content-Range": f"bytes {first}-{first + len(part) - 1}/{size}", "X-Goog-Hash": f"crc32c={_crc(held)}"}
    return Reply(206, told, part)


def _described(name: str, held: Held) -> Reply:
    told = {
        "kind": "storage#object",
        "name": name,
        "bucket": BUCKET,
        "size": str(len(held.content)),
        "generation": str(held.generation),
        "metageneration": "1",
        "crc32c": _crc(held),
        "metadata": held.metadata,
    }
    return Reply(200, {"Content-Type": "application/json"}, json.dumps(told).encode())


def _crc(held: Held) -> str:
    return base64.b64encode(int(google_crc32c.value(held.content)).to_bytes(4, "big")).decode()


def _refusal(status: int) -> Reply:
    words = json.dumps({"error": {"code": status, "message": "as documented"}}).encode()
    return Reply(status, {"Content-Type": "application/json"}, words)


class _Listener(ThreadingHTTPServer):
    """Listens for one `StorageServer`."""

    daemon_threads = True

    def __init__(self, storage: StorageServer) -> None:
        self.storage = storage
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def handle(self) -> None:
        with suppress(OSError):  # a caller who has hung up
            super().handle()

    def _any(self) -> None:
        storage = self.server.storage
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.command == "PUT" and storage.reset_after:
            part = self.rfile.read(min(storage.reset_after.pop(0), length))
            storage.persist_part(self.path, headers, part)
            self._reset()
            return
        reply = storage.answer(self.command, self.path, headers, self.rfile.read(length))
        if reply is None:
            self._reset()
        else:
            self._send(reply)

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 (the names that the base class asks for)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.status == 206 and self.server.storage.cut_short:
            self.server.storage.cut_short -= 1
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self._reset()
        else:
            self.wfile.write(reply.body)

    def _reset(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
