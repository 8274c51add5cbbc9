"""Swedish days and clocks: the seams where counting goes wrong."""

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.domain import calendar
from shared.domain.holidays import days_off

YEARS = range(2020, 2036)
days = some.dates(date(2020, 1, 1), date(2035, 12, 31))
clocks = some.times()


def test_our_days_off_are_those_of_the_published_list() -> None:
    published = holidays.country_holidays("SE", years=YEARS, categories=("public", "de_facto"), include_sundays=False)
    ours = {day for year in YEARS for day in days_off(year)}
    assert ours == set(published)


def test_just_before_midnight_utc_is_the_next_day_in_sweden() -> None:
    assert calendar.local_date(datetime(2026, 11, 2, 23, 30, tzinfo=UTC)) == date(2026, 11, 3)
    assert calendar.local_date(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_summer_evening_is_two_hours_ahead_of_utc() -> None:
    assert calendar.local_date(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)
    assert calendar.local_date(datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)) == date(2026, 7, 1)


def test_an_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.local(datetime(2026, 7, 1))  # noqa: DTZ001 - the naive instant is the point


@pytest.mark.parametrize(("day", "hours"), [((2027, 3, 28), 23), ((2026, 10, 25), 25), ((2026, 11, 2), 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: tuple[int, int, int], hours: int) -> None:
    length = calendar.end_of_day(date(*day)) - calendar.start_of_day(date(*day))
    assert length == timedelta(hours=hours)


def test_the_hour_that_spring_skips_is_counted_on() -> None:
    assert calendar.at(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert calendar.local(calendar.at(date(2027, 3, 28), time(2, 30))).time() == time(3, 30)


def test_of_the_hour_that_autumn_repeats_the_first_is_meant() -> None:
    assert calendar.at(date(2026, 10, 25), time(2, 30, fold=1)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_report_late_on_saturday_still_came_on_saturday() -> None:
    assert calendar.end_of_day(date(2026, 12, 12)) == datetime(2026, 12, 12, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 10, 31), 4, (2027, 2, 28)),
        ((2027, 10, 31), 4, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2028, 2, 29), 4, (2028, 6, 29)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2026, 8, 31), 4, (2026, 12, 31)),
        ((2026, 11, 2), 4, (2027, 3, 2)),
    ],
)
def test_months_end_on_the_same_day_number_or_the_last_day(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    assert calendar.add_months(date(*start), months) == date(*end)


def test_a_week_ends_on_the_same_weekday() -> None:
    assert calendar.add_weeks(date(2026, 12, 28), 1) == date(2027, 1, 4)


def test_a_last_day_on_boxing_day_rolls_to_monday_and_moves_back_before_christmas_eve() -> None:
    assert calendar.rolled(date(2026, 12, 26)) == date(2026, 12, 28)
    assert calendar.moved_back(date(2026, 12, 26)) == date(2026, 12, 23)


def test_midsummer_eve_is_no_working_day_but_maundy_thursday_and_twelfth_night_are() -> None:
    assert not calendar.is_working_day(date(2027, 6, 25))
    assert calendar.is_working_day(date(2027, 3, 25))
    assert calendar.is_working_day(date(2027, 1, 5))


def test_the_neighbouring_working_days_of_new_year() -> None:
    assert calendar.previous_working_day(date(2027, 1, 1)) == date(2026, 12, 30)
    assert calendar.next_working_day(date(2026, 12, 30)) == date(2027, 1, 4)


@given(days)
def test_rolling_moves_only_forward_to_a_working_day_and_only_when_needed(day: date) -> None:
    rolled = calendar.rolled(day)
    assert calendar.is_working_day(rolled)
    assert rolled >= day
    assert (rolled == day) == calendar.is_working_day(day)


@given(days)
def test_no_working_day_lies_between_a_day_and_its_neighbours(day: date) -> None:
    after = calendar.next_working_day(day)
    between = [day + timedelta(days=n) for n in range(1, (after - day).days)]
    assert calendar.is_working_day(after)
    assert not any(map(calendar.is_working_day, between))


@given(days, clocks)
def test_a_local_time_is_found_again_on_the_same_day(day: date, clock: time) -> None:
    instant = calendar.at(day, clock)
    assert instant.tzinfo is UTC
    assert calendar.local_date(instant) == day
    assert calendar.start_of_day(day) <= instant < calendar.end_of_day(day)


@given(days, some.integers(min_value=0, max_value=600))
def test_months_later_is_in_that_month_and_never_a_later_day_number(day: date, months: int) -> None:
    later = calendar.add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
