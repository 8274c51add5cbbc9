"""The scanner speaks clamd's language; whatever goes wrong, a file is unknown and never clean."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from shared.adapters.clamd_scanner import ClamdScanner
from shared.domain.received_files import Verdict

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def received(line: socket.socket) -> bytes:
    """What a client streams, as clamd's manual describes INSTREAM."""
    file = line.makefile("rb")
    assert file.read(10) == b"zINSTREAM\0"
    content = b""
    while length := struct.unpack(">I", file.read(4))[0]:
        content += file.read(length)
    return content


def judge(line: socket.socket) -> None:
    line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in received(line) else b"stream: OK\0")


def saying(words: bytes) -> Callable[[socket.socket], None]:
    def answer(line: socket.socket) -> None:
        received(line)
        line.sendall(words)

    return answer


@contextmanager
def clamd(answer: Callable[[socket.socket], None], at: Path | None = None) -> Iterator[str]:
    """The address of a daemon that treats one caller this way."""
    with socket.socket(socket.AF_UNIX if at else socket.AF_INET) as door:
        door.bind(str(at) if at else ("127.0.0.1", 0))
        door.listen()

        def serve() -> None:
            line, _ = door.accept()
            with line:
                answer(line)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"unix://{at}" if at else f"tcp://127.0.0.1:{door.getsockname()[1]}"
        thread.join(5)


@pytest.mark.parametrize("content", [b"", b"x", bytes(1_000_000)], ids=len)
def test_a_clean_file_is_clean(content: bytes) -> None:
    with clamd(judge) as address:
        assert ClamdScanner(address).scan(content) is Verdict.CLEAN


def test_an_infected_file_is_infected_wherever_the_infection_lies() -> None:
    with clamd(judge) as address:
        assert ClamdScanner(address).scan(bytes(262_140) + EICAR + bytes(5)) is Verdict.INFECTED


def test_a_daemon_on_the_same_machine_is_asked_by_its_socket(tmp_path: Path) -> None:
    with clamd(judge, tmp_path / "clamd") as address:
        assert ClamdScanner(address).scan(EICAR) is Verdict.INFECTED


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"stream: OK",
        b"\0",
        b"OK\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: lstat() failed ERROR\0",
        b"stream: OK FOUND OK\0",
        b"stream: ok\0",
        b"stream: OK\n\0",
        b"x" * 10_000,
        b"HTTP/1.1 200 OK\r\n\r\n\0",
    ],
    ids=repr,
)
def test_what_is_not_a_clear_answer_is_none(words: bytes) -> None:
    with clamd(saying(words)) as address:
        assert ClamdScanner(address).scan(b"x") is Verdict.UNKNOWN


def test_a_daemon_that_hangs_up_has_not_answered() -> None:
    with clamd(lambda line: line.close()) as address:
        assert ClamdScanner(address).scan(bytes(5_000_000)) is Verdict.UNKNOWN


def test_a_daemon_that_is_not_there_has_not_answered(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"

        assert ClamdScanner(address).scan(b"x") is Verdict.UNKNOWN
    assert ClamdScanner(f"unix://{tmp_path}/none").scan(b"x") is Verdict.UNKNOWN


def test_a_daemon_that_answers_drop_by_drop_is_not_waited_for() -> None:
    over = Event()

    def drip(line: socket.socket) -> None:
        received(line)
        while not over.wait(0.1):
            line.sendall(b"s")

    with clamd(drip) as address:
        began = monotonic()
        verdict = ClamdScanner(address, seconds=0.5).scan(b"x")
        took = monotonic() - began
        over.set()

    assert verdict is Verdict.UNKNOWN
    assert took < 2


def test_a_daemon_that_stops_listening_is_not_waited_for() -> None:
    over = Event()
    with clamd(lambda _: assert_over(over)) as address:
        began = monotonic()
        verdict = ClamdScanner(address, seconds=0.5).scan(bytes(20_000_000))
        took = monotonic() - began
        over.set()

    assert verdict is Verdict.UNKNOWN
    assert took < 2


def assert_over(over: Event) -> None:
    assert over.wait(10)


@pytest.mark.parametrize("address", ["", "clamd", "tcp://clamd", "tcp://:3310", "unix:", "http://clamd:3310"])
def test_an_address_that_is_none_is_told_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="scanner"):
        ClamdScanner(address)
