"""What the seals in a PDF say, read with pyHanko; only ever run where a hostile file can do nothing."""

import hashlib
import re
from asyncio import AbstractEventLoop, new_event_loop
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from shared.domain.originals import Checked, Verdict

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_COVERED: Final = re.compile(rb"/ByteRange ?\[ ?0 (\d{1,9}) (\d{1,9}) (\d{1,9}) *\]")
_NEEDED: Final = (
    "encodings.idna", "encodings.latin_1", "encodings.utf_16_be",
    "cryptography.hazmat.primitives.asymmetric.padding", "cryptography.hazmat.backends.openssl.backend",
    "pyhanko.pdf_utils.reader", "pyhanko.sign.diff_analysis", "pyhanko.sign.validation", "pyhanko_certvalidator",
)  # fmt: skip


def reader() -> Callable[[bytes, Sequence[bytes]], Checked]:
    """What reads seals, with everything loaded and opened that it will ever need."""
    for name in _NEEDED:
        import_module(name)
    loop = new_event_loop()
    return lambda pdf, certificates: read_seals(pdf, certificates, loop)


def bears(pdf: bytes, certificates: Sequence[bytes]) -> bool:
    """Whether the end of one of these certificates lies in the file as our seals hold it: else nobody need read it.

    Either half of the last 64 bytes is enough. They are of the certificate's own signature, as no other has them, and a
    changed byte leaves one of them.
    """
    ends = [end.hex() for one in certificates for end in (one[-64:-32], one[-32:])]
    return any(written.encode() in pdf for end in ends for written in (end.upper(), end))


def may_be_whole(pdf: bytes) -> bool:
    """Whether something in the file claims to cover it to its last byte, as a seal of ours does; cheap to see."""
    return _range(pdf) is not None


def covered(pdf: bytes) -> str:
    """SHA-256 (64 hex digits) of everything that a seal to the last byte covers: all but the seal itself; else ""."""
    if (found := _range(pdf)) is None:
        return ""
    before, after = found
    return hashlib.sha256(pdf[:before] + pdf[after:]).hexdigest()


def _range(pdf: bytes) -> tuple[int, int] | None:
    """Where the last seal that claims to cover the file to its last byte begins and ends."""
    every = (tuple(map(int, one)) for one in _COVERED.findall(pdf))
    return next(
        ((before, after) for before, after, rest in reversed(list(every)) if after + rest == len(pdf)),
        None,
    )


def dated(pdf: bytes) -> datetime | None:
    """The instant that the last seal in a file of our own states, in UTC; None without one."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    every = PdfFileReader(BytesIO(pdf)).embedded_signatures
    at = every[-1].self_reported_timestamp if every else None
    return None if at is None else at.astimezone(UTC)


def read_seals(pdf: bytes, certificates: Sequence[bytes], loop: AbstractEventLoop) -> Checked:
    """Whether one of these certificates has sealed the file, all of it, as it is.

    A file that bears a certificate and is anything else has been altered.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not bears(pdf, certificates):
        return Checked(Verdict.UNKNOWN)
    try:
        every = PdfFileReader(BytesIO(pdf)).embedded_signatures
        ours = next((one for one in every if one.signer_cert.dump() in certificates), None)
        return Checked(Verdict.ALTERED) if ours is None else _judged(pdf, ours, loop)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library says in many ways that a file is not what it should be
        return Checked(Verdict.ALTERED)


def _judged(pdf: bytes, seal: "EmbeddedPdfSignature", loop: AbstractEventLoop) -> Checked:
    """Valid only when the seal holds and covers the whole file: nothing may follow it, however harmless."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    sealed_at = seal.self_reported_timestamp
    trusted = ValidationContext(trust_roots=[seal.signer_cert], moment=sealed_at, allow_fetching=False)
    status: Any = loop.run_until_complete(async_validate_pdf_signature(seal, trusted))
    whole = (
        status.bottom_line
        and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and status.modification_level is ModificationLevel.NONE
        and _is_as_written(pdf, seal)
    )
    return Checked(Verdict.VALID, sealed_at) if whole and sealed_at is not None else Checked(Verdict.ALTERED)


def _is_as_written(pdf: bytes, seal: "EmbeddedPdfSignature") -> bool:
    """Whether the seal itself, which no seal covers, is written byte for byte as we write it, zeros behind it."""
    from asn1crypto import cms

    _, before, after, _ = (int(number) for number in seal.byte_range)
    between = pdf[before:after]
    found = cms.ContentInfo.load(seal.pkcs7_content)
    written = found.dump(force=True).hex().encode()
    filled = b"<" + written.ljust(len(between) - len(b"<>"), b"0") + b">"
    return not seal.signer_info["unsigned_attrs"] and between == filled.upper()
