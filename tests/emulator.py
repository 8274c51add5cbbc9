"""The one Firestore emulator of a test run."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from threading import Event
from typing import Final

import pytest

from shared.adapters.firestore_links import FirestoreDatabase
from shared.adapters.firestore_store import FirestoreStore
from tests.loopback import free_port

_LAUNCHER: Final = "platform/cloud-firestore-emulator/cloud_firestore_emulator"
_LONGEST_START_S: Final = 60
FIRESTORE: Final = pytest.param("firestore", marks=[pytest.mark.slow, pytest.mark.emulator])
"""The keeper of the cloud, beside those of `store`."""


def launcher() -> Path | None:
    """The emulator's own program, a part of the Google Cloud CLI; None when it, or the Java it needs, is missing."""
    gcloud = shutil.which("gcloud")
    if gcloud is None or shutil.which("java") is None:
        return None
    program = Path(gcloud).resolve().parent.parent / _LAUNCHER
    return program if program.exists() else None


class Emulator:
    """The emulator on a port of its own; it forgets everything when it stops."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it writes: its first answers take seconds."""
        program = launcher()
        assert program is not None, "the Firestore emulator is missing: see README, tests"
        self._process = subprocess.Popen(
            [program, "start", "--host=127.0.0.1", f"--port={self.port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        _wait_for(self.port)
        warm = FirestoreStore(self.database("warm"), patience=_LONGEST_START_S, try_s=_LONGEST_START_S)
        warm.get("things", "none")
        warm.close()

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def database(self, name: str, port: int | None = None) -> FirestoreDatabase:
        """An empty database for whatever is called `name`; `port` is another way to the same emulator."""
        project = f"p{blake2b(name.encode(), digest_size=10).hexdigest()}"
        return FirestoreDatabase(project, emulator=self.address if port is None else f"127.0.0.1:{port}")


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    """The emulator, started when the first test asks for it."""
    one = Emulator()
    try:
        one.start()
        yield one
    finally:
        one.kill()


def _wait_for(port: int) -> None:
    pause = Event()
    for _ in range(_LONGEST_START_S * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            pause.wait(0.1)
        else:
            return
    raise AssertionError("the Firestore emulator did not start")
