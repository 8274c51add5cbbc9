"""A receipt on paper: the typst template that every service shares, and answers as it sets them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from flask import Response, make_response

from shared.app import house
from shared.formkit.summary import Row, Section
from shared.settings import ROOT

TEMPLATE: Final[Path] = ROOT / "shared" / "web" / "paper" / "receipt.typ"


def printed(content: Mapping[str, object], reference: str) -> Response | None:
    """The receipt as a PDF to save, or None when it can not be made."""
    made = house().typeset(TEMPLATE, content)
    if made is None:
        return None
    response = make_response(made)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="kvitto-{reference}.pdf"'
    return response


def on_paper(sections: Iterable[Section]) -> list[Mapping[str, object]]:
    """The sections with anything in them, as the template takes them."""
    found = ({"heading": one.heading, "rows": [_row(row) for row in one.rows if row.answered]} for one in sections)
    return [one for one in found if one["rows"]]


def _row(row: Row) -> Mapping[str, object]:
    lines = [part for line in row.lines for part in line.split("\n")]
    return {"label": row.label, "lines": lines, "rows": [_row(inner) for inner in row.rows]}
