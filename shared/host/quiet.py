"""What gunicorn has to say, as lines of ours: its own words may hold paths, addresses and messages of exceptions."""

import errno
import sys

from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]

from shared import log


class QuietLog:
    """Stands in for gunicorn's logger: trouble becomes a line with class and position, the rest is dropped."""

    access_log_enabled = False

    def __init__(self, cfg: object) -> None:
        self.cfg = cfg

    def setup(self, cfg: object) -> None:
        """Remember the settings; there is nothing to open."""
        self.cfg = cfg

    def critical(self, *_: object, **__: object) -> None:
        """A worker that does not answer."""
        log.alarm("host.worker_hangs")

    def error(self, words: str = "", *values: object, **_: object) -> None:
        """A worker that ended otherwise than it should, unless it has said why it could not begin."""
        if words.startswith("Worker") and values[-1:] != (Arbiter.WORKER_BOOT_ERROR,):
            log.alarm("host.worker_died")

    def exception(self, *_: object, **__: object) -> None:
        """A defect outside the functions; a client that fell silent is none."""
        error = sys.exc_info()[1]
        if not (isinstance(error, OSError) and error.errno == errno.EAGAIN):
            log.alarm("host.failed", error)

    def _drop(self, *_: object, **__: object) -> None:
        pass

    warning = error
    info = debug = log = access = reopen_files = close_on_exec = _drop
