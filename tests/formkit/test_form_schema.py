"""The schema that helps in an editor knows exactly what the loader takes."""

import json
import re
import tomllib
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
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, _TYPES[one]) for one in kinds):
        return [*found, f"{place}: is no {kinds}"]
    if "enum" in node and value not in node["enum"]:
        found.append(f"{place}: {value} is not among {node['enum']}")
    if isinstance(value, str) and not re.search(node.get("pattern", ""), value):
        found.append(f"{place}: {value}")
    if isinstance(value, list):
        found += [one for n, item in enumerate(value) for one in faults(item, node.get("items", {}), f"{place}[{n}]")]
    if isinstance(value, dict) and "properties" in node:
        found += [f"{place}: lacks {one}" for one in node["required"] if one not in value]
        for key, inner in value.items():
            known = node["properties"].get(key)
            found += [f"{place}: unknown {key}"] if known is None else faults(inner, known, f"{place}.{key}")
    return found


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
    wrong = f"{key} = 1979-05-27T07:32:00Z\n"
    own = {"form": "", "field": "", "option": ""} | {table: wrong}
    option = "".join(f'[[steps.fields.options]]\ncode = "{one}"\nsv = "S"\nen = "E"\n' for one in "ab")
    if table == "option":
        option += (
            "[[steps.fields.options]]\n"
            + wrong
            + 'code = "c"\nsv = "S"\nen = "E"\n' * (key not in _TABLES["option"]["required"])
        )
    kind = '[[steps.fields]]\nid = "x"\ntype = "radio"\nlabel = { sv = "L", en = "L" }\n'
    if table == "field":
        kind = "\n".join(line for line in kind.splitlines() if not line.startswith(f"{key} ")) + "\n" + wrong
        option = "" if key == "options" else option
    head = (
        HEAD
        if table != "form"
        else "\n".join(one for one in HEAD.splitlines() if not one.startswith(f"{key} ")) + "\n" + wrong
    )
    steps = "" if table == "form" and key == "steps" else step("page", kind, option)
    with pytest.raises(BadForm) as refused:
        parse(head + steps, "example.toml")
    return str(refused.value)
