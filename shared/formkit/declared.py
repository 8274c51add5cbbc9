"""The forms that are declared in `forms/`, found by their id or by their address."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.formkit.definition import Form
from shared.formkit.loading import load
from shared.settings import ROOT

FOLDER: Final = ROOT / "forms"


def declared(id: str) -> Form | None:
    """The form with this id as it is today, or None when there is none any more."""
    path = _paths(FOLDER).get(id)
    return None if path is None else load(path)


def applications() -> tuple[Form, ...]:
    """Every form that residents apply with, in the order of their files; all forms are read once per process."""
    return tuple(form for form in map(load, _paths(FOLDER).values()) if form.case is not None)


@lru_cache(maxsize=1)
def _paths(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}
