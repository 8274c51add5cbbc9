"""The clock tells the present in UTC; at stage demo it can be put forward, never back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.adapters.clock import AdjustableClock, SystemClock


class Noon(SystemClock):
    """A machine whose clock stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_present_is_aware_and_in_utc() -> None:
    first, second = SystemClock().now(), SystemClock().now()
    assert first.utcoffset() == timedelta(0)
    assert timedelta(0) <= second - first < timedelta(minutes=1)


def test_an_adjustable_clock_starts_at_the_present(tmp_path: Path) -> None:
    assert AdjustableClock(tmp_path / "clock", Noon()).now() == Noon().now()


def test_a_clock_put_forward_stays_so_after_a_restart(tmp_path: Path) -> None:
    clock = AdjustableClock(tmp_path / "clock", Noon())
    assert clock.advance(timedelta(days=14)) == datetime(2026, 3, 16, 12, tzinfo=UTC)
    clock.advance(timedelta(hours=1, microseconds=1))
    again = AdjustableClock(tmp_path / "clock", Noon())
    assert again.now() == clock.now() == datetime(2026, 3, 16, 13, 0, 0, 1, UTC)


def test_a_clock_does_not_go_backwards(tmp_path: Path) -> None:
    clock = AdjustableClock(tmp_path / "clock", Noon())
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(seconds=-1))
    assert clock.now() == Noon().now()
