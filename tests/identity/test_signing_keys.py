"""A provider's published keys: remembered while it is down, and never asked for in a flood."""

import pytest

from shared.adapters.signing_keys import SigningKeys
from shared.domain.login import BrokerUnavailable
from tests.identity.hostile_tokens import Hands, Provider, ec_jwk


def test_keys_are_fetched_once_a_day() -> None:
    provider, clock = Provider(ec_jwk()), Hands()
    keys = SigningKeys(provider.fetch, clock)
    for _ in range(4):
        keys.find("key-1")
        clock.advance(hours=6)
    assert provider.asked == 1
    keys.find("key-1")
    assert provider.asked == 2


def test_known_keys_work_on_while_the_provider_is_down() -> None:
    provider, clock = Provider(ec_jwk()), Hands()
    keys = SigningKeys(provider.fetch, clock)
    keys.find("key-1")
    provider.down = True
    clock.advance(days=3)
    assert keys.find("key-1") is not None


def test_an_unknown_key_fails_closed_while_the_provider_is_down() -> None:
    provider, clock = Provider(ec_jwk()), Hands()
    keys = SigningKeys(provider.fetch, clock)
    keys.find("key-1")
    provider.down = True
    clock.advance(minutes=5)
    assert keys.find("key-2") is None


def test_fifty_unknown_keys_cost_no_fetch_within_half_a_minute_and_one_after() -> None:
    provider, clock = Provider(ec_jwk()), Hands()
    keys = SigningKeys(provider.fetch, clock)
    keys.find("key-1")
    for number in range(50):
        keys.find(f"unknown-{number}")
    assert provider.asked == 1
    clock.advance(seconds=31)
    for number in range(50):
        keys.find(f"unknown-{number}")
    assert provider.asked == 2


def test_a_new_key_is_found_when_the_provider_has_changed_keys() -> None:
    provider, clock = Provider(ec_jwk()), Hands()
    keys = SigningKeys(provider.fetch, clock)
    keys.find("key-1")
    provider.keys.append(ec_jwk(kid="key-2"))
    clock.advance(seconds=31)
    assert keys.find("key-2") is not None


def test_a_withdrawn_key_is_forgotten_within_a_day() -> None:
    provider, clock = Provider(ec_jwk(), ec_jwk(kid="key-2")), Hands()
    keys = SigningKeys(provider.fetch, clock)
    keys.find("key-1")
    provider.keys.pop(0)
    clock.advance(hours=24)
    assert keys.find("key-1") is None


def test_a_provider_that_never_answered_is_asked_again_after_a_few_seconds() -> None:
    provider, clock = Provider(ec_jwk()), Hands()
    provider.down = True
    keys = SigningKeys(provider.fetch, clock)
    for _ in range(10):
        with pytest.raises(BrokerUnavailable):
            keys.find("key-1")
    assert provider.asked == 1
    provider.down = False
    clock.advance(seconds=5)
    assert keys.find("key-1") is not None
