"""The installation's settings: one frozen value, read once from the environment.

This is the only room that reads `os.environ`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "shared" / "demo" / "exempelkommun.toml"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Stage(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"


class Keepers(StrEnum):
    EMBEDDED = "embedded"
    CLOUD = "cloud"


class BadSettings(Exception):
    """The settings contradict each other or lack something; the message is one clear line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation decides.

    `origin` is the public scheme, host and port without a trailing slash. `var` is the data
    folder of the embedded keepers. `tenant` is the fixed id of the board (nämnd).
    """

    stage: Stage = Stage.PRODUCTION
    keepers: Keepers = Keepers.EMBEDDED
    origin: str = "https://localhost"
    var: Path = ROOT / "var"
    tenant: str = "socialnamnden"
    municipality: Path = EXAMPLE

    @property
    def demo(self) -> bool:
        """Whether test e-ID, test people and the adjustable clock may exist."""
        return self.stage is Stage.DEMO


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from TROSKELFRI_* variables; unknown values and contradictions raise `BadSettings`."""
    env = os.environ if environ is None else environ
    settings = Settings(
        stage=_choice(Stage, env, "STAGE", Stage.PRODUCTION),
        keepers=_choice(Keepers, env, "KEEPERS", Keepers.EMBEDDED),
        origin=env.get("TROSKELFRI_ORIGIN", "https://localhost").rstrip("/"),
        var=Path(env.get("TROSKELFRI_VAR", ROOT / "var")),
        tenant=env.get("TROSKELFRI_TENANT", "socialnamnden"),
        municipality=Path(env.get("TROSKELFRI_MUNICIPALITY", EXAMPLE)),
    )
    return _checked(settings)


_E = TypeVar("_E", bound=StrEnum)


def _choice(enum: type[_E], env: Mapping[str, str], name: str, default: _E) -> _E:
    value = env.get(f"TROSKELFRI_{name}", default.value)
    try:
        return enum(value)
    except ValueError:
        known = ", ".join(enum)
        raise BadSettings(f"TROSKELFRI_{name} is '{value}'; it must be one of {known}.") from None


def _checked(settings: Settings) -> Settings:
    parts = urlsplit(settings.origin)
    local = parts.hostname in LOOPBACK
    if settings.demo and not local:
        raise BadSettings("Stage demo answers on this machine only: TROSKELFRI_ORIGIN must be a loopback address.")
    if not settings.demo and parts.scheme != "https":
        raise BadSettings("Stage production needs TROSKELFRI_ORIGIN to start with https://.")
    if not settings.demo and settings.municipality == EXAMPLE:
        raise BadSettings("Stage production needs TROSKELFRI_MUNICIPALITY: the path of the municipality's own file.")
    return settings
