"""When an address counts as a resident's own: after the code that was sent there, in time, and not by guessing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain import safe_channels
from shared.domain.ids import KeyId, MessageId, PersonIndex
from shared.domain.messages import Channel
from shared.domain.phone_numbers import national
from shared.domain.principals import Kind, Principal
from shared.domain.safe_channels import Answered, Asked, NewCode, SafeAction, SafeChannel, Standing
from tests.people import MONDAY

PERSON = PersonIndex("f" * 32)
ME = Principal(Kind.RESIDENT, person=PERSON)
NONE = SafeChannel(PERSON, Channel.EMAIL)
MINE = "nova@example.com"
MINUTE = timedelta(minutes=1)


def asked(kept: SafeChannel = NONE, address: str = MINE, at: datetime = MONDAY, proof: str = "right") -> SafeChannel:
    new = NewCode(address, "sv", MessageId("m" * 32), proof, KeyId("k" * 32))
    return safe_channels.ask(kept, new, ME, at).after


@pytest.mark.parametrize(
    ("channel", "written", "address"),
    [
        (Channel.EMAIL, MINE, MINE),
        (Channel.EMAIL, "nova@example", ""),
        (Channel.EMAIL, "nova@example.com, x@example.com", ""),
        (Channel.EMAIL, "nova@example.com\nBcc: x@example.com", ""),
        (Channel.EMAIL, f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}", ""),
        (Channel.EMAIL, "070-174 06 05", ""),
        (Channel.SMS, "070-174 06 05", "+46701740605"),
        (Channel.SMS, "+46 (0)70 174 06 05", "+46701740605"),
        (Channel.SMS, "031-390 06 13", ""),
        (Channel.SMS, "+358 40 1234567", ""),
        (Channel.SMS, "070-174 06 0", ""),
        (Channel.SMS, MINE, ""),
        (Channel.SMS, "", ""),
    ],
)
def test_an_address_is_one_inbox_or_one_swedish_mobile_phone(channel: Channel, written: str, address: str) -> None:
    assert safe_channels.stated(channel, written) == address


def test_nothing_counts_before_its_code_has_come_back() -> None:
    kept = asked()

    assert (kept.standing, kept.address) == (Standing.ASKED, MINE)
    assert safe_channels.verdict(kept, "right", MONDAY) is Answered.RIGHT
    done = safe_channels.confirm(kept, ME, MONDAY)
    assert (done.action, done.after.standing, done.after.proof) == (SafeAction.CONFIRMED, Standing.CONFIRMED, "")


def test_a_code_holds_for_fifteen_minutes() -> None:
    just = MONDAY + 15 * MINUTE - timedelta(microseconds=1)

    assert safe_channels.verdict(asked(), "right", just) is Answered.RIGHT
    assert safe_channels.verdict(asked(), "right", MONDAY + 15 * MINUTE) is Answered.EXPIRED


def test_after_five_wrong_codes_the_right_one_is_wrong_too() -> None:
    kept = asked()
    for n in range(5):
        assert safe_channels.verdict(kept, f"wrong {n}", MONDAY) is Answered.WRONG
        change = safe_channels.guessed(kept, f"wrong {n}", ME, MONDAY)
        assert change is not None
        kept = change.after

    assert safe_channels.verdict(kept, "right", MONDAY) is Answered.OVER
    assert safe_channels.verdict(asked(kept, at=MONDAY + MINUTE), "right", MONDAY + MINUTE) is Answered.RIGHT


def test_the_same_wrong_code_pressed_twice_counts_once() -> None:
    first = safe_channels.guessed(asked(), "wrong", ME, MONDAY)
    assert first is not None
    assert safe_channels.guessed(first.after, "wrong", ME, MONDAY) is None
    other = safe_channels.guessed(first.after, "another", ME, MONDAY)
    assert other is not None
    assert other.after.tries == 2


def test_no_code_is_right_where_none_was_asked_for_or_one_is_used() -> None:
    used = safe_channels.confirm(asked(), ME, MONDAY).after

    for kept in (NONE, used):
        assert [safe_channels.verdict(kept, said, MONDAY) for said in ("", "right")] == [Answered.NOTHING] * 2


def test_three_codes_a_day_and_no_more_by_beginning_anew() -> None:
    kept, now = NONE, MONDAY
    for _ in range(3):
        assert safe_channels.may_ask(kept, MINE, now) is Asked.SENT
        kept, now = safe_channels.take_away(asked(kept, at=now), ME, now).after, now + MINUTE

    assert safe_channels.may_ask(kept, "other@example.com", now) is Asked.TOO_MANY
    assert safe_channels.may_ask(replace(kept, channel=Channel.SMS, codes=0), MINE, now) is Asked.SENT
    midnight = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    assert safe_channels.may_ask(kept, MINE, midnight - MINUTE) is Asked.TOO_MANY
    assert safe_channels.may_ask(kept, MINE, midnight) is Asked.SENT


def test_who_presses_twice_gets_one_code_but_another_address_gets_its_own() -> None:
    kept = asked()

    assert safe_channels.may_ask(kept, MINE, MONDAY + MINUTE / 2) is Asked.JUST_SENT
    assert safe_channels.may_ask(kept, "other@example.com", MONDAY + MINUTE / 2) is Asked.SENT
    assert safe_channels.may_ask(kept, MINE, MONDAY + MINUTE) is Asked.SENT


def test_a_confirmed_address_is_taken_away_before_another_is_stated() -> None:
    kept = safe_channels.confirm(asked(), ME, MONDAY).after

    assert safe_channels.may_ask(kept, "other@example.com", MONDAY) is Asked.IN_USE


def test_what_is_taken_away_leaves_nothing_of_the_address() -> None:
    gone = safe_channels.take_away(safe_channels.confirm(asked(), ME, MONDAY).after, ME, MONDAY).after

    assert gone == replace(NONE, day=gone.day, codes=1)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("nova@example.com", "n…a@example.com"),
        ("no@example.com", "n…@example.com"),
        ("+46701740605", "07…05"),
        ("", ""),
    ],
)
def test_who_looks_over_a_shoulder_sees_no_whole_address(address: str, shown: str) -> None:
    assert safe_channels.masked(address) == shown


def test_a_swedish_number_is_shown_as_it_is_written_at_home() -> None:
    assert [national(one) for one in ("+46701740605", "+358401234567")] == ["070-174 06 05", "+358401234567"]
