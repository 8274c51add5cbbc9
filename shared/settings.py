"""The installation's settings: one frozen value, read once from the environment.

This is the only room that reads `os.environ`.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "shared" / "demo" / "exempelkommun.toml"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_QUEUE: Final = re.compile(r"projects/[^/]+/locations/[^/]+/queues/[A-Za-z0-9-]{1,100}")
_TARGET: Final = re.compile(r"https://[a-z0-9.-]+")
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_GATEWAY: Final = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/-]*")
_SMS_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{2,10}|\+[1-9][0-9]{6,14}")
_ACCOUNT: Final = re.compile(r"[^@\s]+@[^@\s]+")
_PROJECT: Final = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
_DATABASE: Final = re.compile(r"\(default\)|[a-z][a-z0-9-]{2,61}[a-z0-9]")
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")
_KMS_KEY: Final = re.compile(r"projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+")
_PRACTICE_PROJECT: Final = "demo-troskelfri"
"""What begins with "demo-" exists nowhere but in an emulator."""
_VIDEO: Final = re.compile(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_VIDEO_APP: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SCANNER: Final = re.compile(r"tcp://[^/:\s]+:\d{1,5}|unix:///\S+")


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
    prove themselves as the service account `tasks_account` (its e-mail). `seal_file` is the PKCS#12 file with the
    organisation's certificate and key, `seal_passphrase_file` the file with its passphrase. `scanner` is
    where clamd answers: `tcp://host:port` or `unix:///path`. `booking` is the file of meetings (None: it lies
    beside `municipality`).

    The cloud keepers keep documents and keys in two Firestore databases of `project`, files in the bucket
    `files_bucket`, and the master key wrapped by `kms_key` (full name in Cloud KMS). At stage demo there is none of
    that: `emulator` (host:port) is Firestore's emulator on this machine, and the rest lies in `var`.

    E-mail leaves by `smtp_*`, text messages by `sms_*`; a password lies in a file of its own, never in the environment.
    Without a host or address nothing leaves by that way. Video meetings are held at `video_url` (https, no path), where
    we are known as `video_app`.
    """

    stage: Stage = Stage.PRODUCTION
    keepers: Keepers = Keepers.EMBEDDED
    origin: str = "https://localhost"
    var: Path = ROOT / "var"
    tenant: str = "socialnamnden"
    municipality: Path = EXAMPLE
    booking: Path | None = None
    scanner: str = ""
    tasks_queue: str = ""
    tasks_target: str = ""
    tasks_account: str = ""
    tasks_invoker: Invoker = Invoker.PUBLIC
    seal_file: Path | None = None
    seal_passphrase_file: Path | None = None
    project: str = _PRACTICE_PROJECT
    data_database: str = "data"
    keys_database: str = "keys"
    files_bucket: str = ""
    kms_key: str = ""
    emulator: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_from: str = ""
    smtp_user: str = ""
    smtp_password_file: str = ""
    sms_url: str = ""
    sms_from: str = ""
    sms_user: str = ""
    sms_password_file: str = ""
    video_url: str = ""
    video_app: str = ""
    video_key_file: Path | None = None

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
        booking=_path(env, "BOOKING"),
        tasks_queue=env.get("TROSKELFRI_TASKS_QUEUE", ""),
        tasks_target=env.get("TROSKELFRI_TASKS_TARGET", "").rstrip("/"),
        tasks_account=env.get("TROSKELFRI_TASKS_ACCOUNT", ""),
        tasks_invoker=_choice(Invoker, env, "TASKS_INVOKER", Invoker.PUBLIC),
        seal_file=_path(env, "SEAL_FILE"),
        seal_passphrase_file=_path(env, "SEAL_PASSPHRASE_FILE"),
        project=env.get("TROSKELFRI_PROJECT", _PRACTICE_PROJECT),
        data_database=env.get("TROSKELFRI_DATA_DATABASE", "data"),
        keys_database=env.get("TROSKELFRI_KEYS_DATABASE", "keys"),
        files_bucket=env.get("TROSKELFRI_FILES_BUCKET", ""),
        kms_key=env.get("TROSKELFRI_KMS_KEY", ""),
        emulator=env.get("FIRESTORE_EMULATOR_HOST", ""),  # the name that Google's own tools know
        scanner=env.get("TROSKELFRI_SCANNER", ""),
        video_url=env.get("TROSKELFRI_VIDEO_URL", "").rstrip("/"),
        video_app=env.get("TROSKELFRI_VIDEO_APP", ""),
        video_key_file=_path(env, "VIDEO_KEY_FILE"),
    )
    if settings.tasks_invoker is Invoker.IAM and "K_SERVICE" not in env:
        raise BadSettings("TROSKELFRI_TASKS_INVOKER=iam trusts Cloud Run to have verified, and this is not Cloud Run.")
    settings = _with_ways_out(settings, env)
    _check_tasks(settings)
    _check_cloud(settings)
    _check_smtp(settings)
    _check_sms(settings)
    _check_video(settings)
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
    if settings.scanner and not _SCANNER.fullmatch(settings.scanner):
        raise BadSettings("TROSKELFRI_SCANNER must be tcp://host:port or unix:///path.")
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


def _check_cloud(settings: Settings) -> None:
    if settings.keepers is not Keepers.CLOUD:
        if settings.files_bucket or settings.kms_key:
            raise BadSettings("TROSKELFRI_FILES_BUCKET and TROSKELFRI_KMS_KEY belong to TROSKELFRI_KEEPERS=cloud.")
        return
    if not _PROJECT.fullmatch(settings.project):
        raise BadSettings("TROSKELFRI_PROJECT must be the id of a Google Cloud project.")
    for name in ("data_database", "keys_database"):
        if not _DATABASE.fullmatch(getattr(settings, name)):
            raise BadSettings(f"TROSKELFRI_{name.upper()} must be the id of a Firestore database.")
    if settings.data_database == settings.keys_database:
        raise BadSettings("TROSKELFRI_DATA_DATABASE and TROSKELFRI_KEYS_DATABASE must be two databases.")
    if settings.demo:
        _check_practice(settings)
    else:
        _check_production(settings)


def _check_practice(settings: Settings) -> None:
    """Stage demo never reaches a real cloud: nobody's data lie beside the test e-ID."""
    if urlsplit(f"//{settings.emulator}").hostname not in LOOPBACK:
        raise BadSettings("Stage demo needs FIRESTORE_EMULATOR_HOST: host and port of an emulator on this machine.")
    if settings.files_bucket or settings.kms_key or settings.tasks_queue:
        raise BadSettings("Stage demo reaches no cloud: TROSKELFRI_TASKS_…, _FILES_BUCKET and _KMS_KEY must be unset.")


def _check_production(settings: Settings) -> None:
    if settings.emulator:
        raise BadSettings("Stage production keeps nothing in an emulator: FIRESTORE_EMULATOR_HOST must be unset.")
    if settings.project == _PRACTICE_PROJECT:
        raise BadSettings("The cloud keepers need TROSKELFRI_PROJECT: the id of the Google Cloud project.")
    if not _KMS_KEY.fullmatch(settings.kms_key):
        raise BadSettings(
            "The cloud keepers need TROSKELFRI_KMS_KEY: projects/…/locations/…/keyRings/…/cryptoKeys/…, no version."
        )
    if not _BUCKET.fullmatch(settings.files_bucket):
        raise BadSettings("The cloud keepers need TROSKELFRI_FILES_BUCKET: the name of a Cloud Storage bucket.")


def _with_ways_out(settings: Settings, env: Mapping[str, str]) -> Settings:
    return replace(
        settings,
        smtp_host=env.get("TROSKELFRI_SMTP_HOST", ""),
        smtp_port=_port(env.get("TROSKELFRI_SMTP_PORT", "587")),
        smtp_from=env.get("TROSKELFRI_SMTP_FROM", ""),
        smtp_user=env.get("TROSKELFRI_SMTP_USER", ""),
        smtp_password_file=env.get("TROSKELFRI_SMTP_PASSWORD_FILE", ""),
        sms_url=env.get("TROSKELFRI_SMS_URL", ""),
        sms_from=env.get("TROSKELFRI_SMS_FROM", ""),
        sms_user=env.get("TROSKELFRI_SMS_USER", ""),
        sms_password_file=env.get("TROSKELFRI_SMS_PASSWORD_FILE", ""),
    )


def _port(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        raise BadSettings("TROSKELFRI_SMTP_PORT must be a number.")
    return int(text)


def _check_smtp(settings: Settings) -> None:
    login = (settings.smtp_user, settings.smtp_password_file)
    if not any((settings.smtp_host, settings.smtp_from, *login)):
        return
    if not _HOST.fullmatch(settings.smtp_host):
        raise BadSettings("TROSKELFRI_SMTP_HOST must be the name of the mail server.")
    if not _ADDRESS.fullmatch(settings.smtp_from):
        raise BadSettings("TROSKELFRI_SMTP_FROM must be an e-mail address: who writes.")
    if any(login) and not all(login):
        raise BadSettings("TROSKELFRI_SMTP_USER and _PASSWORD_FILE belong together.")


def _check_sms(settings: Settings) -> None:
    told = (settings.sms_url, settings.sms_from, settings.sms_user, settings.sms_password_file)
    if not any(told):
        return
    if not _GATEWAY.fullmatch(settings.sms_url):
        raise BadSettings("TROSKELFRI_SMS_URL must be the gateway's https:// address.")
    if not _SMS_NAME.fullmatch(settings.sms_from):
        raise BadSettings("TROSKELFRI_SMS_FROM must be 3 to 11 letters and digits, or a number such as +46….")
    if not (settings.sms_user and settings.sms_password_file):
        raise BadSettings("Text messages need TROSKELFRI_SMS_USER and _PASSWORD_FILE.")


def _check_video(settings: Settings) -> None:
    told = (settings.video_url, settings.video_app, settings.video_key_file)
    if not any(told):
        return
    if not _VIDEO.fullmatch(settings.video_url):
        raise BadSettings("TROSKELFRI_VIDEO_URL must be https:// and the host of the Jitsi server, without a path.")
    if not (_VIDEO_APP.fullmatch(settings.video_app) and settings.video_key_file):
        raise BadSettings("Video meetings need TROSKELFRI_VIDEO_APP and _KEY_FILE.")
