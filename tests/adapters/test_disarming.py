"""What strangers send is opened in a process that can be lost: it has bounds, and nothing it could betray."""

import socket
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Final

import pikepdf
import pillow_heif
import pytest
from PIL import Image

from shared import log
from shared.adapters import confinement, disarming
from shared.adapters.disarmed_images import MOST_PIXELS
from shared.adapters.disarming import Disarmer
from shared.domain.file_types import UNOPENED, FileType
from shared.domain.received_files import LARGEST_FILE, Refusal
from shared.ports.files import Disarmed
from shared.ports.store import Unavailable
from tests.adapters.test_disarmed_images import ROTATED, bomb, exif, picture, written
from tests.adapters.test_disarmed_pdfs import letter
from tests.adapters.test_disarmed_pdfs import written as pdf_written

WRITE: Final = "import sys; sys.stdout.buffer.write"


def pretending(code: str, monkeypatch: pytest.MonkeyPatch) -> Disarmer:
    """One whose process runs this code instead."""
    monkeypatch.setattr(disarming, "_WORKER", (sys.executable, "-c", code))
    return Disarmer(seconds=5.0, wait=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_an_image_comes_back_from_its_process_as_a_jpeg(form: str) -> None:
    kind = FileType.HEIC if form == "HEIF" else FileType(form.lower())

    made = Disarmer().disarm(kind, written(picture(), form))

    assert isinstance(made, Disarmed)
    assert made.kind is FileType.JPEG
    assert Image.open(BytesIO(made.content)).size == (64, 32)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "MPO"])
def test_a_phones_photograph_comes_back_from_its_process_upright(form: str) -> None:
    kind = {"HEIF": FileType.HEIC, "MPO": FileType.JPEG}.get(form) or FileType(form.lower())
    two = {"save_all": True, "append_images": [picture()]} if form == "MPO" else {}

    made = Disarmer().disarm(kind, written(picture(), form, exif=exif(ROTATED), **two))

    assert isinstance(made, Disarmed)
    assert Image.open(BytesIO(made.content)).size == (32, 64)


@pytest.mark.slow
def test_a_pdf_comes_back_from_its_process_as_a_pdf() -> None:
    made = Disarmer().disarm(FileType.PDF, pdf_written(letter()))

    assert isinstance(made, Disarmed)
    assert made.kind is FileType.PDF
    assert len(pikepdf.open(BytesIO(made.content)).pages) == 1


@pytest.mark.slow
def test_a_pdf_that_a_bank_has_locked_against_changes_comes_back_too() -> None:
    bound = pdf_written(letter(), encryption=pikepdf.Encryption(user="", owner="hemligt"))

    assert isinstance(Disarmer().disarm(FileType.PDF, bound), Disarmed)


@pytest.mark.slow
def test_why_a_file_is_refused_comes_back_too() -> None:
    locked = pdf_written(letter(), encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))

    assert Disarmer().disarm(FileType.PDF, locked) is Refusal.LOCKED
    assert Disarmer().disarm(FileType.PDF, b"%PDF-1.7") is Refusal.DAMAGED
    assert Disarmer().disarm(FileType.PNG, bomb(60_000, 60_000)) is Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", sorted(UNOPENED))
def test_a_packed_file_is_not_opened(kind: FileType, monkeypatch: pytest.MonkeyPatch) -> None:
    zip_bomb = b"PK\x03\x04" + bytes(1000)

    assert pretending("raise SystemExit(1)", monkeypatch).disarm(kind, zip_bomb) == Disarmed(kind, zip_bomb)


@pytest.mark.parametrize("kind", FileType)
def test_no_bytes_and_too_many_bytes_start_no_process(kind: FileType, monkeypatch: pytest.MonkeyPatch) -> None:
    disarmer = pretending("raise SystemExit(1)", monkeypatch)

    assert disarmer.disarm(kind, b"") is Refusal.EMPTY
    assert disarmer.disarm(kind, bytes(LARGEST_FILE + 1)) is Refusal.TOO_LARGE


@pytest.mark.slow
@pytest.mark.parametrize("times", ["range(21)", "iter(int, 1)"], ids=["a-little", "endless"])
def test_a_file_that_grows_too_large_is_refused(times: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"{WRITE}(b'ready\\ndone\\n')\nfor _ in {times}: sys.stdout.buffer.write(bytes(1024 * 1024))"
    disarmer = pretending(code, monkeypatch)

    assert disarmer.disarm(FileType.PNG, b"x") is Refusal.TOO_LARGE


@pytest.mark.slow
@pytest.mark.parametrize("said", ["done\\n<script>", "done\\nPK\\x03\\x04", "clean\\n%PDF-", "", "\\xff"])
def test_a_process_that_a_file_has_taken_over_can_not_give_back_something_else(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pretending(f"{WRITE}(b'ready\\n{said}')", monkeypatch).disarm(FileType.PDF, b"x") is Refusal.DAMAGED


@pytest.mark.slow
def test_a_process_that_does_not_listen_is_fed_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = pretending(f"{WRITE}(b'ready\\nlocked')", monkeypatch)

    assert deaf.disarm(FileType.PDF, bytes(LARGEST_FILE)) is Refusal.LOCKED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "refusal"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", Refusal.DAMAGED),
        ("os.abort()", Refusal.DAMAGED),
        ("os.kill(os.getpid(), signal.SIGXCPU)", Refusal.TOO_HEAVY),
        ("sys.exit(1)", Refusal.DAMAGED),
    ],
    ids=["segfault", "abort", "cpu", "exception"],
)
def test_a_process_that_breaks_down_over_a_file_refuses_it(
    end: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = f"{WRITE}(b'ready\\ndone\\nhalf'); sys.stdout.flush(); import os, signal; {end}"

    assert pretending(begun, monkeypatch).disarm(FileType.PDF, b"x") is refusal


@pytest.mark.slow
def test_a_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    forever = f"{WRITE}(b'ready\\n'); sys.stdout.flush(); import threading; threading.Event().wait()"
    endless = pretending(forever, monkeypatch)
    monkeypatch.setattr(endless, "_seconds", 2.0)

    assert endless.disarm(FileType.PDF, b"x") is Refusal.TOO_HEAVY


@pytest.mark.slow
@pytest.mark.parametrize("code", ["import nothing_like_this", "raise SystemExit(0)"])
def test_a_process_that_does_not_start_is_nobodys_fault(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unavailable):
        pretending(code, monkeypatch).disarm(FileType.PDF, b"x")


def test_a_program_that_is_not_there_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(disarming, "_WORKER", (str(tmp_path / "none"),))
    with pytest.raises(Unavailable):
        Disarmer().disarm(FileType.PDF, b"x")


@pytest.mark.slow
def test_so_many_at_once_that_memory_might_end_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        door.settimeout(20)
        port = door.getsockname()[1]
        waiting = f"import socket; socket.create_connection(('127.0.0.1', {port})).recv(1)"
        busy = pretending(f"{waiting}; {WRITE}(b'ready\\ndone\\n%PDF-ok')", monkeypatch)
        threads = [Thread(target=busy.disarm, args=(FileType.PDF, b"x")) for _ in range(2)]
        for thread in threads:
            thread.start()
        lines = [door.accept()[0] for _ in threads]

        with pytest.raises(Unavailable):
            busy.disarm(FileType.PDF, b"x")

        for line in lines:
            line.close()
        for thread in threads:
            thread.join()
    monkeypatch.setattr(disarming, "_WORKER", (sys.executable, "-c", f"{WRITE}(b'ready\\ndone\\n%PDF-ok')"))
    assert busy.disarm(FileType.PDF, b"x") == Disarmed(FileType.PDF, b"%PDF-ok")


def in_worker(code: str) -> str:
    """What the code says when the worker's bounds hold for it."""
    bounded = f"import socket; from shared.adapters import confinement as w; w.give_up()\n{code}"
    done = subprocess.run([sys.executable, "-c", bounded], capture_output=True, text=True, check=False, timeout=30)
    return done.stdout.strip() or str(done.returncode)


@pytest.mark.slow
@pytest.mark.parametrize(
    "deed",
    [
        "socket.socket()",
        "open('pyproject.toml')",
        "__import__('os').pipe()",
        "bytearray(600 * 1024 * 1024)",
    ],
)
def test_a_worker_gets_no_socket_no_file_and_no_more_memory(deed: str) -> None:
    said = in_worker(f"try:\n    {deed}\n    print('done')\nexcept (OSError, MemoryError) as error:\n    print('no')")

    assert said == "no"


@pytest.mark.slow
def test_a_worker_that_computes_for_ever_is_ended_by_the_system() -> None:
    said = in_worker("import resource\nprint(resource.getrlimit(resource.RLIMIT_CPU))")

    assert said == str((confinement.CPU_SECONDS, confinement.CPU_SECONDS))


@pytest.mark.slow
def test_a_worker_sees_nothing_of_its_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROSKELFRI_SECRET", "canary")
    told = f"import os; {WRITE}(b'ready\\ndone\\n%PDF-' + repr(dict(os.environ)).encode())"

    made = pretending(told, monkeypatch).disarm(FileType.PDF, b"x")

    assert isinstance(made, Disarmed)
    assert b"canary" not in made.content


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "pixels"), [(FileType.JPEG, MOST_PIXELS), (FileType.WEBP, MOST_PIXELS // 2)])
def test_a_large_image_fits_the_worker(kind: FileType, pixels: int) -> None:
    side = int(pixels**0.5)
    sent = written(
        Image.new("RGB", (side, side), "teal"), kind.upper(), **({"method": 0} if kind is FileType.WEBP else {})
    )

    assert isinstance(Disarmer().disarm(kind, sent), Disarmed)


@pytest.mark.slow
def test_nothing_of_a_file_is_told_to_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    log.start()
    Disarmer().disarm(FileType.PDF, b"%PDF-1.7\nStorgatan 1")
    pillow_heif.register_heif_opener(thumbnails=False)
    Disarmer().disarm(FileType.HEIC, written(picture(), "HEIF")[:200])

    assert "Storgatan" not in "".join(capfd.readouterr())
