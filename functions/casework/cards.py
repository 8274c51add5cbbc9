"""Answers as cards show them: one key and its words per row, unanswered questions left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.formkit.declared import declared
from shared.formkit.definition import Answer
from shared.formkit.parts import by_part
from shared.formkit.snapshot import read_snapshot
from shared.formkit.summary import Row


def card(rows: Iterable[Row], **more: Any) -> dict[str, Any]:
    """The rows of one card: {key, value, inner, field}; `more` is what else the page says about it."""
    return {
        "rows": [
            {"key": row.label, "value": "\n".join(row.lines), "inner": row.rows, "field": row.field}
            for row in rows
            if row.answered
        ],
        **more,
    }


def cards(record: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """The sections of a sent form with anything in them, in its own words and language."""
    filed = read_snapshot(record)
    found = [card(one.rows, title=one.heading, language=filed.language) for one in filed.sections]
    return [one for one in found if one["rows"]]


def cards_by_part(record: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """The same gathered by the parts of the form, where it has any: a card for each part, in the form's own words.

    A form that is there no more gives a card for each section.
    """
    filed = read_snapshot(record)
    form = declared(filed.form)
    if form is None or not form.parts:
        return cards(record)
    names = {part.id: part.name[filed.language] for part in form.parts}
    groups = by_part(form, filed.sections)
    return [
        card((row for one in own for row in one.rows), title=names.get(part) or own[0].heading, language=filed.language)
        for part, own in groups
    ]


def in_words(row: Row) -> str:
    """The answer, a line per thing answered."""
    inner = (f"{one.label}{' ' if one.label.endswith('?') else ': '}{', '.join(one.lines)}" for one in row.rows)
    return "\n".join([*row.lines, *inner])
