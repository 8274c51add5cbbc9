"""The server in a process of its own: how it answers, how it ends, and what it survives."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event

import pytest

from shared.adapters.data_folder import DataFolder
from shared.host.server import THREADS
from shared.settings import Settings, Stage
from tests.host.running import PATIENCE_S, Running, running, serving

pytestmark = pytest.mark.slow

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HELLO = """
import sys
from shared.host.server import Site, listen, serve

def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]

sys.exit(serve(listen(int(sys.argv[1]), silence_s=1), lambda: Site(hello, lambda: None), "ready", longest_s=2))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data")) as started:
        yield started


def can_be_opened(data: Path) -> bool:
    """Whether nobody holds the data folder any more."""
    DataFolder(data, Stage.DEMO, Settings().tenant).close()
    return True


def token(answer: str) -> str:
    """The token of the last form on a page."""
    return answer.rpartition('name="csrf_token" value="')[2].partition('"')[0]


# ── Answering ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_says_where_it_answers(server: Running) -> None:
    assert f"http://localhost:{server.port}" in server.greeting
    assert server.ask("/").status == 200


def test_it_answers_on_this_machine_only(server: Running) -> None:
    with socket.socket() as outside, pytest.raises(OSError, match="refused"):
        outside.connect(("127.0.0.2", server.port))


def test_ten_megabytes_of_text_get_a_page_of_ours(server: Running) -> None:
    answer = server.ask("/lokal/klocka", "POST", b"fram=" + b"x" * 10_000_000, FORM)

    assert answer.status == 413
    assert "031-390 06 00" in answer.text


def test_a_body_without_a_length_is_limited_too(server: Running) -> None:
    chunks = (b"x" * 100_000 for _ in range(30))
    answer = server.ask("/lokal/klocka", "POST", chunks, FORM)

    assert answer.status in {403, 413}


def test_what_a_stranger_says_about_forwarding_is_not_believed(server: Running) -> None:
    lies = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}
    answer = server.ask("/hjalp?sprak=sv", headers=lies)

    assert answer.headers["location"] == "/hjalp"


def test_another_host_name_is_not_ours(server: Running) -> None:
    assert server.ask("/", headers={"Host": "evil.example"}).status == 400


# ── Ending ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sigterm_ends_it_without_a_word_and_lets_go_of_the_data(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.ask("/")

        assert server.stop() == (0, "")
    assert can_be_opened(tmp_path)


def test_ctrl_c_reaches_master_and_worker_and_ends_it_the_same_way(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.ask("/")
        os.killpg(server.process.pid, signal.SIGINT)

        assert server.stop() == (0, "")
    assert can_be_opened(tmp_path)


def test_nothing_that_was_asked_for_is_logged(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.ask("/anmal/kvitto/0123456789abcdef0123456789abcdef?namn=Nova")
        server.ask("/finns-inte/197701172392")
        _, said = server.stop()

    lines = [json.loads(line) for line in said.splitlines()]
    assert {line["event"] for line in lines} <= {"page.refused"}
    assert [word for word in ("0123456789abcdef", "Nova", "197701172392", "127.0.0.1") if word in said] == []


# ── Surviving ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_worker_that_is_killed_is_replaced_and_an_operator_hears_of_it(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        page = server.ask("/lokal")
        cookie = {"Cookie": page.headers["set-cookie"].partition(";")[0], **FORM}
        os.kill(server.worker(), signal.SIGKILL)

        assert server.ask("/lokal/klocka", "POST", f"csrf_token={token(page.text)}&fram=1h", cookie).status == 303
        assert "host.worker_died" in server.stop()[1]


def test_all_can_be_thrown_away_while_it_runs(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        page = server.ask("/lokal")
        worker = server.worker()
        cookie = {"Cookie": page.headers["set-cookie"].partition(";")[0], **FORM}
        server.ask("/lokal/klocka", "POST", f"csrf_token={token(page.text)}&fram=14d", cookie)
        clock = tmp_path / "clock"
        assert clock.exists()

        answer = server.ask("/lokal/borja-om", "POST", f"csrf_token={token(page.text)}", cookie)
        assert (answer.status, answer.headers["location"]) == (303, "/lokal?tomt")
        assert "Allt är tomt." in server.ask("/lokal?tomt").text
        assert (clock.exists(), server.worker() != worker) == (False, True)
        assert server.stop() == (0, "")


def test_a_start_with_reset_begins_with_empty_data_once(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    (tmp_path / "clock").write_text("1000000", "ascii")
    with running(tmp_path, "--reset") as server:
        assert not (tmp_path / "clock").exists()
        (tmp_path / "clock").write_text("1000000", "ascii")
        os.kill(server.worker(), signal.SIGKILL)
        server.ask("/")

        assert (tmp_path / "clock").exists()


def test_clients_that_fall_silent_do_not_keep_the_others_waiting() -> None:
    with serving(_HELLO) as server, ExitStack() as stack:
        for _ in range(THREADS):
            half = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S))
            half.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n")

        assert server.ask("/").text == "hello"
        assert server.stop()[1] == ""


def test_clients_that_drip_do_not_keep_the_others_waiting() -> None:
    answered = Event()

    def drip(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as slow, suppress(OSError):
            slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            while not answered.wait(0.2):
                slow.sendall(b"a")

    with serving(_HELLO) as server, ThreadPoolExecutor(THREADS) as slow_clients:
        for _ in range(THREADS):
            slow_clients.submit(drip, server.port)
        try:
            assert server.ask("/").text == "hello"
        finally:
            answered.set()
        assert server.stop()[1] == ""
