"""Makes the google provider's schema out of its published Python bindings, which describe every argument.

The provider itself is a program that only Terraform's own registry hands out; the bindings come like every other
package, locked by hash. What they say is enough to find misspelt, missing and wrong-typed arguments.
"""

import io
import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_DEEPEST: Final = 12
_RESOURCE: Final = re.compile(r"docs/(resources|data-sources)/\w+ (google_\w+)\}")
_ARGUMENT: Final = re.compile(r"docs/[\w/-]*#(\w+) ")
_BLOCK: Final = re.compile(r"\w+ block\.?")
_NOT_ANSWERED: Final = frozenset({"internalValue", "fqn", "tfResourceType", "terraformResourceType"})
_PRIMITIVE: Final = {"string": "string", "number": "number", "boolean": "bool"}

Jsii = Mapping[str, Any]
"""A piece of the bindings' description, as jsii writes it."""


def make_schema(wheel: Path, target: Path) -> None:
    """Write the schema of every resource and data source in the bindings' wheel as JSON; takes some seconds.

    Each block is {"arguments": {name: [type, required]}, "blocks": {name: [block, many, required, single]}};
    an argument whose `required` is null is answered by the cloud only.
    """
    types = _bindings(wheel)["types"]
    found: dict[str, Any] = {"resources": {}, "data-sources": {}}
    for name, one in types.items():
        if one["kind"] != "class":
            continue
        if name.endswith(".GoogleProvider"):
            found["provider"] = _block(types, f"{name}Config")
        elif match := _RESOURCE.search(one.get("docs", {}).get("summary", "")):
            found[match[1]][match[2]] = _block(types, f"{name}Config", name)
    target.write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")


def _bindings(wheel: Path) -> Jsii:
    with zipfile.ZipFile(wheel) as whole:
        inner = next(name for name in whole.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(whole.read(inner))) as package:
            described = package.extractfile("package/.jsii")
            if described is None:
                raise ValueError(f"{wheel.name} holds no description")
            found: Jsii = json.load(described)
            return found


def _block(types: Jsii, name: str, answers: str = "", depth: int = 0) -> dict[str, dict[str, Any]]:
    block: dict[str, dict[str, Any]] = {"arguments": {}, "blocks": {}}
    for one in types[name].get("properties", []):
        argument, required = _argument(one), not one.get("optional", False)
        inner, many = _inner(types, one["type"])
        if inner and depth < _DEEPEST and (argument == "timeouts" or _is_block(one)):
            nested = _block(types, inner, f"{inner}OutputReference", depth + 1)
            block["blocks"][argument] = [nested, many, required, argument == "timeouts"]
        else:
            block["arguments"][argument] = ["dynamic" if inner else _type(one["type"]), required]
    _add_answers(block, types.get(answers, {}))
    return block


def _add_answers(block: dict[str, dict[str, Any]], described: Jsii) -> None:
    """What only the cloud answers; the bindings cannot tell "id1" from "id_1", so names are compared without marks."""
    known = {name.replace("_", "") for name in (*block["arguments"], *block["blocks"])}
    for one in described.get("properties", []):
        name = _snake(one["name"])
        if one.get("static") or one["name"] in _NOT_ANSWERED or one["name"].endswith("Input"):
            continue
        if name.replace("_", "") not in known:
            block["arguments"][name] = [_type(one["type"]), None]


def _argument(described: Jsii) -> str:
    found = _ARGUMENT.search(described.get("docs", {}).get("remarks", ""))
    return found[1] if found else _snake(described["name"])


def _is_block(described: Jsii) -> bool:
    return _BLOCK.fullmatch(described.get("docs", {}).get("summary", "").strip()) is not None


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _inner(types: Jsii, described: Jsii) -> tuple[str, bool]:
    """The structure that a value consists of, if it is one, and whether there may be many."""
    if "union" in described:
        found = (_inner(types, one) for one in described["union"]["types"])
        return next((one for one in found if one[0]), ("", False))
    if "collection" in described:
        return _inner(types, described["collection"]["elementtype"])[0], True
    name = described.get("fqn", "")
    return (name if types.get(name, {}).get("kind") == "interface" else "", False)


def _type(described: Jsii) -> Any:
    """The type in Terraform's own notation."""
    if "union" in described:
        return _type(next(one for one in described["union"]["types"] if one.get("fqn") != "cdktf.IResolvable"))
    if "collection" in described:
        element = _type(described["collection"]["elementtype"])
        kind = "map" if described["collection"]["kind"] == "map" else "list"
        return "dynamic" if element == "dynamic" else [kind, element]
    if described.get("fqn") == "cdktf.StringMap":
        return ["map", "string"]
    return (
        "bool"
        if described.get("fqn") == "cdktf.IResolvable"
        else _PRIMITIVE.get(described.get("primitive", ""), "dynamic")
    )


if __name__ == "__main__":
    make_schema(Path(sys.argv[1]), Path(sys.argv[2]))
