"""Who holds a meeting is told when others book, move or cancel it: in the same batch, in neutral words."""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Final

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain import calendar
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.offer import Offer
from shared.domain.message_texts import WORDS
from shared.domain.messages import Channel, Message, State, Template
from shared.ports.alarms import Wake
from shared.ports.store import Unavailable
from shared.records.message_rows import read_message
from tests.adapters.faulty_store import FaultyStore
from tests.houses import HandClock
from tests.meetings import book, hold, meeting_house, sent, somebody, staff, town
from tests.people import ANNA, MARIA

ROOT: Final = Path(__file__).parents[2]
NINE = calendar.at(date(2026, 11, 4), time(9))
ME = somebody()
WITH_ANNA = town(staff("anna.exempel"))


def told(house: House, who: str = "anna.exempel") -> list[Message]:
    """The messages to this colleague, in order."""
    store = house.kept.store
    while not hasattr(store, "_documents"):
        store = store._store  # type: ignore[attr-defined]
    found = [house.store.get(*key) for key in store._documents if key[0] == "messages"]
    mine = [one for one in (read_message(one) for one in found if one) if one.recipient.id == who]
    return sorted(mine, key=lambda one: one.at)


def five_minutes_later(house: House) -> None:
    clock = house.kept.clock
    assert isinstance(clock, HandClock)
    clock.advance(timedelta(minutes=5))


def test_the_colleague_is_told_of_what_is_booked_moved_and_cancelled_and_not_of_what_is_held() -> None:
    house = meeting_house(offer=WITH_ANNA)
    id = hold(house, ME, NINE, MeetingForm.PHONE)
    assert told(house) == []
    house.meetings.confirm(ME, id, sent(ME))
    five_minutes_later(house)
    house.meetings.move(ME, id, NINE + timedelta(days=1), sent(ME))
    five_minutes_later(house)
    house.meetings.cancel(ME, id, "", sent(ME))
    said = [(one.channel, one.template, str(one.case)) for one in told(house)]
    assert said == [(Channel.EMAIL, Template.TIMES, str(id))] * 3
    assert len({one.id for one in told(house)}) == 3


def test_what_sets_an_alarm_when_a_meeting_is_booked_may_set_alarms() -> None:
    house = meeting_house(offer=WITH_ANNA)
    armed: list[Wake] = []
    house.kept.alarms.arm = armed.extend  # type: ignore[method-assign, assignment]
    house.meetings.confirm(ME, hold(house, ME, NINE, MeetingForm.PHONE), sent(ME))
    needs = tomllib.loads((ROOT / "functions" / "booking" / "function.toml").read_text())["needs"]
    assert armed
    assert "alarms" in needs


def test_the_words_say_nothing_of_whom_and_wait_for_the_morning() -> None:
    house = meeting_house(offer=WITH_ANNA)
    clock = house.kept.clock
    assert isinstance(clock, HandClock)
    clock.at = calendar.at(date(2026, 11, 2), time(23))
    book(house, ME, NINE, MeetingForm.PHONE)
    (message,) = told(house)
    assert calendar.local(message.not_before).time() == time(7)
    for words in WORDS[Template.TIMES].values():
        assert not any(said in f"{words.subject} {words.text}".lower() for said in ("möte", "meeting", "social", "{"))


def test_several_at_once_leave_as_one() -> None:
    house = meeting_house(offer=WITH_ANNA)
    for number in range(3):
        book(house, somebody(number), NINE + timedelta(days=number), MeetingForm.PHONE)
    five_minutes_later(house)
    for _ in range(2):
        house.sending.sweep()
        five_minutes_later(house)
    states = sorted(one.state for one in told(house))
    assert states == [State.DROPPED, State.DROPPED, State.SENT]


def test_a_meeting_that_moves_to_a_colleague_is_told_to_both() -> None:
    house = meeting_house(offer=town(staff("anna.exempel"), staff("samir.exempel")))
    id = book(house, ME, NINE, MeetingForm.PHONE)
    there = house.meetings.find(ME, id)
    assert there is not None
    other = ({"anna.exempel", "samir.exempel"} - {there.place.staff}).pop()
    without: Offer = town(staff(other))
    house.meetings_at(house.places_of(without)).move(ME, id, NINE + timedelta(days=1), sent(ME))
    assert [len(told(house, one)) for one in (there.place.staff, other)] == [2, 1]


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    house = meeting_house(offer=WITH_ANNA)
    id = book(house, ME, NINE, MeetingForm.PHONE)
    house.staff_meetings.call_off(ANNA, id, ("Sjuk", "Vi hörs."), sent(ANNA))
    assert len(told(house)) == 1


def test_a_meeting_that_the_lead_cancels_is_told_to_whom_it_was_with_once() -> None:
    house = meeting_house(offer=WITH_ANNA)
    id, once = book(house, ME, NINE, MeetingForm.PHONE), sent(MARIA)
    five_minutes_later(house)
    for _ in range(2):
        house.staff_meetings.call_off(MARIA, id, ("Anna är sjuk", "Vi hörs."), once)
    assert [one.template for one in told(house)] == [Template.TIMES, Template.TIMES]
    assert told(house, "maria.exempel") == []


def test_message_and_booking_stand_or_fall_together_and_the_same_form_tells_once() -> None:
    store = FaultyStore(MemoryStore())
    house = meeting_house(store, WITH_ANNA)
    id, once = hold(house, ME, NINE, MeetingForm.PHONE), sent(ME)
    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        house.meetings.confirm(ME, id, once)
    assert told(house) == []
    store.fail_commits_after(1)
    house.meetings.confirm(ME, id, once)
    house.meetings.confirm(ME, id, once)
    assert len(told(house)) == 1
