"""The master key of an installation on one machine: 32 random bytes in a file that only its owner may read.

Without it nothing that was sealed can ever be read again: a copy belongs in a safe, away from the machine.
"""

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from shared.adapters.cannot_open import NoMasterKey
from shared.adapters.durable_files import create_durably

_BYTES: Final = 32


def create_master_key(path: Path) -> None:
    """Write a new key to `path` (mode 0400); `NoMasterKey` when something lies there already."""
    try:
        create_durably(path, f"{secrets.token_hex(_BYTES)}\n".encode(), 0o400)
    except FileExistsError as error:
        raise NoMasterKey(f"{path} exists; a master key is never written over.") from error


def read_master_key(path: Path) -> bytes:
    """The key in `path`; `NoMasterKey` when it is missing, damaged or, where that can be told, readable by others."""
    try:
        text = path.read_text("ascii").strip()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise NoMasterKey(f"There is no readable master key in {path}.") from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NoMasterKey(f"Others may read {path}; it must have mode 0400.")
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise NoMasterKey(f"{path} does not hold a master key.") from error
    if len(key) != _BYTES:
        raise NoMasterKey(f"{path} does not hold a master key.")
    return key
