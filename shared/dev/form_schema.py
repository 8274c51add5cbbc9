"""Writes forms/form.schema.json, by which an editor helps whoever writes a form. Made from what the loader reads.

python3 -m shared.dev.form_schema
"""

import json
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Final, TypeAlias

from shared.dev.environment import ROOT
from shared.domain.cases import CaseKind
from shared.domain.retention import Retention
from shared.formkit.definition import FieldType, Need, Source
from shared.formkit.words import LANGUAGES

SCHEMA: Final = ROOT / "forms" / "form.schema.json"
HINT: Final = "#:schema ./form.schema.json"
"""The first line of a form's file, by which editors find the schema."""

_Node: TypeAlias = dict[str, Any]
_TEXT: Final[_Node] = {"type": "string", "minLength": 1}
_NUMBER: Final[_Node] = {"type": "integer"}
_YES_NO: Final[_Node] = {"type": "boolean"}
_ID: Final[_Node] = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_SLUG: Final[_Node] = {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}
_DAY: Final[_Node] = {"type": "string", "format": "date"}
_VALUE: Final[_Node] = {"type": ["string", "integer", "boolean"]}


def schema() -> str:
    """The whole schema as JSON text."""
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A form of Tröskelfri",
        **_form(),
        "definitions": {
            "texts": _table(dict.fromkeys(LANGUAGES, _TEXT), LANGUAGES),
            "condition": _condition(),
            "option": _option(),
            "field": _field(),
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write it."""
    SCHEMA.write_text(schema(), encoding="utf-8")


def _form() -> _Node:
    return _table(
        {
            "id": _ID,
            "version": {**_NUMBER, "minimum": 1},
            "slug": {**_SLUG, "description": "Neutral: whoever sees the address must not see what the matter is."},
            "title": _texts("The name of the form."),
            "valid_from": _DAY,
            "valid_to": _DAY,
            "retention": _one_of(Retention, "How long a sent form is kept."),
            "case": _one_of(CaseKind, "The kind of case it becomes, when residents apply with it."),
            "law": {**_TEXT, "description": "The paragraphs that the questions rest on."},
            "reveals": {**_YES_NO, "description": "Show a follow-up question when it has been called for, not before."},
            "parts": _list(_part()),
            "steps": {**_list(_step()), "minItems": 1},
            "signals": _list(_signal()),
            "papers": _list(_paper()),
        },
        ("id", "version", "slug", "title", "valid_from", "retention", "law", "steps"),
    )


def _signal() -> _Node:
    named = _texts("What staff read first.")
    return _table({"id": _ID, "name": named, "when": _ref("condition")}, ("id", "name", "when"))


def _paper() -> _Node:
    return _table({"id": _ID, "name": _texts("What staff ask for after the form was sent.")}, ("id", "name"))


def _part() -> _Node:
    return _table(
        {"id": _ID, "name": _texts("Its name in the list."), "lead": _texts("One line."), "after": _list(_ID)},
        ("id", "name"),
    )


def _step() -> _Node:
    return _table(
        {
            "id": _ID,
            "slug": _SLUG,
            "part": _ID,
            "name": _texts("The heading in the summary and the tab."),
            "title": _texts("The question at the top of the page."),
            "lead": _texts("What stands below the question."),
            "why": _texts("Why it is asked and who sees the answer."),
            "when": _ref("condition"),
            "ends": {**_YES_NO, "description": "The form goes no further where this page is called for."},
            "fields": {**_list(_ref("field")), "minItems": 1},
        },
        ("id", "slug", "name", "title", "fields"),
    )


def _field() -> _Node:
    return _table({**_question(), **_bounds(), **_group()}, ("id", "type", "label"))


def _question() -> dict[str, _Node]:
    group = _table({"id": _ID, **dict.fromkeys(LANGUAGES, _TEXT)}, ("id", *LANGUAGES))
    return {
        "id": _ID,
        "type": _one_of(FieldType, "The kind of question."),
        "label": _texts("The question."),
        "hint": _texts("Help."),
        "need": _one_of(Need, "hard stops the sending, asked is reminded of, optional neither."),
        "missing": _texts("What to say when a hard question has no answer."),
        "options": _list(_ref("option")),
        "unknown": {**_YES_NO, "description": "Offer “Vet inte” last."},
        "groups": _list(group),
        "law": _TEXT,
        "when": _ref("condition"),
        "contact": {**_YES_NO, "description": "Tells how to reach or find somebody: shown apart."},
    }


def _bounds() -> dict[str, _Node]:
    return {
        "max_length": {**_NUMBER, "minimum": 1, "description": "Characters."},
        "least": {**_NUMBER, "description": "The least number, sum in kronor, month from now, or blocks at first."},
        "most": {**_NUMBER, "description": "The greatest number, sum in kronor, month from now, or items."},
        "past": {**_YES_NO, "description": "Refuse dates after today."},
        "fact": {**_TEXT, "description": "What the login or the register knows."},
        "source": _one_of(Source, "Where the fact comes from."),
        "fresh": {**_YES_NO, "description": "Asked anew in every renewal."},
        "read_only": {**_YES_NO, "description": "Answered by the fact alone."},
    }


def _group() -> dict[str, _Node]:
    return {
        "fields": _list(_ref("field")),
        "paged": {**_YES_NO, "description": "Each item has a page of its own."},
        "item": _texts("What one item is called."),
        "add": _texts("The button that adds one."),
        "more": _texts("Whether there is another."),
    }


def _option() -> _Node:
    texts = dict.fromkeys(LANGUAGES, _TEXT)
    return _table(
        {
            "code": _ID,
            **texts,
            "hint": _texts("Help."),
            "group": _ID,
            "alone": {**_YES_NO, "description": "Can not be combined with others."},
            "law": _TEXT,
            "when": _ref("condition"),
        },
        ("code", *LANGUAGES),
    )


def _condition() -> _Node:
    several = {**_list(_ref("condition")), "minItems": 1}
    about = {
        "is": _VALUE, "in": {**_list(_VALUE), "minItems": 1}, "answered": _YES_NO,
        "at_least": {"type": ["integer", "string"]}, "below": {"type": ["integer", "string"]},
    }  # fmt: skip
    return {
        "oneOf": [
            _table({"all": several}, ("all",)),
            _table({"any": several}, ("any",)),
            _table({"not": _ref("condition")}, ("not",)),
            *(_table({"field": _ID, how: value}, ("field", how)) for how, value in about.items()),
        ]
    }


def _table(properties: Mapping[str, _Node], required: Collection[str]) -> _Node:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _list(of: _Node) -> _Node:
    return {"type": "array", "items": of}


def _ref(name: str) -> _Node:
    return {"$ref": f"#/definitions/{name}"}


def _texts(about: str) -> _Node:
    return {"allOf": [_ref("texts")], "description": about}


def _one_of(kinds: type[StrEnum], about: str) -> _Node:
    return {"enum": [one.value for one in kinds], "description": about}


if __name__ == "__main__":
    main()
