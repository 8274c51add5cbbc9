"""gunicorn for one machine: one worker process that holds the data folder, eight threads, this machine only."""

import os
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from shared import log
from shared.adapters.cannot_open import CannotOpen
from shared.host.quiet import QuietLog
from shared.ports.store import Unavailable
from shared.settings import BadSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ADDRESS: Final = "127.0.0.1"
THREADS: Final = 8
SILENCE_S: Final = 10
"""A client that neither sends nor takes anything for so long is let go, so that it holds no thread."""
LONGEST_S: Final = 30
"""A request that is still sent, or an answer still taken, after so long ends: a client that drips holds no thread."""
_LEAVE_S: Final = 2.0
"""A client may take so long to close in all, however it drips."""
_LEAVE_BYTES: Final = 65536
_LIMITS: Final = {
    "worker_connections": 200,
    "backlog": 200,
    "limit_request_line": 4094,
    "limit_request_fields": 60,
    "limit_request_field_size": 8190,
    "timeout": 30,
    "graceful_timeout": 5,
    "keepalive": 5,
}


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, and how to put everything down again."""

    app: "WSGIApplication"
    close: Callable[[], None]


def listen(port: int, silence_s: int = SILENCE_S) -> socket.socket:
    """A socket bound to this machine's loopback address alone; `BadSettings` when the port is not free."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):  # what is accepted inherits them
        listener.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", silence_s, 0))
    try:
        listener.bind((ADDRESS, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise BadSettings(f"Port {port} is not free; choose another with --port.") from error
    return listener


def serve(listener: socket.socket, open_site: Callable[[], Site], greeting: str, longest_s: float = LONGEST_S) -> int:
    """Serve until SIGTERM or Ctrl-C and answer the exit code; the site is opened in the worker process.

    A worker that dies is replaced. One that cannot open the site has said why, and the answer is 2.
    """
    log.start()
    master = os.getpid()
    try:
        _Server(listener, open_site, greeting, longest_s).run()
    except SystemExit as ended:
        if os.getpid() != master:  # the worker leaves through here as well
            raise
        return 2 if ended.code == Arbiter.WORKER_BOOT_ERROR else int(ended.code or 0)
    return 0


_door_closed: Final = Event()
"""Set in a worker that takes in nobody more."""


def restart() -> None:
    """Let this worker finish what it is doing and end; the master starts another, which opens the site anew.

    Returns when the worker takes in nobody more: whoever comes after that meets the new one.
    """
    os.kill(os.getpid(), signal.SIGTERM)
    _door_closed.wait(_LIMITS["graceful_timeout"])


class _Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    def handle_quit(self, sig: int, frame: object) -> None:
        # Ctrl-C reaches master and worker alike; both mean: answer what is under way, then end.
        self.handle_exit(sig, frame)

    def init_process(self) -> None:
        self._begun: dict[Any, float] = {}
        super().init_process()

    def handle(self, conn: Any) -> object:
        self._begun[conn] = monotonic()
        try:
            kept: object = super().handle(conn)
        finally:
            del self._begun[conn]
        if kept is False:
            _take_leave(conn.sock)
        return kept

    def notify(self) -> None:
        # gunicorn's own round, once a second at least, in the thread that no client can hold.
        super().notify()
        for conn, since in self._begun.copy().items():
            if monotonic() - since > self.app.longest_s:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RDWR)

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not self.alive:
            _door_closed.set()

    def run(self) -> None:
        try:
            super().run()
        finally:
            self.app.close()


def _take_leave(connection: socket.socket, elapsed: Callable[[], float] = monotonic) -> None:
    """Wait two seconds at most for the client to close too, so that it reads our last words to the end.

    gunicorn waits as well, but in the one thread that takes everybody in; after this it has nothing to wait for.
    """
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        until = elapsed() + _LEAVE_S
        while (left := until - elapsed()) > 0:
            connection.settimeout(left)
            if not connection.recv(_LEAVE_BYTES):
                break
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    def __init__(self, listener: socket.socket, open_site: Callable[[], Site], greeting: str, longest_s: float) -> None:
        self.longest_s = longest_s
        self._listener = listener
        self._open_site = open_site
        self._greeting = greeting
        self._site: Site | None = None
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            **_LIMITS,
            "bind": f"fd://{self._listener.detach()}",
            "workers": 1,
            "threads": THREADS,
            "worker_class": _Worker,
            "logger_class": QuietLog,
            "accesslog": None,
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "control_socket_disable": True,
            "post_worker_init": self._greet,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> "WSGIApplication":
        try:
            self._site = self._open_site()
        except (BadSettings, CannotOpen, Unavailable) as error:
            print(error, file=sys.stderr)
        except Exception as error:  # noqa: BLE001 - a defect: its message may say too much, its place says enough
            log.alarm("host.not_opened", error)
            print("The house could not be opened; the line above says where it stopped.", file=sys.stderr)
        else:
            return self._site.app
        sys.exit(Arbiter.WORKER_BOOT_ERROR)

    def close(self) -> None:
        """Close the site, if this process has opened it."""
        if self._site is not None:
            self._site.close()

    def _greet(self, worker: Any) -> None:
        if worker.age == 1:
            print(self._greeting, flush=True)
