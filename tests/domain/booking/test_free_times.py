"""Which times a resident is offered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shared.domain import calendar
from shared.domain.booking.atoms import atom, atoms, instant, quarters
from shared.domain.booking.meeting_kinds import BadOffer, MeetingForm
from shared.domain.booking.offer import nearest
from shared.domain.booking.quarter_bits import Taken
from shared.domain.booking.resources import Absence, Away, Hours
from tests.meetings import ADVICE, meeting, room, staff, times, town

TUESDAY = date(2026, 3, 3)
NOW = datetime(2026, 2, 27, 9, tzinfo=UTC)


def at(day: date, *clocks: str) -> list[datetime]:
    return [calendar.at(day, time.fromisoformat(one)) for one in clocks]


def test_a_morning_gives_every_half_hour_in_which_meeting_and_buffer_fit() -> None:
    assert times(town(), TUESDAY, NOW) == at(TUESDAY, "09:00", "09:30", "10:00", "10:30")


def test_a_booked_hour_takes_its_buffer_with_it() -> None:
    offer = town()
    start = calendar.at(TUESDAY, time(9))
    taken = {"vera": Taken(spans=[quarters(start, start + timedelta(minutes=75))])}
    free = offer.free_times(offer.meetings[ADVICE], MeetingForm.PHONE, taken, (TUESDAY, TUESDAY), NOW)
    assert [one.start for one in free] == at(TUESDAY, "10:30")


def test_a_visit_needs_a_free_room_and_a_call_does_not() -> None:
    offer = town()
    start = calendar.at(TUESDAY, time(9))
    taken = {"eken": Taken(spans=[quarters(start, start + timedelta(hours=3))])}
    asked = (offer.meetings[ADVICE], MeetingForm.VISIT, taken, (TUESDAY, TUESDAY), NOW)
    assert offer.free_times(*asked) == []
    assert len(offer.free_times(asked[0], MeetingForm.PHONE, *asked[2:])) == 4


def test_two_who_are_free_give_one_time_with_both() -> None:
    offer = town(staff(), staff("maja"), room())
    free = offer.free_times(offer.meetings[ADVICE], MeetingForm.VISIT, {}, (TUESDAY, TUESDAY), NOW)
    assert [(one.staff, one.rooms) for one in free][:1] == [(("vera", "maja"), ("eken",))]
    assert len(free) == 4


@pytest.mark.parametrize("why", list(Absence))
def test_nobody_is_booked_while_away(why: Absence) -> None:
    away = (Away(why, TUESDAY, TUESDAY, time(9), time(10, 15)),)
    assert times(town(staff(away=away)), TUESDAY, NOW) == at(TUESDAY, "10:30")
    assert times(town(staff(away=(Away(why, TUESDAY, TUESDAY),))), TUESDAY, NOW) == []


@pytest.mark.parametrize(
    "day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 6, 19), date(2026, 4, 3), date(2026, 1, 6)]
)
def test_holidays_and_their_eves_have_no_times(day: date) -> None:
    now = calendar.start_of_day(day - timedelta(days=3))
    assert day.isoweekday() <= 5
    assert times(town(), day, now) == []


def test_a_day_closed_by_the_municipality_has_no_times() -> None:
    assert times(town(closed=(TUESDAY,)), TUESDAY, NOW) == []


def test_lead_and_furthest_day_are_kept() -> None:
    late = calendar.at(TUESDAY - timedelta(days=1), time(9, 45))
    assert times(town(), TUESDAY, late) == at(TUESDAY, "10:00", "10:30")
    assert times(town(ahead=3), TUESDAY, NOW) == []
    assert len(times(town(ahead=4), TUESDAY, NOW)) == 4


def test_the_hour_that_spring_skips_is_never_offered() -> None:
    sunday = date(2026, 3, 29)
    offer = town(staff("vera", Hours(7, time(1), time(5))), every=15)
    shown = [calendar.local(one).strftime("%H:%M") for one in times(offer, sunday, NOW)]
    assert shown == ["01:00", "01:15", "01:30", "01:45", "03:00", "03:15", "03:30", "03:45"]


def test_the_hour_that_autumn_repeats_is_offered_twice_at_different_instants() -> None:
    sunday = date(2026, 10, 25)
    offer = town(staff("vera", Hours(7, time(2), time(4))), every=60)
    found = times(offer, sunday, datetime(2026, 10, 20, tzinfo=UTC))
    assert [calendar.local(one).strftime("%H:%M") for one in found] == ["02:00", "02:00"]
    assert found[1] - found[0] == timedelta(hours=1)
    assert set(atoms("vera", found[0], found[1])).isdisjoint(atoms("vera", found[1], found[1] + timedelta(hours=1)))


def test_hours_within_the_skipped_hour_are_no_hours() -> None:
    assert times(town(staff("vera", Hours(7, time(2), time(3)))), date(2026, 3, 29), NOW) == []


def test_atoms_are_the_same_for_everybody_and_differ_between_resources() -> None:
    start = datetime(2026, 3, 3, 9, 5, tzinfo=UTC)
    assert [instant(one) for one in quarters(start, start + timedelta(minutes=15))] == [
        start.replace(minute=0),
        start.replace(minute=15),
    ]
    quarter = int(start.timestamp()) // 900
    assert atoms("vera", start, start + timedelta(minutes=15)) == tuple(
        atom("vera", one) for one in (quarter, quarter + 1)
    )
    assert atom("a", 11) != atom("a1", 1)
    assert len(atoms("vera", start, start + timedelta(minutes=75))) == 6
    with pytest.raises(ValueError, match="time zone"):
        quarters(start.replace(tzinfo=None), start)


def test_the_nearest_times_come_in_order_of_time() -> None:
    offer = town()
    free = offer.free_times(offer.meetings[ADVICE], MeetingForm.PHONE, {}, (TUESDAY, TUESDAY), NOW)
    assert [one.start for one in nearest(free, free[1].start, 3)] == at(TUESDAY, "09:00", "09:30", "10:00")


@pytest.mark.parametrize(
    "wrong", [{"length": 50}, {"length": 0}, {"buffer": -15}, {"every": 0}, {"staff": ()}, {"rooms": ()}, {"ahead": 0}]
)
def test_an_offer_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadOffer):
        meeting(**wrong)


def test_a_meeting_with_somebody_unknown_is_refused() -> None:
    with pytest.raises(BadOffer, match="nemo"):
        town(staff(), room()).__class__({ADVICE: meeting(staff=("nemo",))}, {"eken": room()})
