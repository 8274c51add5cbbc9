"""The real server as a process of its own, on its own data folder and port, that can be killed and started again."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final

import pytest

from shared.adapters.booking_file import booking_path
from shared.adapters.firestore_links import FirestoreDatabase
from shared.settings import EXAMPLE, ROOT, Keepers, Settings, Stage
from tests.journeys.visitor import Request, Unreached, Visitor, over_the_wire
from tests.loopback import free_port

START_S = 60.0
on_both_keepers: Final = pytest.mark.parametrize(
    "host", ["embedded", pytest.param("cloud", marks=pytest.mark.emulator)], indirect=True
)
"""For the journeys that are made twice: those where the store has most to do (a whole case with its files and its
decision, an application, a meeting, the own file, two who sign at once, weeks of alarms, a server that goes away in the
middle). The others are about what stands on the pages, and are made once.
"""


class RunningHost:
    """`python -m shared.host` at stage demo; what it writes lies in `said`. The quick exit leads to `leave_to`."""

    def __init__(self, folder: Path, leave_to: str = "", firestore: FirestoreDatabase | None = None) -> None:
        self.port = free_port()
        self.data = folder / "data"
        self.said = folder / "host.log"
        self.origin = f"http://localhost:{self.port}"
        self.leave_to = leave_to or "https://www.smhi.se/"
        self.municipality = _municipality(folder, leave_to) if leave_to else EXAMPLE
        self.firestore = firestore
        """The emulator's project that everything is kept in, when it is not kept on this machine."""
        self.answering = Event()
        self._send = over_the_wire(self.port)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Settings:
        """The settings that the process runs with."""
        settings = Settings(stage=Stage.DEMO, origin=self.origin, var=self.data)
        if self.firestore is None:
            return settings
        kept = self.firestore
        return replace(settings, keepers=Keepers.CLOUD, project=kept.project, emulator=kept.emulator)

    def start(self) -> None:
        """Start and wait until it answers."""
        words = [sys.executable, "-m", "shared.host", "--port", str(self.port), "--data", str(self.data)]
        settings = self.settings
        surroundings = {
            "TROSKELFRI_STAGE": "demo",
            "TROSKELFRI_KEEPERS": settings.keepers.value,
            "TROSKELFRI_PROJECT": settings.project,
            "FIRESTORE_EMULATOR_HOST": settings.emulator,
            "TROSKELFRI_ORIGIN": self.origin,
            "TROSKELFRI_MUNICIPALITY": str(self.municipality),
        }
        with self.said.open("ab") as lines:
            self._process = subprocess.Popen(
                words, cwd=ROOT, env=surroundings, stdout=lines, stderr=lines, start_new_session=True
            )
        self._wait()
        self.answering.set()

    def kill(self) -> None:
        """SIGKILL to every process of the server at once, as a power cut would."""
        self.answering.clear()
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait until it has; a second call does nothing."""
        self.answering.clear()
        self._end(signal.SIGTERM)

    def visitor(self) -> Visitor:
        """A new browser."""
        return Visitor(self.origin, self._send)

    def _end(self, sign: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, sign)
        self._process.wait(timeout=30)
        self._process = None

    def _wait(self) -> None:
        probe = Request("GET", "/halsa/lever", {"Host": "localhost"}, b"")
        give_up, pause = monotonic() + START_S, Event()
        while monotonic() < give_up:
            if self._process is None or self._process.poll() is not None:
                break
            with suppress(Unreached):
                if self._send(probe).status == 200:
                    return
            pause.wait(0.05)
        self._end(signal.SIGKILL)
        raise AssertionError(f"the host did not start: {self.said.read_text('utf-8', 'replace')[-2000:]}")


def _municipality(folder: Path, leave_to: str) -> Path:
    path = folder / "kommun.toml"
    booking_path(Settings(municipality=path)).write_bytes(booking_path(Settings()).read_bytes())
    text, there = re.subn(r'(?m)^url = ".*"$', f'url = "{leave_to}"', EXAMPLE.read_text("utf-8"))
    assert there == 1
    path.write_text(text, "utf-8")
    return path
