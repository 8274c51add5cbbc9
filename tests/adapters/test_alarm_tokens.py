"""Calls of the embedded alarm keeper: nobody else's is taken, and none is taken twice."""

from datetime import timedelta

import pytest

from shared.adapters.alarm_tokens import AlarmTokens
from tests.houses import HandClock

PATH, BODY = "/intern/larm", b'{"deadline": "d1"}'


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def tokens(clock: HandClock) -> AlarmTokens:
    return AlarmTokens(b"s" * 32, clock)


def test_our_own_call_is_known(tokens: AlarmTokens) -> None:
    assert tokens.verify(tokens.sign(PATH, BODY), PATH, BODY)


def test_a_call_is_taken_once(tokens: AlarmTokens) -> None:
    token = tokens.sign(PATH, BODY)
    tokens.verify(token, PATH, BODY)
    assert not tokens.verify(token, PATH, BODY)


def test_a_call_for_another_path_or_with_another_body_is_refused(tokens: AlarmTokens) -> None:
    token = tokens.sign(PATH, BODY)
    assert not tokens.verify(token, "/intern/svep", BODY)
    assert not tokens.verify(token, PATH, b'{"deadline": "d2"}')


def test_a_call_lives_for_five_minutes(tokens: AlarmTokens, clock: HandClock) -> None:
    early, late = tokens.sign(PATH, BODY), tokens.sign(PATH, BODY)
    clock.advance(timedelta(minutes=4, seconds=59))
    assert tokens.verify(early, PATH, BODY)
    clock.advance(timedelta(seconds=1))
    assert not tokens.verify(late, PATH, BODY)


def test_a_call_signed_by_another_installation_is_refused(tokens: AlarmTokens, clock: HandClock) -> None:
    assert not tokens.verify(AlarmTokens(b"t" * 32, clock).sign(PATH, BODY), PATH, BODY)


def test_a_longer_life_can_not_be_written_into_a_call(tokens: AlarmTokens) -> None:
    expires, rest = tokens.sign(PATH, BODY).removeprefix("Bearer ").split(".", 1)
    assert not tokens.verify(f"Bearer {int(expires) + 1}.{rest}", PATH, BODY)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer a.b.c",
        "Bearer 1.2.3",
        "Basic x",
        "Bearer ٣.2.3",
        "Bearer å",
        "Bearer 9.",
        "." * 999,
    ],
)
def test_what_is_no_token_is_refused(tokens: AlarmTokens, header: str) -> None:
    assert not tokens.verify(header, PATH, BODY)


def test_the_scheme_belongs_to_the_token(tokens: AlarmTokens) -> None:
    assert not tokens.verify(tokens.sign(PATH, BODY).removeprefix("Bearer "), PATH, BODY)


def test_a_short_secret_is_refused(clock: HandClock) -> None:
    with pytest.raises(ValueError, match="short"):
        AlarmTokens(b"s" * 31, clock)
