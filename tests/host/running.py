"""The server as a person starts it: a process of its own, on a free port, with a data folder of its own."""

import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.settings import ROOT
from tests.loopback import free_port

DEMO: Final = {"TROSKELFRI_STAGE": "demo"}
PATIENCE_S: Final = 30


def command(*words: str) -> list[str]:
    """The words that start the server."""
    return [sys.executable, "-m", "shared.host", *words]


def refused(*words: str, env: Mapping[str, str] = DEMO) -> tuple[int, str]:
    """Start what ought not to start: its exit code and what it said on standard error."""
    done = subprocess.run(
        command(*words), check=False, capture_output=True, text=True, env=dict(env), cwd=ROOT, timeout=PATIENCE_S
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by lower-case name, text."""

    status: int
    headers: Mapping[str, str]
    text: str


class Running:
    """One server that answers. It has a process group of its own, as a terminal would give it."""

    def __init__(self, words: Sequence[str], port: int, env: Mapping[str, str] = DEMO) -> None:
        self.port = port
        self.process = subprocess.Popen(
            list(words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(env),
            cwd=ROOT,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.greeting = self.process.stdout.readline().strip()

    def ask(
        self, path: str, method: str = "GET", body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own; an iterable body is sent in chunks."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))  # type: ignore[arg-type]
            found = connection.getresponse()
            named = {name.lower(): value for name, value in found.getheaders()}
            return Answer(found.status, named, found.read().decode())
        finally:
            connection.close()

    def worker(self) -> int:
        """The process id of the worker."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], check=True, capture_output=True, text=True, timeout=PATIENCE_S
        )
        return int(found.stdout)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it: the exit code and everything it has said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        _, said = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, said


@contextmanager
def running(data: Path, *words: str, env: Mapping[str, str] = DEMO) -> Iterator[Running]:
    """The whole installation at stage demo, over `data`."""
    port = free_port()
    with _kept(Running(command("--port", str(port), "--data", str(data), *words), port, env)) as server:
        yield server


@contextmanager
def serving(script: str) -> Iterator[Running]:
    """A small script that serves what it likes on the port it is told as its argument."""
    port = free_port()
    with _kept(Running([sys.executable, "-c", script, str(port)], port)) as server:
        yield server


@contextmanager
def _kept(server: Running) -> Iterator[Running]:
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate(timeout=PATIENCE_S)
