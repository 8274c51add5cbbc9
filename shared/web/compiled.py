"""Compiled pages, kept in memory and on the disk: compiling is most of what a first page costs.

They lie where Python keeps the compiled modules of the kit, and are trusted as those are.
"""

import hashlib
import os
import sys
import threading
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from io import BytesIO
from pathlib import Path
from types import CodeType
from typing import Final

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_KIT: Final = Path(__file__).parent
_FOLDER: Final = Path(cache_from_source(__file__)).parent


class CompiledPages(BytecodeCache):
    """Pages that a process has compiled serve its other apps; what is kept in `folder` also the next process.

    A page is compiled anew when its text, Python, Jinja or the kit has changed (`kit` tells them apart). Where nothing
    can be written, or Python is told to write no bytecode, it only takes longer.
    """

    def __init__(self, folder: Path = _FOLDER, kit: bytes | None = None) -> None:
        self._folder = folder
        self._kit = kit
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code, if the same text has been compiled before."""
        kept = self._codes.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.code = kept
            return
        with suppress(OSError, ValueError, EOFError, TypeError):
            kit, _, code = self._path(bucket).read_bytes().partition(b"\n")
            if kit == (self._kit or _kit()):
                bucket.load_bytecode(BytesIO(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of the bucket."""
        if bucket.code is None:
            return
        self._codes[bucket.key, bucket.checksum] = bucket.code
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self._write(self._path(bucket), (self._kit or _kit()) + b"\n" + bucket.bytecode_to_string())

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all: another process may be reading."""
        fresh = path.with_name(f"{path.name}-{os.getpid()}-{threading.get_ident()}")
        fresh.write_bytes(content)
        fresh.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"page-{bucket.key}.{sys.implementation.cache_tag}.jinja"


@cache
def _kit() -> bytes:
    """What compiled pages depend on besides their text: constant parts are worked out when a page is compiled."""
    found = hashlib.sha256(jinja2.__version__.encode())
    for path in sorted(_KIT.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest().encode()
