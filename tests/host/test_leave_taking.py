"""The end of a connection: the client gets time to read our last words, but never much of a thread's."""

import socket
from collections.abc import Callable

from shared.host.server import _take_leave

GIVES_UP_AFTER_S = 3.0


class Client:
    """A connection whose other end sends a little every `pause` seconds and then closes, on a clock of its own."""

    def __init__(self, pause: float, sends: int) -> None:
        self.passed = 0.0
        self._pause = pause
        self._left = sends
        self._patience = float("inf")

    def elapsed(self) -> float:
        return self.passed

    def settimeout(self, seconds: float) -> None:
        self._patience = seconds

    def shutdown(self, how: int) -> None:
        assert how in {socket.SHUT_RD, socket.SHUT_WR}

    def recv(self, _: int) -> bytes:
        self.passed += min(self._pause, self._patience)
        if self._pause > self._patience:
            raise TimeoutError
        self._left -= 1
        return b"x" if self._left >= 0 else b""


def held(client: Client) -> float:
    """How many seconds the client holds the thread."""
    leave: Callable[..., None] = _take_leave
    leave(client, client.elapsed)
    return client.passed


def test_a_client_that_closes_is_let_go_at_once() -> None:
    assert held(Client(pause=0.01, sends=0)) == 0.01


def test_a_client_that_still_sends_is_listened_to_until_it_closes() -> None:
    assert held(Client(pause=0.001, sends=400)) < 0.5


def test_a_client_that_neither_sends_nor_closes_is_left() -> None:
    assert held(Client(pause=60, sends=1)) <= GIVES_UP_AFTER_S


def test_a_client_that_drips_is_left_as_soon() -> None:
    assert held(Client(pause=0.9, sends=1000)) <= GIVES_UP_AFTER_S
