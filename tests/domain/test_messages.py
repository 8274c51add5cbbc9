"""A message on its way: how it is tried, and how far each word brings it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain import messages
from shared.domain.message_pauses import not_taken
from shared.domain.messages import (
    DUTY_PHONE,
    Channel,
    Message,
    Reason,
    Recipient,
    State,
    message_id,
)
from tests.people import MONDAY
from tests.written_messages import NIGHT, RESIDENT, STAFF, message

# ── Once ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_event_has_one_message_for_each_recipient() -> None:
    assert message_id(STAFF, "e") == message_id(STAFF, "e")
    assert len({message_id(STAFF, "e"), message_id(STAFF, "f"), message_id(DUTY_PHONE, "e")}) == 3


# ── Tries ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_keeps_everybody_else_away_until_its_time_is_over() -> None:
    mine = messages.claimed(message(), Channel.EMAIL, MONDAY)

    assert messages.ready(message(), MONDAY)
    assert not messages.ready(mine, MONDAY + messages.CLAIM - timedelta(seconds=6))
    assert messages.ready(mine, MONDAY + messages.CLAIM)


def test_tries_come_further_and_further_apart() -> None:
    pauses = [not_taken(n, urgent=False) for n in range(1, 9)]

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(hours=1))


def test_a_page_is_tried_again_within_a_minute_and_every_five_minutes() -> None:
    pauses = [not_taken(n, urgent=True) for n in range(1, 9)]

    assert (pauses[0], max(pauses)) == (timedelta(seconds=15), timedelta(minutes=5))


def test_what_may_have_left_is_tried_again_for_hours_though_only_a_few_times() -> None:
    def last(one: Message) -> timedelta:
        now = MONDAY
        while one.state is State.WAITING:
            now = max(now, one.next_try)
            one = messages.tried(messages.claimed(one, one.channel, now), NIGHT, now, unsure=True)
        return now - MONDAY

    page = messages.tried(messages.claimed(message(urgent=True), Channel.SMS, MONDAY), NIGHT, MONDAY, unsure=True)

    assert page.next_try == MONDAY + timedelta(seconds=15)
    assert timedelta(hours=3) < last(message(urgent=True)) < timedelta(hours=4)
    assert timedelta(hours=2) < last(message()) < timedelta(hours=3)


def test_a_try_that_would_come_at_night_waits_for_the_morning_but_a_page_does_not() -> None:
    evening = datetime(2026, 11, 2, 20, 45, tzinfo=UTC)
    tired = messages.tried(message(tries=4), NIGHT, evening)
    page = messages.tried(message(tries=4, urgent=True), NIGHT, evening)

    assert tired.next_try == tired.not_before == datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
    assert (page.next_try, page.not_before) == (evening + timedelta(minutes=2), MONDAY)


@pytest.mark.parametrize(
    ("recipient", "urgent", "most"), [(STAFF, False, 3), (DUTY_PHONE, True, 12), (RESIDENT, False, 1)]
)
def test_what_may_have_left_is_sent_again_a_few_times_and_to_a_resident_never(
    recipient: Recipient, urgent: bool, most: int
) -> None:
    one, tries = message(recipient=recipient, urgent=urgent), 0
    while one.state is State.WAITING:
        one = messages.tried(messages.claimed(one, one.channel, MONDAY), NIGHT, MONDAY, unsure=True)
        tries += 1

    assert (tries, one.state, one.reason) == (most, State.DEAD, Reason.UNCLEAR)


def test_a_sender_that_was_never_heard_of_again_may_have_sent_it() -> None:
    first = messages.claimed(message(), Channel.EMAIL, MONDAY)
    second = messages.claimed(first, Channel.EMAIL, MONDAY + messages.CLAIM)

    assert (first.unsure, second.unsure) == (0, 1)
    assert messages.lost(replace(second, unsure=2))
    assert not messages.lost(second)
    assert messages.lost(replace(first, recipient=RESIDENT))


def test_another_try_that_a_person_asks_for_begins_anew_by_day() -> None:
    night = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    over = messages.dead(message(tries=9, unsure=3), Reason.UNCLEAR)
    anew = messages.again(over, NIGHT, night)

    assert (anew.state, anew.tries, anew.unsure, anew.reason) == (State.WAITING, 0, 0, Reason.NONE)
    assert anew.next_try == datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
    assert anew.gives_up_at > anew.next_try
    assert messages.again(replace(over, urgent=True), NIGHT, night).next_try == night


def test_what_is_dead_or_undelivered_asks_for_a_person_until_somebody_has_seen_to_it() -> None:
    over = messages.dead(message(), Reason.REFUSED)

    assert (over.troubled, over.open) == (True, False)
    assert not messages.handled(over).troubled
    assert not messages.dropped(message()).troubled


# ── What gateways tell ────────────────────────────────────────────────────────────────────────────────────────────────

SENT = messages.sent(messages.claimed(message(), Channel.SMS, MONDAY), MONDAY)
DELIVERED = messages.reported(SENT, State.DELIVERED, MONDAY)
FAILED = messages.reported(SENT, State.FAILED, MONDAY)
CLAIMED = messages.claimed(message(), Channel.SMS, MONDAY)


@pytest.mark.parametrize(
    ("before", "told", "after"),
    [
        (CLAIMED, State.SENT, State.SENT),
        (CLAIMED, State.DELIVERED, State.DELIVERED),
        (CLAIMED, State.FAILED, State.FAILED),
        (SENT, State.SENT, State.SENT),
        (SENT, State.DELIVERED, State.DELIVERED),
        (SENT, State.FAILED, State.FAILED),
        (FAILED, State.SENT, State.FAILED),
        (FAILED, State.FAILED, State.FAILED),
        (FAILED, State.DELIVERED, State.DELIVERED),
        (DELIVERED, State.SENT, State.DELIVERED),
        (DELIVERED, State.FAILED, State.DELIVERED),
        (DELIVERED, State.DELIVERED, State.DELIVERED),
        (messages.dead(CLAIMED, Reason.UNCLEAR), State.DELIVERED, State.DELIVERED),
        (messages.dead(CLAIMED, Reason.UNCLEAR), State.FAILED, State.DEAD),
        (messages.dropped(CLAIMED), State.DELIVERED, State.DROPPED),
        (message(), State.DELIVERED, State.WAITING),
        (SENT, State.DEAD, State.SENT),
        (SENT, State.WAITING, State.SENT),
    ],
)
def test_a_word_from_the_gateway_only_brings_a_message_forward(before: Message, told: State, after: State) -> None:
    got = messages.reported(before, told, MONDAY)

    assert got.state is after
    assert replace(got, state=before.state, reason=before.reason, sent_at=before.sent_at) == before


def test_a_word_that_comes_a_week_later_changes_nothing() -> None:
    assert messages.reported(SENT, State.DELIVERED, MONDAY + messages.REPORTS_FOR) == SENT
