"""Asks clamd, ClamAV's daemon, what it thinks of a file (INSTREAM, over TCP or a socket of the same machine)."""

import socket
import struct
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from shared import log
from shared.domain.received_files import Verdict

SECONDS: Final = 30.0
"""For the whole conversation."""
_CONNECTING: Final = 3.0
_PIECE: Final = 256 * 1024
_LENGTH: Final = struct.Struct(">I")
_LONGEST_ANSWER: Final = 4096


class ClamdScanner:
    """`Scanner` at `address`: `tcp://host:port` or `unix:///path`; raises `ValueError` for any other."""

    def __init__(self, address: str, *, seconds: float = SECONDS) -> None:
        parts = urlsplit(address)
        if not (parts.scheme == "tcp" and parts.hostname and parts.port) and not (
            parts.scheme == "unix" and parts.path
        ):
            raise ValueError("A scanner's address is tcp://host:port or unix:///path.")
        self._host, self._port = parts.hostname or "", parts.port or 0
        self._path = parts.path if parts.scheme == "unix" else ""
        self._seconds = seconds

    def scan(self, content: bytes) -> Verdict:
        """What clamd says; `UNKNOWN` when it is not there, too slow, or says anything but OK and FOUND."""
        try:
            answer = self._ask(content)
        except OSError as error:
            log.warn("scanner.unavailable", error=type(error).__name__)
            return Verdict.UNKNOWN
        if answer == b"stream: OK":
            return Verdict.CLEAN
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            return Verdict.INFECTED
        log.warn("scanner.unclear")
        return Verdict.UNKNOWN

    def _ask(self, content: bytes) -> bytes:
        ends = monotonic() + self._seconds
        with self._connection() as line:
            _send(line, b"zINSTREAM\0", ends)
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                _send(line, _LENGTH.pack(len(piece)) + piece, ends)
            _send(line, _LENGTH.pack(0), ends)
            return _answer(line, ends)

    def _connection(self) -> socket.socket:
        within = min(_CONNECTING, self._seconds)
        if not self._path:
            return socket.create_connection((self._host, self._port), within)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(within)
            line.connect(self._path)
        except OSError:
            line.close()
            raise
        return line


def _send(line: socket.socket, words: bytes, ends: float) -> None:
    line.settimeout(_left(ends))
    line.sendall(words)


def _answer(line: socket.socket, ends: float) -> bytes:
    """What is said up to the closing zero byte; an answer cut short is none."""
    said = b""
    while not said.endswith(b"\0"):
        line.settimeout(_left(ends))
        more = line.recv(_LONGEST_ANSWER)
        said += more
        if not more or len(said) > _LONGEST_ANSWER:
            raise ConnectionError("The scanner did not finish its sentence.")
    return said[:-1]


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError("The scanner takes too long.")
    return left
