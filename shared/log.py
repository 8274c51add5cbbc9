"""Structured log lines with an allow-list of fields: what is not on the list can not be logged.

This is the only room that touches `logging`. Messages of exceptions are never logged: they may quote a person.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final, TextIO

FIELDS: Final = frozenset(
    {
        "code", "collection", "count", "error", "function", "kind", "method", "ms", "name", "outcome",
        "port", "reference", "route", "stage", "status", "where",
    }
)  # fmt: skip
"""`where` is a source position (file:line), `route` a URL rule with placeholders, `error` a class name."""

_LOGGER: Final = logging.getLogger("troskelfri")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", {})
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"at": at, "severity": record.levelname, "event": record.getMessage(), **fields})


def start(stream: TextIO | None = None) -> None:
    """Send lines to standard error (or `stream`) from now on; a second call replaces the first."""
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(_Lines())
    _LOGGER.handlers[:] = [handler]
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def info(event: str, **fields: str | int) -> None:
    """One line about something that went as it should; `event` is a fixed dotted name."""
    _write(logging.INFO, event, fields)


def warn(event: str, **fields: str | int) -> None:
    """One line about something a person should look at within a day."""
    _write(logging.WARNING, event, fields)


def alarm(event: str, error: BaseException | None = None, **fields: str | int) -> None:
    """One line that should wake a person; of `error` only the class and the source position are kept."""
    if error is not None:
        fields = {**fields, "error": type(error).__name__, "where": _position(error)}
    _write(logging.ERROR, event, fields)


def _write(level: int, event: str, fields: dict[str, str | int]) -> None:
    allowed = {name: value for name, value in fields.items() if name in FIELDS}
    if len(allowed) != len(fields):
        allowed["dropped"] = len(fields) - len(allowed)
    _LOGGER.log(level, event, extra={"fields": allowed})


def _position(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
