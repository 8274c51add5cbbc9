"""Writes docs/flow.md out of the tables of the flow, for people who would rather read a page than code.

python3 -m shared.dev.flow_page
"""

from collections.abc import Iterable, Iterator
from typing import Final

from shared.dev.environment import ROOT
from shared.domain.flow import Flow, Row, Told, When
from shared.domain.flows import FLOWS

PAGE: Final = ROOT / "docs" / "flow.md"
_HEAD: Final = """# How a case moves

Made from `shared/domain/flows` by `python3 -m shared.dev.flow_page`: change the tables, not this page. Why there are
tables is in [decision 23](decisions/0023-a-case-moves-by-its-table.md). Words and paragraphs are explained in the
[glossary](glossary.md), deadlines in `shared/domain/deadline_law.py`. Whatever is in no row can not be done. "The
same": the case stays in its step. What depends on something has it in brackets.
"""
_COLUMNS: Final = ("Act", "In step", "Who", "Takes", "Leads to", "Stops or moves", "Starts", "Told")


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, *(line for flow in FLOWS.values() for line in _flow(flow))])


def _flow(flow: Flow) -> Iterator[str]:
    yield f"## `{flow.kind}`\n"
    yield _line(_COLUMNS)
    yield _line(["---"] * len(_COLUMNS))
    yield from (_line(_row(row)) for row in flow.rows)
    yield ""
    if flow.endless:
        yield "\n".join(f"No act leaves `{step}`: {why}." for step, why in flow.endless.items()) + "\n"
    if flow.again:
        yield "\n".join(f"`{act}` takes an ended case on: {why}." for act, why in flow.again.items()) + "\n"
    if flow.never:
        yield "Never done here: " + "; ".join(f"`{act}` ({why})" for act, why in flow.never.items()) + ".\n"


def _row(row: Row) -> list[str]:
    act = f"`{row.act}`" + (f", also in the `{row.also}`" if row.also else "")
    return [
        act,
        _codes(row.at) or "begins it",
        row.who,
        ", ".join(row.takes),
        _each((f"`{way.to}`" if way.to else "the same", way.when) for way in row.ways),
        ", ".join(filter(None, _ended(row))),
        _each((_codes(way.starts), way.when) for way in row.ways),
        _each((_told(one), one.when) for one in row.tells),
    ]


def _ended(row: Row) -> Iterator[str]:
    yield _codes(row.stops)
    yield f"moves {_codes(row.moves)}" if row.moves else ""
    yield _each((_codes((*way.meets, *way.cancels)), way.when) for way in row.ways)


def _told(told: Told) -> str:
    return " and ".join(one.replace("_", " ") for one in told.whom)


def _each(parts: Iterable[tuple[str, When]]) -> str:
    """The parts that say something, each with what it depends on."""
    return ", ".join(said if when is When.ALWAYS else f"{said} ({when})" for said, when in parts if said)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
