"""The process that reads seals in strangers' files: one file from standard input, one line to standard output, the end.

What it is given is `request`: how many certificates there are, the length of each and the certificate, then the file.
What it says is `READY`, then the verdict and, for a valid file, the instant at which it says it was sealed.
"""

import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from shared.adapters.confinement import give_up
from shared.domain.originals import Checked, Verdict

READY: Final = b"ready\n"
_LENGTH: Final = struct.Struct(">I")


def request(pdf: bytes, certificates: Sequence[bytes]) -> bytes:
    """What the process is told."""
    held = (_LENGTH.pack(len(one)) + one for one in certificates)
    return b"".join([_LENGTH.pack(len(certificates)), *held, pdf])


def told(content: bytes) -> tuple[bytes, list[bytes]]:
    """The file and the certificates of a `request`."""
    (count,) = _LENGTH.unpack_from(content)
    at, certificates = _LENGTH.size, []
    for _ in range(count):
        (length,) = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        certificates.append(content[at : at + length])
        at += length
    return content[at:], certificates


def answer(checked: Checked) -> bytes:
    """What the process says in the end."""
    when = checked.sealed_at.isoformat() if checked.sealed_at else ""
    return f"{checked.verdict} {when}".encode()


def verdict(said: bytes) -> Checked:
    """The answer as a value; of anything else only that the file is not what was sealed."""
    words = said.removeprefix(READY).decode("ascii", "replace").split(" ")
    with suppress(ValueError):
        found = Verdict(words[0])
        if found is not Verdict.VALID:
            return Checked(found)
        return Checked(found, datetime.fromisoformat(words[1]))
    return Checked(Verdict.ALTERED)


def main() -> None:
    """Read one file, and answer."""
    content = sys.stdin.buffer.read()
    from shared.adapters.seal_reading import reader

    read = reader()
    give_up()
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    pdf, certificates = told(content)
    try:
        checked = read(pdf, certificates)
    except MemoryError:
        checked = Checked(Verdict.ALTERED)
    sys.stdout.buffer.write(answer(checked))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
