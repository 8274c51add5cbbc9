"""A wire between a keeper and its server, which a test can slow down, silence or cut."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import Final

_CHUNK: Final = 65536


class Wire:
    """Forwards every connection to `port`. What it does to them is set while it runs."""

    def __init__(self, port: int) -> None:
        self.delay_s = 0.0
        """Seconds that everything which comes back is late."""
        self._to = port
        self._silenced: set[socket.socket] = set()
        self._deaf = False
        self._ends: list[socket.socket] = []
        self._lock = Lock()
        self._closed = Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        Thread(target=self._welcome, daemon=True).start()

    def lose_answers(self) -> None:
        """From now on what is asked arrives and nothing comes back, on the connections there are."""
        with self._lock:
            self._silenced.update(self._ends)

    def go_half_open(self) -> None:
        """The connections there are carry nothing more, and nobody is told."""
        self.lose_answers()
        self._deaf = True

    def cut(self) -> None:
        """Reset the connections there are."""
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Take no more connections."""
        self._closed.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # closing alone would let in one more, who is waited for already
        self._door.close()
        self.cut()

    def _welcome(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                if self._closed.is_set():
                    return
                continue
            with self._lock:
                self._ends += [near, far]
            Thread(target=self._carry, args=(near, far), kwargs={"back": False}, daemon=True).start()
            Thread(target=self._carry, args=(far, near), kwargs={"back": True}, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, *, back: bool) -> None:
        with suppress(OSError), one, other:
            while chunk := one.recv(_CHUNK):
                if back and self.delay_s:
                    self._closed.wait(self.delay_s)
                if one in self._silenced and (back or self._deaf):
                    continue
                other.sendall(chunk)


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    """A wire to a port of this machine, for one test."""
    wire = Wire(port)
    try:
        yield wire
    finally:
        wire.close()
