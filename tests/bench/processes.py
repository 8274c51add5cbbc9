"""Servers of a run: started on a free loopback port, measured as whole process trees, always stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter
from typing import Final

from shared.settings import ROOT
from tests.bench.browsers import ADDRESS, WentWrong

PORTS: Final = range(8200, 8220)
PATIENCE_S: Final = 60.0
_TICK_MS: Final = 1000 / os.sysconf("SC_CLK_TCK")
_POLL_S: Final = 0.002
_REAPED: Final = slice(13, 15)
"""cutime and cstime, of children that have ended, among the words after the name in /proc/PID/stat; in ticks."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `cold_cpu_ms` and `cold_ms` are what it took from its start to the first answer."""

    pid: int
    port: int
    cold_cpu_ms: float
    cold_ms: float

    def cpu_ms(self) -> float:
        """Processor time of the whole tree since its start."""
        return cpu_ms(self.pid)

    def memory_mb(self) -> float:
        """Memory of the whole tree in MB; what processes share is counted once (PSS)."""
        return sum(map(_pss_kb, tree(self.pid))) / 1024


def free_port() -> int:
    """A port of ours that nobody has."""
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ADDRESS, port))
            except OSError:
                continue
            return port
    raise WentWrong("no port is free")


@contextmanager
def served(words: Sequence[str], port: int, path: str, settings: Mapping[str, str], errors: Path) -> Iterator[Server]:
    """`python words` until the context ends; it has answered 200 to `path`. What it complains of goes to `errors`."""
    environment = {**os.environ, **settings}  # noqa: TID251 - handed on to what it starts
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: Python keeps what it has compiled
    begun = perf_counter()
    with errors.open("ab") as complaints:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=complaints
        )
    try:
        _wait(process, port, path, errors)
        yield Server(process.pid, port, cpu_ms(process.pid), (perf_counter() - begun) * 1000)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, errors: Path) -> None:
    ends, pause = monotonic() + PATIENCE_S, Event()
    while monotonic() < ends:
        if process.poll() is not None:
            raise WentWrong(f"the server ended at once: {errors.read_text('utf-8', errors='replace')[-1000:]}")
        if _answers(port, path):
            return
        pause.wait(_POLL_S)
    raise WentWrong("the server does not answer")


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection((ADDRESS, port), PATIENCE_S) as wire:
            wire.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
            first = wire.recv(64)
    except OSError:
        return False
    if not first.startswith(b"HTTP/1.1 200"):
        raise WentWrong(f"{path} answered {first!r}")
    return True


def tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for one in Path("/proc").iterdir():
        if one.name.isdigit() and (words := _stat(int(one.name))):
            children.setdefault(int(words[1]), []).append(int(one.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def cpu_ms(pid: int) -> float:
    """Processor time of the process and its descendants, also those that have ended."""
    return sum(_own_cpu_ms(one) + sum(map(int, _stat(one)[_REAPED])) * _TICK_MS for one in tree(pid))


def _own_cpu_ms(pid: int) -> float:
    """Of all its threads, to the nanosecond: the kernel's clock of the process (clock_getcpuclockid, Linux)."""
    try:
        return time.clock_gettime((~pid << 3) | 2) * 1000
    except OSError:
        return 0.0


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
