"""When the room of a video meeting is open, and who is let in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.booking.bookings import Booking, Place, State
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.video_rooms import Door, Seat, door, seat
from shared.domain.ids import ItemId, KeyId, PersonIndex, UnitId
from shared.domain.principals import ANONYMOUS, SYSTEM, Kind, Principal, Role
from tests.meetings import somebody
from tests.people import ANNA, ELSA, MARIA, SAMIR, UNIT

NINE = datetime(2026, 11, 4, 8, tzinfo=UTC)
ME = somebody()
INVITATION = ItemId("9" * 32)
PLACE = Place(NINE, NINE + timedelta(hours=1), NINE + timedelta(minutes=75), "anna.exempel")
assert ME.person is not None
MEETING = Booking(
    ItemId("b" * 32), 1, ME.person, KeyId("k"), UNIT, State.CONFIRMED, NINE, PLACE, "samtal", MeetingForm.VIDEO,
    "Tolvan Exempel", video="r" * 32,
)  # fmt: skip


def found(minutes: float, meeting: Booking = MEETING, *, connected: bool = True) -> Door:
    """The door, so many minutes after the meeting has begun."""
    return door(meeting, NINE + timedelta(minutes=minutes), connected=connected)


@pytest.mark.parametrize(
    ("minutes", "as_found"),
    [(-1440, Door.EARLY), (-10.01, Door.EARLY), (-10, Door.OPEN), (0, Door.OPEN), (60, Door.OPEN), (89.9, Door.OPEN)],
)
def test_the_door_opens_ten_minutes_before_and_closes_half_an_hour_after(minutes: float, as_found: Door) -> None:
    assert found(minutes) is as_found
    assert found(90) is Door.OVER


def test_there_is_no_room_for_what_is_cancelled_not_booked_or_no_video_meeting() -> None:
    assert found(0, replace(MEETING, state=State.CANCELLED)) is Door.OFF
    for state in (State.HELD, State.LAPSED):
        assert found(0, replace(MEETING, state=state)) is Door.NONE
    for form in (MeetingForm.VISIT, MeetingForm.PHONE):
        assert found(0, replace(MEETING, form=form)) is Door.NONE


@pytest.mark.parametrize("minutes", [-600, 0, 30])
def test_without_a_server_or_a_room_people_call_each_other(minutes: int) -> None:
    assert found(minutes, connected=False) is Door.CALL
    assert found(minutes, replace(MEETING, video="")) is Door.CALL


@pytest.mark.parametrize(
    ("who", "let_in"),
    [
        (ME, Seat.GUEST),
        (ANNA, Seat.HOST),
        (somebody(1), None),
        (SAMIR, None),
        (MARIA, None),
        (ELSA, None),
        (replace(ELSA, person=ME.person), None),
        (replace(ANNA, roles=frozenset()), None),
        (replace(ANNA, roles=frozenset({Role.ADMINISTRATOR})), None),
        (replace(ANNA, unit=UnitId("annan-enhet")), None),
        (replace(SAMIR, person=ME.person), None),
        (Principal(Kind.INVITED, invitation=INVITATION), Seat.GUEST),
        (Principal(Kind.INVITED, invitation=ItemId("8" * 32)), None),
        (Principal(Kind.INVITED), None),
        (ANONYMOUS, None),
        (SYSTEM, None),
    ],
)
def test_the_person_and_who_holds_the_meeting_are_let_in_and_nobody_else(who: Principal, let_in: Seat | None) -> None:
    person = PersonIndex(str(ME.person))
    assert seat(who, person=person, invitation=INVITATION, unit=UNIT, staff="anna.exempel") is let_in
    if who.kind is Kind.INVITED:
        assert seat(who, person=person, invitation=None, unit=UNIT, staff="anna.exempel") is None
