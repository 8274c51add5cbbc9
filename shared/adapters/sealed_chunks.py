"""Long content as a row of sealed chunks: none can be left out, doubled, swapped, cut off or taken from elsewhere.

Each chunk holds 1 MiB, the last one what remains (nothing at all of an empty file), and is sealed for its place:
the file's, its number in the row, and whether it is the last. On the disk it stands after its length (4 bytes).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from shared.domain.ids import KeyId
from shared.ports.keys import Cipher, Tampered

CHUNK: Final = 1024 * 1024
_LONGEST: Final = CHUNK + 1024
"""More than a sealed chunk can be, whatever the cipher adds."""
_LENGTH: Final = struct.Struct(">I")


class Readable(Protocol):
    """Where sealed content is read from, from the beginning on."""

    def read(self, count: int, /) -> bytes:
        """The next so many bytes; fewer at the end."""
        ...


class Counted:
    """The same pieces, counted on their way: `bytes` is how many there have been."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.bytes += len(piece)
            yield piece


def sealed_chunks(cipher: Cipher, key: KeyId, place: Sequence[str], content: Iterable[bytes]) -> Iterator[bytes]:
    """The content in sealed chunks, each after its length."""
    for number, (chunk, last) in enumerate(_marked(_chunks(content))):
        sealed = cipher.seal(key, chunk, _placed(place, number, last=last))
        yield _LENGTH.pack(len(sealed)) + sealed


def opened_chunks(cipher: Cipher, key: KeyId, place: Sequence[str], file: Readable) -> Iterator[bytes]:
    """What was sealed, chunk by chunk; `Tampered` as soon as one is not what and where it was."""
    for number, (sealed, last) in enumerate(_marked(_framed(file))):
        chunk = cipher.open(key, sealed, _placed(place, number, last=last))
        if chunk:
            yield chunk


def _placed(place: Sequence[str], number: int, *, last: bool) -> tuple[str, ...]:
    return (*place, str(number), "last" if last else "more")


def _chunks(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of exactly `CHUNK`, and one shorter piece at the end; at least one piece."""
    waiting, given = bytearray(), False
    for piece in content:
        waiting += piece
        while len(waiting) >= CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
            given = True
    if waiting or not given:
        yield bytes(waiting)


def _framed(file: Readable) -> Iterator[bytes]:
    head = file.read(_LENGTH.size)
    if not head:
        raise Tampered("A file is empty.")
    while head:
        length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else _LONGEST
        sealed = file.read(length) if length < _LONGEST else b""
        if len(sealed) != length:
            raise Tampered("A chunk of a file is cut off.")
        yield sealed
        head = file.read(_LENGTH.size)


def _marked(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last."""
    piece = next(pieces)
    for following in pieces:
        yield piece, False
        piece = following
    yield piece, True
