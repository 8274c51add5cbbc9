"""Files in Cloud Storage keep the contract; a bad network, a lost answer and two writers leave whole files or none."""

import gc
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from shared import log
from shared.adapters.cloud_files import PIECE, CloudFiles
from shared.adapters.sealed_chunks import CHUNK
from shared.domain.ids import FileId
from shared.ports.keys import Cipher
from shared.ports.store import AlreadyExists, NotFound, Unavailable
from tests.cloud.buckets import TENANT, Bucket, bucket
from tests.cloud.storage_server import Held
from tests.contracts.files import ONE, FilesContract, counted
from tests.contracts.files import PIECE as WORDS
from tests.loopback import free_port

pytestmark = [
    pytest.mark.slow,
    # The client leaves the connection of a refused download to the garbage collector, which says so.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket.socket:pytest.PytestUnraisableExceptionWarning"),
]
LONG = counted(2 * PIECE + 300_000)
"""Three requests, the last one short."""


@pytest.fixture
def here() -> Iterator[Bucket]:
    with bucket() as opened:
        yield opened
    gc.collect()  # what the client has left lying says so here, and not in the next test


class TestCloudFiles(FilesContract):
    @pytest.fixture(autouse=True)
    def keeper(self, here: Bucket, tmp_path: Path) -> None:  # the bucket comes first
        self.here = here
        self.begin(tmp_path)

    def make(self, folder: Path, cipher: Cipher, tenant: str = TENANT) -> CloudFiles:
        return self.here.keeper(cipher=cipher, tenant=tenant)

    def stored(self, folder: Path, id: FileId) -> bytes:
        return self.here.server.objects[f"files/{id}"].content

    def replace(self, folder: Path, id: FileId, stored: bytes) -> None:
        self.here.server.objects[f"files/{id}"] = Held(stored, 1, {})


def holds_nothing(here: Bucket) -> bool:
    return here.server.objects == {}


def test_a_long_file_goes_and_comes_in_pieces(here: Bucket) -> None:
    here.files.write(ONE, here.key, [LONG])
    assert here.server.asked == ["POST", "PUT", "PUT", "PUT"]
    here.server.asked.clear()

    assert here.content(ONE) == LONG
    assert here.server.asked == ["GET", "GET", "GET"]


def test_a_short_file_is_read_with_one_request(here: Bucket) -> None:
    here.files.write(ONE, here.key, [WORDS])
    here.server.asked.clear()

    assert here.content(ONE) == WORDS
    assert here.server.asked == ["GET"]


def test_a_file_whose_pieces_are_all_full_comes_back(here: Bucket) -> None:
    sealed = 34  # what a chunk is longer when it is sealed, its length included
    whole = PIECE // CHUNK * CHUNK - PIECE // CHUNK * sealed
    here.files.write(ONE, here.key, [counted(whole)])

    assert len(here.server.objects[f"files/{ONE}"].content) == PIECE
    assert here.content(ONE) == counted(whole)


def test_what_is_sent_is_never_held_whole(here: Bucket) -> None:
    ahead: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(32):
            ahead.append(number * CHUNK - sum(len(one.received) for one in here.server.sessions.values()))
            yield bytes(CHUNK)

    here.files.write(ONE, here.key, pieces())

    assert max(ahead) <= PIECE + 2 * CHUNK


def test_of_many_who_write_the_same_file_at_once_one_wins_whole(here: Bucket) -> None:
    def write(writer: int) -> bool:
        try:
            here.files.write(ONE, here.key, [bytes([writer]) * 300_000])
        except AlreadyExists:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = [writer for writer, wrote in enumerate(pool.map(write, range(8))) if wrote]

    assert len(won) == 1
    assert here.content(ONE) == bytes(won) * 300_000


def test_two_who_began_before_either_was_done_do_not_write_over_each_other(here: Bucket) -> None:
    def slow() -> Iterator[bytes]:
        yield WORDS
        here.files.write(ONE, here.key, [b"the other's"])

    with pytest.raises(AlreadyExists):
        here.files.write(ONE, here.key, slow())

    assert here.content(ONE) == b"the other's"


# ── A bucket in trouble ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_passes_is_tried_again(here: Bucket, status: int) -> None:
    here.server.fails = [status, status]
    here.files.write(ONE, here.key, [WORDS])
    here.server.fails = [status, status]
    assert here.content(ONE) == WORDS
    here.server.fails = [status, status]
    here.files.delete(ONE)

    assert holds_nothing(here)


def test_what_does_not_pass_is_unavailable_in_time_and_leaves_nothing(here: Bucket) -> None:
    here.files.write(FileId("2" * 32), here.key, [WORDS])
    here.server.fails = [503] * 1000
    hasty = here.hasty()
    for ask in (
        lambda: hasty.write(ONE, here.key, [WORDS]),
        lambda: list(hasty.read(FileId("2" * 32), here.key)),
        lambda: hasty.delete(FileId("2" * 32)),
    ):
        started = monotonic()
        with pytest.raises(Unavailable):
            ask()
        assert monotonic() - started < 5
    here.server.fails = []

    assert list(here.server.objects) == [f"files/{'2' * 32}"]


@pytest.mark.parametrize("status", [400, 403])
def test_a_bucket_that_refuses_us_is_a_matter_for_a_person(here: Bucket, status: int) -> None:
    lines = io.StringIO()
    log.start(lines)
    here.server.fails = [status] * 10
    with pytest.raises(Unavailable):
        here.files.write(ONE, here.key, [WORDS])
    log.start()

    assert '"files.misconfigured"' in lines.getvalue()
    assert holds_nothing(here)


@pytest.mark.parametrize("after", [0, 1, 300_000, 1_000_000])
def test_a_connection_reset_in_the_middle_of_a_piece_loses_nothing(here: Bucket, after: int) -> None:
    here.server.reset_after = [after, after]
    here.files.write(ONE, here.key, [LONG])

    assert here.content(ONE) == LONG


def test_a_connection_that_is_always_reset_leaves_nothing(here: Bucket) -> None:
    here.server.reset_after = [300_000] * 100
    with pytest.raises(Unavailable):
        here.hasty().write(ONE, here.key, [LONG])

    assert holds_nothing(here)


@pytest.mark.parametrize("lost", range(1, 5))
def test_a_lost_answer_to_any_request_does_no_harm(here: Bucket, lost: int) -> None:
    here.server.lost = lost
    here.files.write(ONE, here.key, [LONG])

    assert here.content(ONE) == LONG


def test_an_answer_lost_for_good_is_looked_for(here: Bucket) -> None:
    def lose_all() -> Iterator[bytes]:
        yield WORDS
        here.server.lost = 3  # the end of the upload and its repetitions; the looking is answered

    assert here.keeper(patience=0.25, try_s=(5.0, 5.0)).write(ONE, here.key, lose_all()) == len(WORDS)
    assert here.content(ONE) == WORDS


def test_a_half_open_connection_keeps_nobody_waiting(here: Bucket) -> None:
    wire, far = here.wired()
    files = here.hasty(far)
    files.write(ONE, here.key, [WORDS])
    for ask in (
        lambda: files.write(FileId("2" * 32), here.key, [LONG]),
        lambda: list(files.read(ONE, here.key)),
        lambda: files.delete(ONE),
    ):
        wire.go_half_open()
        started = monotonic()
        with suppress(Unavailable):
            ask()
        assert monotonic() - started < 8


def test_a_bucket_that_hangs_or_is_not_there_keeps_nobody_waiting(here: Bucket) -> None:
    started = monotonic()
    with here.server.hanging(), pytest.raises(Unavailable):
        here.hasty().write(ONE, here.key, [WORDS])
    with pytest.raises(Unavailable):
        here.hasty(f"http://127.0.0.1:{free_port()}").write(ONE, here.key, [WORDS])

    assert monotonic() - started < 8


def test_a_file_that_takes_too_long_to_come_is_not_kept(here: Bucket) -> None:
    with pytest.raises(Unavailable):
        here.keeper(whole=-1.0).write(ONE, here.key, [LONG])

    assert holds_nothing(here)


def test_a_file_spoilt_on_its_way_is_told_by_its_checksum_and_taken_back(here: Bucket) -> None:
    here.server.spoil = lambda content: content[:-1] + bytes([content[-1] ^ 1])
    with pytest.raises(Unavailable):
        here.files.write(ONE, here.key, [WORDS])

    assert holds_nothing(here)


def test_a_file_cut_short_on_its_way_is_told_by_its_length_and_taken_back(here: Bucket) -> None:
    here.server.spoil = lambda content: content[:-1]
    with pytest.raises(Unavailable):
        here.files.write(ONE, here.key, [WORDS])

    assert holds_nothing(here)


def test_a_download_that_ends_in_the_middle_is_taken_up_again(here: Bucket) -> None:
    here.files.write(ONE, here.key, [LONG])
    here.server.cut_short = 2

    assert here.content(ONE) == LONG


def test_a_file_deleted_while_it_is_read_is_not_whole_and_says_so(here: Bucket) -> None:
    here.files.write(ONE, here.key, [LONG])
    reading = here.files.read(ONE, here.key)
    next(reading)
    here.files.delete(ONE)
    with pytest.raises(NotFound):
        list(reading)


def test_a_closed_keeper_says_that_it_is_unavailable(here: Bucket) -> None:
    here.files.close()
    here.files.close()
    with pytest.raises(Unavailable):
        here.files.write(ONE, here.key, [WORDS])
