"""A password in a file of its own, read when it is needed, so that a new one holds without a restart."""

from pathlib import Path

from shared import log
from shared.ports.notices import NotTaken


def read_secret(path: str) -> str:
    """The file's first line; `NotTaken` when it cannot be read or is empty, because somebody will mend that."""
    try:
        secret = Path(path).read_text("utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        log.alarm("secret.unreadable", error)
        raise NotTaken("no_password") from error
    if not secret:
        log.alarm("secret.empty")
        raise NotTaken("no_password")
    return secret
