"""The figures as a page of text that reads well in a terminal and as Markdown."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from shared.adapters.clock import SystemClock
from tests.bench.goals import Figures

_COLUMNS: Final = (
    ("job", ""),
    ("reads", "reads"),
    ("writes", "writes"),
    ("deletes", "deletes"),
    ("alarms", "tasks"),
    ("calls", "rpcs"),
    ("CPU ms", "cpu_ms"),
    ("floor", "floor_cpu_ms"),
    ("ratio", "cpu_ratio_to_floor"),
    ("p50 ms", "p50_ms"),
    ("p95 ms", "p95_ms"),
    ("floor", "floor_p95_ms"),
    ("ratio", "p95_ratio_to_floor"),
)


def machine() -> dict[str, Any]:
    """Where and when: figures of different machines are never compared."""
    now = SystemClock().now()
    return {
        "system": platform.system(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "date": now.date().isoformat(),
        "load": round(os.getloadavg()[0], 1),
    }


def page(figures: Figures, goals: Mapping[str, Mapping[str, Any]], where: Mapping[str, Any]) -> str:
    """Where it was measured, every job, and which goals are met."""
    head = "{system}, {cores} cores, Python {python}, {date}; other load at the end: {load}.".format(**where)
    return "\n".join([head, "", *_jobs(figures), "", *_others(figures), "", *_goals(goals)])


def _jobs(figures: Figures) -> Iterator[str]:
    jobs = {name: one for name, one in figures.items() if "reads" in one}
    rows = [[name, *(_shown(one.get(key)) for _, key in _COLUMNS[1:])] for name, one in jobs.items()]
    return _table([title for title, _ in _COLUMNS], rows)


def _others(figures: Figures) -> Iterator[str]:
    rows = [
        [name if part == name else f"{name}: {part}", ", ".join(f"{key} {_shown(value)}" for key, value in one.items())]
        for name, whole in figures.items()
        if "reads" not in whole
        for part, one in whole.get("each", {name: whole}).items()
    ]
    return _table(["measured", "figures"], rows)


def _goals(goals: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    rows = [
        [name, f"≤ {_shown(one['goal'])}", _shown(one["measured"]), "yes" if one["met"] else "**no**"]
        for name, one in goals.items()
    ]
    return _table(["goal", "at most", "measured", "met"], rows)


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    for row in (titles, ["-" * width for width in widths], *rows):
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
