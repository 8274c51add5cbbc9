"""What every function says about itself in its function.toml: one reader for the host, the tests and infra."""

import dataclasses
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shared.settings import ROOT, BadSettings

FUNCTIONS: Final = ROOT / "functions"
_FILE: Final = "function.toml"
NEEDS: Final = frozenset({"data", "keys", "alarms", "files"})
"""What a function may be given: the data database, the keys, the setting of alarms, the attachments."""
_PREFIX: Final = re.compile(r"/([a-z0-9-]+(/[a-z0-9-]+)*)?")


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """One function as its folder declares it.

    Paths that begin with `prefix` are its own ("/" takes what nobody else claims). An `internal` function is
    called by the alarms alone. `audience` says who it is for. `concurrency` is requests at once in one
    instance, `timeout_s` the longest one may take. `needs` names what it may reach in the cloud (of `NEEDS`),
    `secrets` what it may read of the secret keeper. `request_log` false keeps the platform's request lines
    from being stored.
    """

    name: str
    prefix: str
    audience: str
    internal: bool
    memory_mb: int
    concurrency: int
    timeout_s: int
    needs: tuple[str, ...]
    secrets: tuple[str, ...]
    request_log: bool

    @property
    def module(self) -> str:
        """The module that holds the function's `app` and `http`."""
        return f"functions.{self.name}.main"


def read_functions(folder: Path = FUNCTIONS) -> list[FunctionSpec]:
    """Every folder with a function.toml, longest prefix first, so that the first that fits is the right one.

    Raises `BadSettings` when a file cannot be understood or two functions claim the same prefix.
    """
    specs = [read_function(path.parent) for path in sorted(folder.glob(f"*/{_FILE}"))]
    for prefix, claims in Counter(spec.prefix for spec in specs).items():
        if claims > 1:
            names = " and ".join(spec.name for spec in specs if spec.prefix == prefix)
            raise BadSettings(f"The functions {names} both claim the prefix {prefix}.")
    return sorted(specs, key=lambda spec: len(spec.prefix), reverse=True)


def read_function(folder: Path) -> FunctionSpec:
    """What one function's folder declares; `BadSettings` when its file lacks or misspells something."""
    try:
        found = tomllib.loads((folder / _FILE).read_text("utf-8"))
        lists = {name: tuple(found[name]) for name in ("needs", "secrets")}
        return _checked(FunctionSpec(name=folder.name, **{**found, **lists}))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadSettings(f"functions/{folder.name}/{_FILE} cannot be used: {error}.") from error


def _checked(spec: FunctionSpec) -> FunctionSpec:
    if not _PREFIX.fullmatch(spec.prefix):
        raise ValueError(f"'{spec.prefix}' is not a path prefix")
    if unknown := set(spec.needs) - NEEDS:
        raise ValueError(f"it needs {', '.join(sorted(unknown))}, which is not there")
    for field in dataclasses.fields(spec):
        value: Any = getattr(spec, field.name)
        if field.type in {bool, int, str} and type(value) is not field.type:
            raise ValueError(f"{field.name} is not of type {field.type.__name__}")
    return spec
