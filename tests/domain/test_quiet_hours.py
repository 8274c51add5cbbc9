"""Nobody is disturbed at night, whatever the clocks do."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import calendar
from shared.domain.quiet import QuietHours

NIGHT = QuietHours()


def local(*when: int) -> datetime:
    """The instant of a Swedish wall clock (the first of two)."""
    moment = datetime(*when)  # type: ignore[arg-type] # noqa: DTZ001 - a wall clock
    return calendar.at(moment.date(), moment.time())


@pytest.mark.parametrize(
    ("asked", "over"),
    [
        ((2026, 11, 2, 12, 0), (2026, 11, 2, 12, 0)),
        ((2026, 11, 2, 21, 59, 59), (2026, 11, 2, 21, 59, 59)),
        ((2026, 11, 2, 22, 0), (2026, 11, 3, 7, 0)),
        ((2026, 11, 2, 23, 59), (2026, 11, 3, 7, 0)),
        ((2026, 11, 3, 0, 0), (2026, 11, 3, 7, 0)),
        ((2026, 11, 3, 6, 59, 59), (2026, 11, 3, 7, 0)),
        ((2026, 11, 3, 7, 0), (2026, 11, 3, 7, 0)),
        ((2026, 12, 31, 22, 30), (2027, 1, 1, 7, 0)),
    ],
)
def test_the_night_is_quiet_and_the_day_is_not(asked: tuple[int, ...], over: tuple[int, ...]) -> None:
    assert NIGHT.over(local(*asked)) == local(*over)


def test_a_night_in_which_the_clocks_go_forward_ends_at_seven_by_the_new_time() -> None:
    assert NIGHT.over(local(2027, 3, 27, 23, 0)) == datetime(2027, 3, 28, 5, 0, tzinfo=UTC)
    assert NIGHT.over(datetime(2027, 3, 28, 1, 0, tzinfo=UTC)) == datetime(2027, 3, 28, 5, 0, tzinfo=UTC)


def test_a_night_in_which_the_clocks_go_back_ends_at_seven_by_the_new_time() -> None:
    assert NIGHT.over(local(2027, 10, 30, 23, 0)) == datetime(2027, 10, 31, 6, 0, tzinfo=UTC)
    for twice in (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)):
        assert NIGHT.over(twice) == datetime(2027, 10, 31, 6, 0, tzinfo=UTC)


def test_quiet_that_ends_in_the_hour_that_comes_twice_never_leads_backwards() -> None:
    quiet = QuietHours(time(1), time(2, 30))
    second = datetime(2027, 10, 31, 1, 15, tzinfo=UTC)  # 02.15 for the second time

    assert quiet.over(second) >= second


def test_quiet_hours_may_lie_within_a_day_or_not_be_there() -> None:
    assert QuietHours(time(12), time(13)).over(local(2026, 11, 2, 12, 30)) == local(2026, 11, 2, 13, 0)
    assert QuietHours(time(12), time(13)).over(local(2026, 11, 2, 13, 0)) == local(2026, 11, 2, 13, 0)
    assert QuietHours(time(0), time(0)).over(local(2026, 11, 2, 3, 0)) == local(2026, 11, 2, 3, 0)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_what_waited_for_the_end_of_the_quiet_may_leave_then(instant: datetime) -> None:
    over = NIGHT.over(instant)

    assert instant <= over
    assert NIGHT.over(over) == over
    assert time(7) <= calendar.local(over).time() < time(22)
