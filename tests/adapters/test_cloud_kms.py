"""The key in Cloud KMS: what it wraps comes back for its own place only, whatever happens on the way."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import Any

import grpc
import pytest

from shared.adapters.cannot_open import NoMasterKey
from shared.adapters.cloud_kms import CloudKms
from shared.ports.store import Unavailable
from tests.adapters.wire import wire_to
from tests.cloud.kms_server import KEY, KmsServer
from tests.contracts.store_races import at_once
from tests.loopback import free_port

PLACE = ("socialnamnden", "master_keys", "master")
PLAIN = b"m" * 32
PASSING = ["UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "RESOURCE_EXHAUSTED", "ABORTED", "UNKNOWN"]


@contextmanager
def keeper(port: int, key: str = KEY, patience: float = 10.0, try_s: float = 5.0) -> Iterator[CloudKms]:
    """The adapter, connected to a server here."""
    kms = CloudKms(key, channel=grpc.insecure_channel(f"127.0.0.1:{port}"), patience=patience, try_s=try_s)
    try:
        yield kms
    finally:
        kms.close()
        kms.close()


class Bench:
    """The adapter with a key service on loopback."""

    def __init__(self) -> None:
        self.server = KmsServer()
        self._open = ExitStack()
        self.port = self._open.enter_context(self.server.serving())
        self.kms = self._open.enter_context(keeper(self.port))

    def close(self) -> None:
        self._open.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.close()


def test_what_was_wrapped_is_opened_and_nothing_of_it_is_readable(bench: Bench) -> None:
    wrapped = bench.kms.wrap(PLAIN, PLACE)
    assert PLAIN not in wrapped
    opened = bench.kms.unwrap(wrapped, PLACE)
    assert (opened.plain, opened.newest) == (PLAIN, True)


def test_it_opens_for_its_own_place_only(bench: Bench) -> None:
    wrapped = bench.kms.wrap(PLAIN, PLACE)
    with pytest.raises(NoMasterKey, match="another board"):
        bench.kms.unwrap(wrapped, ("annan", *PLACE[1:]))


def test_an_older_version_of_the_key_still_opens_and_says_that_it_is_old(bench: Bench) -> None:
    wrapped = bench.kms.wrap(PLAIN, PLACE)
    bench.server.rotate()
    opened = bench.kms.unwrap(wrapped, PLACE)
    assert (opened.plain, opened.newest) == (PLAIN, False)
    assert bench.kms.unwrap(bench.kms.wrap(PLAIN, PLACE), PLACE).newest


def test_many_may_ask_at_once(bench: Bench) -> None:
    assert all(at_once(8, lambda _: bench.kms.unwrap(bench.kms.wrap(PLAIN, PLACE), PLACE).plain == PLAIN))


# ── A key that refuses ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("at", [0, 1, 20, -1])
def test_a_changed_bit_of_what_was_wrapped_opens_nothing(bench: Bench, at: int) -> None:
    wrapped = bytearray(bench.kms.wrap(PLAIN, PLACE))
    wrapped[at] ^= 128
    with pytest.raises(NoMasterKey, match="was changed"):
        bench.kms.unwrap(bytes(wrapped), PLACE)


def test_another_key_opens_nothing(bench: Bench) -> None:
    wrapped = bench.kms.wrap(PLAIN, PLACE)
    with KmsServer().serving() as port, keeper(port) as other, pytest.raises(NoMasterKey, match="another key"):
        other.unwrap(wrapped, PLACE)


def test_a_disabled_version_is_named_as_what_it_is(bench: Bench) -> None:
    wrapped = bench.kms.wrap(PLAIN, PLACE)
    bench.server.disabled.add(1)
    with pytest.raises(NoMasterKey, match="disabled or destroyed"):
        bench.kms.unwrap(wrapped, PLACE)
    bench.server.rotate()
    bench.kms.wrap(PLAIN, PLACE)


def test_a_key_that_is_not_there_is_named(bench: Bench) -> None:
    with keeper(bench.port, f"{KEY}-2") as elsewhere, pytest.raises(NoMasterKey, match="sealing-2 is not there"):
        elsewhere.wrap(PLAIN, PLACE)


@pytest.mark.parametrize("status", ["PERMISSION_DENIED", "UNAUTHENTICATED", "NOT_FOUND", "FAILED_PRECONDITION"])
def test_a_refusal_is_one_line_and_is_not_asked_for_twice(bench: Bench, status: str) -> None:
    bench.server.fails = [grpc.StatusCode[status]]
    with pytest.raises(NoMasterKey) as refused:
        bench.kms.wrap(PLAIN, PLACE)
    assert "\n" not in str(refused.value)
    assert bench.server.asked == ["Encrypt"]


# ── A service in trouble ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", PASSING)
def test_what_passes_is_tried_again(bench: Bench, status: str) -> None:
    bench.server.fails = [grpc.StatusCode[status]] * 2
    assert bench.kms.unwrap(bench.kms.wrap(PLAIN, PLACE), PLACE).plain == PLAIN


def test_what_does_not_pass_is_unavailable_within_the_time(bench: Bench) -> None:
    bench.server.fails = [grpc.StatusCode.UNAVAILABLE] * 100
    started = monotonic()
    with keeper(bench.port, patience=0.6) as hasty, pytest.raises(Unavailable):
        hasty.wrap(PLAIN, PLACE)
    assert monotonic() - started < 3


def test_a_service_that_hangs_keeps_nobody_waiting(bench: Bench) -> None:
    started = monotonic()
    with keeper(bench.port, patience=0.6, try_s=0.3) as hasty, bench.server.hanging(), pytest.raises(Unavailable):
        hasty.wrap(PLAIN, PLACE)
    assert monotonic() - started < 3


def test_a_service_that_is_not_there_keeps_nobody_waiting() -> None:
    started = monotonic()
    with keeper(free_port(), patience=0.6, try_s=0.3) as nowhere, pytest.raises(Unavailable):
        nowhere.wrap(PLAIN, PLACE)
    assert monotonic() - started < 3


def test_a_slow_service_is_waited_for(bench: Bench) -> None:
    with wire_to(bench.port) as wire, keeper(wire.port) as far:
        wire.delay_s = 0.3
        assert far.unwrap(far.wrap(PLAIN, PLACE), PLACE).plain == PLAIN


def test_a_connection_that_is_cut_is_made_anew(bench: Bench) -> None:
    with wire_to(bench.port) as wire, keeper(wire.port) as far:
        wrapped = far.wrap(PLAIN, PLACE)
        wire.cut()
        assert far.unwrap(wrapped, PLACE).plain == PLAIN


def test_a_connection_gone_half_open_keeps_nobody_waiting(bench: Bench) -> None:
    with wire_to(bench.port) as wire, keeper(wire.port, patience=1.0, try_s=0.4) as far:
        wrapped = far.wrap(PLAIN, PLACE)
        wire.go_half_open()
        started = monotonic()
        with pytest.raises(Unavailable):
            far.unwrap(wrapped, PLACE)
        assert monotonic() - started < 3


# ── Answers that are spoilt on their way ──────────────────────────────────────────────────────────────────────────────


class Spoiling:
    """Bends the first so many answers."""

    def __init__(self, times: int, field: str, value: object) -> None:
        self.left = times
        self.field = field
        self.value = value

    def __call__(self, answer: Any) -> None:
        if self.left and self.field in type(answer).meta.fields:
            self.left -= 1
            setattr(answer, self.field, self.value)


SPOILT: list[tuple[str, object]] = [
    ("ciphertext", b"other"),
    ("ciphertext_crc32c", 1),
    ("ciphertext_crc32c", None),
    ("verified_plaintext_crc32c", False),
    ("verified_additional_authenticated_data_crc32c", False),
    ("name", f"{KEY}-2/cryptoKeyVersions/1"),
    ("plaintext", b"n" * 32),
    ("plaintext_crc32c", 1),
    ("plaintext_crc32c", None),
]
each_spoilt = pytest.mark.parametrize(("field", "value"), SPOILT)


@each_spoilt
def test_a_spoilt_answer_is_asked_for_again(bench: Bench, field: str, value: object) -> None:
    bench.server.bend = Spoiling(2, field, value)
    assert bench.kms.unwrap(bench.kms.wrap(PLAIN, PLACE), PLACE).plain == PLAIN
    assert len(bench.server.asked) == 4


@each_spoilt
def test_an_answer_that_stays_spoilt_is_never_believed(bench: Bench, field: str, value: object) -> None:
    bench.server.bend = Spoiling(100, field, value)
    with pytest.raises(Unavailable):
        bench.kms.unwrap(bench.kms.wrap(PLAIN, PLACE), PLACE)


def test_checksums_that_did_not_arrive_are_not_taken_for_verified(bench: Bench) -> None:
    bench.server.drop_checksums = True
    with pytest.raises(Unavailable):
        bench.kms.wrap(PLAIN, PLACE)
