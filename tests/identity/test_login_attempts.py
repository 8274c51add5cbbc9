"""Logins under way: kept sealed by one browser, used once, and short-lived."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.adapters.sealed_texts import SealedTexts
from shared.domain.login import Attempt
from shared.ports.keys import Tampered
from shared.records.day_seals import COLLECTION
from shared.records.login_attempts import LoginAttempts
from tests.identity.keeping import Keeping

ATTEMPT = Attempt(broker="test-eid", state="s" * 43, nonce="n" * 43, verifier="v" * 64, next="/anmal")


def stored(keeping: Keeping) -> int:
    """How many documents there are."""
    return sum(1 for collection, _ in keeping.store._documents if collection == COLLECTION)


def test_a_started_login_comes_back_as_it_was() -> None:
    attempts = Keeping().attempts()
    assert attempts.open(attempts.seal(ATTEMPT)) == ATTEMPT


def test_a_started_login_stores_nothing() -> None:
    keeping = Keeping()
    keeping.attempts().open(keeping.attempts().seal(ATTEMPT))
    assert stored(keeping) == 0


def test_a_started_login_shows_its_browser_nothing() -> None:
    sealed = Keeping().attempts().seal(ATTEMPT)
    for plain in (ATTEMPT.state, ATTEMPT.nonce, ATTEMPT.verifier, ATTEMPT.next):
        assert plain not in sealed


def test_a_started_login_that_somebody_changed_is_none() -> None:
    attempts = Keeping().attempts()
    sealed = attempts.seal(ATTEMPT)
    other = "B" if sealed[60] == "A" else "A"
    for changed in ("", "x", "å", sealed[:-4], f"B{sealed[1:]}", f"{sealed[:60]}{other}{sealed[61:]}"):
        assert attempts.open(changed) is None


def test_what_another_board_or_another_purpose_has_sealed_is_not_taken() -> None:
    for place in (("kulturnamnden", "login attempt"), ("socialnamnden", "another purpose")):
        foreign = SealedTexts(lambda: b"l" * 32, place)
        keeping = Keeping()
        sealed = LoginAttempts(keeping.store, foreign, keeping.clock).seal(ATTEMPT)
        assert keeping.attempts().open(sealed) is None


def test_a_started_login_is_too_old_after_ten_minutes() -> None:
    keeping = Keeping()
    sealed = keeping.attempts().seal(ATTEMPT)
    keeping.clock.advance(minutes=9, seconds=59)
    assert keeping.attempts().open(sealed) == ATTEMPT
    keeping.clock.advance(seconds=1)
    assert keeping.attempts().open(sealed) is None


def test_a_started_login_is_used_once_however_many_ask_at_once() -> None:
    attempts = Keeping().attempts()
    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(lambda _: attempts.use(ATTEMPT), range(8)))
    assert sorted(used) == [False] * 7 + [True]


def test_a_used_login_is_remembered_for_as_long_as_its_cookie_opens() -> None:
    keeping = Keeping()
    attempts = keeping.attempts()
    sealed = attempts.seal(ATTEMPT)
    keeping.clock.advance(minutes=9)
    assert attempts.use(ATTEMPT)
    while attempts.open(sealed):
        keeping.sessions().sweep()
        assert not attempts.use(ATTEMPT)
        keeping.clock.advance(seconds=10)


def test_a_used_login_cannot_be_used_as_a_session() -> None:
    keeping = Keeping()
    keeping.attempts().use(ATTEMPT)
    assert keeping.sessions().read(f"used.{ATTEMPT.state}") is None


def test_the_secret_is_asked_once_and_not_before_it_is_needed() -> None:
    asked: list[str] = []

    def secret() -> bytes:
        asked.append("asked")
        return b"l" * 32

    texts = SealedTexts(secret, ("socialnamnden", "login attempt"))
    assert asked == []
    assert texts.open(texts.seal(b"kept")) == b"kept"
    assert asked == ["asked"]


def test_a_sealed_text_that_was_changed_is_told() -> None:
    texts = SealedTexts(lambda: b"l" * 32, ("socialnamnden",))
    with pytest.raises(Tampered):
        texts.open(texts.seal(b"kept")[:-6])
