"""The installation's settings: one frozen value, read once from the environment.

This is the only room that reads `os.environ`.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "shared" / "demo" / "exempelkommun.toml"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_QUEUE: Final = re.compile(r"projects/[^/]+/locations/[^/]+/queues/[A-Za-z0-9-]{1,100}")
_TARGET: Final = re.compile(r"https://[a-z0-9.-]+")
_ACCOUNT: Final = re.compile(r"[^@\s]+@[^@\s]+")


class Stage(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"


class Keepers(StrEnum):
    EMBEDDED = "embedded"
    CLOUD = "cloud"


class Invoker(StrEnum):
    """Who can reach the deadlines function in the cloud, and so who must verify that a call is the queue's."""

    PUBLIC = "public"
    """Anybody: we verify the token's signature ourselves."""
    IAM = "iam"
    """Those the platform lets in: it has verified the signature, and taken it away."""


class BadSettings(Exception):
    """The settings contradict each other or lack something; the message is one clear line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation decides.

    `origin` is the public scheme, host and port without a trailing slash. `var` is the data
    folder of the embedded keepers. `tenant` is the fixed id of the board (nämnd). Alarms in the cloud lie in
    `tasks_queue` (full name), call `tasks_target` (root address of the deadlines function, also the audience) and
    prove themselves as the service account `tasks_account` (its e-mail). `seal` is the PKCS#12 file with the
    organisation's certificate and key, `seal_passphrase` the file with its passphrase.
    """

    stage: Stage = Stage.PRODUCTION
    keepers: Keepers = Keepers.EMBEDDED
    origin: str = "https://localhost"
    var: Path = ROOT / "var"
    tenant: str = "socialnamnden"
    municipality: Path = EXAMPLE
    tasks_queue: str = ""
    tasks_target: str = ""
    tasks_account: str = ""
    tasks_invoker: Invoker = Invoker.PUBLIC
    seal: Path | None = None
    seal_passphrase: Path | None = None

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
        tasks_queue=env.get("TROSKELFRI_TASKS_QUEUE", ""),
        tasks_target=env.get("TROSKELFRI_TASKS_TARGET", "").rstrip("/"),
        tasks_account=env.get("TROSKELFRI_TASKS_ACCOUNT", ""),
        tasks_invoker=_choice(Invoker, env, "TASKS_INVOKER", Invoker.PUBLIC),
        seal=_path(env, "SEAL"),
        seal_passphrase=_path(env, "SEAL_PASSPHRASE"),
    )
    if settings.tasks_invoker is Invoker.IAM and "K_SERVICE" not in env:
        raise BadSettings("TROSKELFRI_TASKS_INVOKER=iam trusts Cloud Run to have verified, and this is not Cloud Run.")
    _check_tasks(settings)
    return _checked(settings)


def _path(env: Mapping[str, str], name: str) -> Path | None:
    value = env.get(f"TROSKELFRI_{name}", "")
    return Path(value) if value else None


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


def _check_tasks(settings: Settings) -> None:
    told = (settings.tasks_queue, settings.tasks_target, settings.tasks_account)
    if not any(told):
        if settings.keepers is Keepers.CLOUD and not settings.demo:
            raise BadSettings("The cloud keepers need TROSKELFRI_TASKS_QUEUE, _TARGET and _ACCOUNT.")
        return
    if settings.keepers is not Keepers.CLOUD:
        raise BadSettings("TROSKELFRI_TASKS_QUEUE, _TARGET and _ACCOUNT belong to TROSKELFRI_KEEPERS=cloud.")
    if not _QUEUE.fullmatch(settings.tasks_queue):
        raise BadSettings("TROSKELFRI_TASKS_QUEUE must look like projects/…/locations/…/queues/….")
    if not _TARGET.fullmatch(settings.tasks_target):
        raise BadSettings("TROSKELFRI_TASKS_TARGET must be https:// and a host, without a path.")
    if not _ACCOUNT.fullmatch(settings.tasks_account):
        raise BadSettings("TROSKELFRI_TASKS_ACCOUNT must be the e-mail of a service account.")
