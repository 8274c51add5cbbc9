"""A small SMTP server on this machine that answers as it is told to, and shows what it was given."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Final

from tests.outside.certificate import server_side

CLOSE: Final = "close"
"""Hang up instead of answering."""
SILENT: Final = "silent"
"""Never answer."""


@dataclass(slots=True)
class Received:
    """One conversation: who wrote to whom, what, and whether the line was encrypted and logged in."""

    sender: str = ""
    to: list[str] = field(default_factory=list)
    raw: bytes = b""
    encrypted: bool = False
    login: tuple[str, str] | None = None

    @property
    def message(self) -> EmailMessage:
        """What was given, as a mail client reads it."""
        read = message_from_bytes(self.raw, policy=default)
        assert isinstance(read, EmailMessage)
        return read


@dataclass(slots=True)
class MailServer:
    """`answers` replace the usual answer to a verb (`CONNECT`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `END`);
    a list is used up one by one. `offers` are the extensions it names.
    """

    certificate: Path
    port: int = 0
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    offers: tuple[str, ...] = ("STARTTLS", "AUTH PLAIN")
    received: list[Received] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def answer(self, verb: str, usual: str) -> str:
        """What is said to the verb."""
        told = self.answers.get(verb, usual)
        if isinstance(told, str):
            return told
        return told.pop(0) if told else usual


class _HangUp(Exception):
    """The conversation is over."""


class _Conversation(StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self.got, self.house = Received(), self.server.house
        try:
            self._say("CONNECT", "220 here")
            while line := self.rfile.readline(2048):
                self._follow(line.decode("ascii").strip())
        except (_HangUp, OSError):
            return
        finally:
            for one in (self.rfile, self.wfile, self.request):
                with suppress(OSError):
                    one.close()

    def _follow(self, line: str) -> None:
        verb = line.partition(" ")[0].upper()
        self.house.conversations.append(line if verb != "AUTH" else "AUTH")
        match verb:
            case "EHLO":
                offers = [one for one in self.house.offers if one != "STARTTLS" or not self.got.encrypted]
                lines = ["localhost", *offers]
                self._write("".join(f"250{'-' if one is not lines[-1] else ' '}{one}\r\n" for one in lines))
            case "STARTTLS":
                self._say("STARTTLS", "220 go on")
                self._encrypt()
            case "AUTH":
                _, user, password = base64.b64decode(line.rsplit(maxsplit=1)[-1]).decode().split("\0")
                self.got.login = (user, password)
                self._say("AUTH", "235 welcome")
            case "MAIL":
                self.got.sender = line
                self._say("MAIL", "250 ok")
            case "RCPT":
                self.got.to.append(line.partition("<")[2].partition(">")[0])
                self._say("RCPT", "250 ok")
            case "DATA":
                self._data()
            case "QUIT":
                self._write("221 bye\r\n")
                raise _HangUp
            case _:
                self._write("250 ok\r\n")

    def _data(self) -> None:
        if not self._say("DATA", "354 go on").startswith("354"):
            return
        lines = iter(lambda: self.rfile.readline(65_536), b".\r\n")
        self.got.raw = b"".join(one[1:] if one.startswith(b"..") else one for one in lines)
        self.house.received.append(self.got)
        self._say("END", "250 taken")

    def _encrypt(self) -> None:
        self.rfile.close()
        self.wfile.close()
        self.request = server_side(self.house.certificate).wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
        self.got.encrypted = True

    def _say(self, verb: str, usual: str) -> str:
        told = self.house.answer(verb, usual)
        if told == SILENT:
            self.house.over.wait(10)
        if told in {SILENT, CLOSE}:
            raise _HangUp
        self._write(f"{told}\r\n")
        return told

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    house: MailServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error here."""


@contextmanager
def mail_server(certificate: Path) -> Iterator[MailServer]:
    """The server, listening on 127.0.0.1 as long as the context lasts."""
    house = MailServer(certificate)
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.house = house
        house.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield house
        finally:
            house.over.set()
            server.shutdown()
            thread.join(5)
