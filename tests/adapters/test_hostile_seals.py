"""Strangers' files: what claims to bear our seal is read where it can do little, and is not believed."""

import zlib

import pytest

from shared.adapters import pdf_seals
from shared.adapters.pdf_seals import PdfSeals
from shared.adapters.seal_reading import bears, may_be_whole
from shared.domain.originals import LARGEST, Checked, Verdict
from shared.ports.store import Unavailable
from tests.adapters.seals import OURS, check, sealed

UNKNOWN, ALTERED = Checked(Verdict.UNKNOWN), Checked(Verdict.ALTERED)


def bomb() -> bytes:
    """A cross-reference stream that unpacks to more than its process may hold."""
    packing = zlib.compressobj(1)
    packed = b"".join(packing.compress(bytes(1024 * 1024)) for _ in range(700)) + packing.flush()
    about = b"<< /Type /XRef /Size 3 /W [1 4 2] /Root 2 0 R /Filter /FlateDecode /Length %d >>" % len(packed)
    return b"%PDF-1.7\n1 0 obj\n" + about + b"\nstream\n" + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


END = b"trailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
TABLE = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
HOSTILE = {
    "nothing": b"",
    "no PDF": b"<html>",
    "a header only": b"%PDF-1.7\n",
    "an endless chain of tables": b"%PDF-1.7\n" + TABLE + END.replace(b" >>", b" /Prev 9 >>") % 9,
    "deep nesting": b"%PDF-1.7\n1 0 obj\n" + b"[" * 400_000 + b"\nendobj\n" + TABLE + END % 400_025,
    "a table of a billion": b"%PDF-1.7\n" + TABLE.replace(b"0 2", b"0 999999999") + END % 9,
    "too large": sealed() + bytes(LARGEST),
}


@pytest.mark.parametrize("pdf", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_unknown_and_cost_little(pdf: bytes) -> None:
    assert check(pdf) == UNKNOWN


def baited(pdf: bytes) -> bytes:
    """The same with our certificate in a comment that claims to cover it all, so that it is read."""
    start, mark, rest = pdf.rpartition(b"startxref")
    words = f"%{OURS.der.hex()}/ByteRange [0 1 0 "
    bait = f"{words}{len(pdf) + len(words) + 11:09}]\n".encode()
    return start + bait + mark + rest if mark else pdf + bait


def test_the_bait_is_taken() -> None:
    assert all(bears(baited(one), [OURS.der]) and may_be_whole(baited(one)) for one in HOSTILE.values())


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in {"nothing", "no PDF", "too large"}])
def test_hostile_files_that_bear_our_certificate_are_read_and_not_believed(name: str) -> None:
    assert check(baited(HOSTILE[name])) == ALTERED


@pytest.mark.slow
def test_a_bomb_takes_no_more_than_its_process() -> None:
    assert check(baited(bomb())) == ALTERED


def test_a_check_that_never_ends_is_ended_and_says_nothing_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "import sys; sys.stdin.buffer.read(); sys.stdout.write('ready\\n'); sys.stdout.flush()\nwhile True: pass"
    monkeypatch.setattr(pdf_seals, "_WORKER", ("python3", "-c", said))

    with pytest.raises(Unavailable):
        PdfSeals(lambda: OURS, seconds=1).check(sealed(), [OURS.der])


def test_while_others_are_checked_one_waits_and_is_then_told_so() -> None:
    busy = PdfSeals(lambda: OURS, wait=0)
    with busy._room, pytest.raises(Unavailable):
        busy.check(sealed(), [OURS.der])


def test_a_process_taken_over_cannot_vouch_for_a_file_with_words_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "import sys; sys.stdin.buffer.read(); sys.stdout.write('ready\\nvalid soon')"
    monkeypatch.setattr(pdf_seals, "_WORKER", ("python3", "-c", said))

    assert PdfSeals(lambda: OURS).check(sealed(), [OURS.der]) == ALTERED


def test_a_process_that_does_not_start_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_seals, "_WORKER", ("python3", "-c", "raise SystemExit(3)"))

    with pytest.raises(Unavailable):
        PdfSeals(lambda: OURS).check(sealed(), [OURS.der])
