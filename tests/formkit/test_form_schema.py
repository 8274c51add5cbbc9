"""The schema that helps in an editor knows exactly what the loader takes."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from shared.dev.form_schema import HINT, SCHEMA, schema
from shared.formkit.loading import parse
from shared.formkit.tables import BadForm
from tests.formkit.examples import FORMS, HEAD, field, options, step

WHOLE: Final[dict[str, Any]] = json.loads(SCHEMA.read_text("utf-8"))
_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "string": (str, date), "integer": int, "boolean": bool, "object": dict, "array": list,
}  # fmt: skip
_RADIO: Final = '[[steps.fields]]\nid = "x"\ntype = "text"\nlabel = { sv = "L", en = "L" }\n'
_OPTION: Final = '[[steps.fields.options]]\ncode = "a"\nsv = "S"\nen = "E"\n'
_TABLES: Final = {"form": WHOLE, "field": WHOLE["definitions"]["field"], "option": WHOLE["definitions"]["option"]}


def faults(value: object, node: dict[str, Any], place: str = "") -> list[str]:
    """What of the schema's own words a value does not keep to: those that it uses, and no others."""
    if "$ref" in node:
        return faults(value, WHOLE["definitions"][node["$ref"].rpartition("/")[2]], place)
    if "oneOf" in node:
        fitting = [one for one in node["oneOf"] if not faults(value, one, place)]
        return [] if len(fitting) == 1 else [f"{place}: fits {len(fitting)} of several"]
    found = [fault for one in node.get("allOf", ()) for fault in faults(value, one, place)]
    kinds = node.get("type", [])
    if kinds and not any(isinstance(value, _TYPES[one]) for one in ([kinds] if isinstance(kinds, str) else kinds)):
        return [*found, f"{place}: is no {kinds}"]
    if "enum" in node and value not in node["enum"]:
        found.append(f"{place}: {value} is not among {node['enum']}")
    if isinstance(value, str) and not re.search(node.get("pattern", ""), value):
        found.append(f"{place}: {value}")
    return [*found, *_inner_faults(value, node, place)]


def _inner_faults(value: object, node: dict[str, Any], place: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, node.get("items", {}), f"{place}[{number}]")
    if isinstance(value, dict) and "properties" in node:
        yield from (f"{place}: lacks {one}" for one in node["required"] if one not in value)
        for key, inner in value.items():
            known = node["properties"].get(key)
            yield from [f"{place}: unknown {key}"] if known is None else faults(inner, known, f"{place}.{key}")


def test_the_schema_is_the_one_that_is_made() -> None:
    assert SCHEMA.read_text("utf-8") == schema(), "python3 -m shared.dev.form_schema writes it anew"


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_every_form_keeps_to_the_schema_and_names_it(path: Path) -> None:
    text = path.read_text("utf-8")

    assert text.startswith(HINT + "\n")
    assert faults(tomllib.loads(text), WHOLE) == []


@pytest.mark.parametrize(
    "wrong",
    [
        step("page", field("name", extra="colour = 1")),
        step("page", field("name", "essay")),
        step("page", field("Name")),
        step("page", field("name", extra='when = { field = "x", is = 1.5 }')),
        step("page", field("name", extra='when = { field = "x", is = "a", below = 3 }')),
        step("page", field("name", extra="max_length = true").replace("label", "title")),
        step("page", field("name", "radio", options("a", "b").replace("en = ", "de = "))),
        step("Page", field("name")),
        step("page"),
    ],
)
def test_what_the_schema_refuses_the_loader_refuses(wrong: str) -> None:
    text = HEAD + wrong

    assert faults(tomllib.loads(text), WHOLE) != []
    with pytest.raises(BadForm):
        parse(text, "example.toml")


@pytest.mark.parametrize("table", sorted(_TABLES))
def test_the_loader_takes_every_key_of_the_schema(table: str) -> None:
    """A key that the loader does not know is refused as unknown; one it knows with a wrong value, for its value."""
    for key in _TABLES[table]["properties"]:
        message = _complaint(table, key)
        assert "unknown key" not in message, key
    assert "unknown key 'zzz'" in _complaint(table, "zzz")


def _complaint(table: str, key: str) -> str:
    """What is said of a small form in which the key of the table has a value of no kind it can be."""
    wrong = f"{key} = 1979-05-27T07:32:00Z"
    head, asked = _with(HEAD, wrong if table == "form" else ""), _with(_RADIO, wrong if table == "field" else "")
    option = _with(_OPTION, wrong if table == "option" else "")
    steps = (
        [] if wrong.startswith("steps ") else [step("page", asked, *([] if wrong.startswith("options ") else [option]))]
    )
    with pytest.raises(BadForm) as refused:
        parse(head + "\n".join(steps), "example.toml")
    return str(refused.value)


def _with(text: str, line: str) -> str:
    """The text with the line, in the place of the one for the same key if there is one."""
    key = line.partition(" ")[0]
    kept = [one for one in text.splitlines() if not line or not one.startswith(f"{key} ")]
    return "\n".join([*kept, line]) + "\n"
