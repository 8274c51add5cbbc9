"""The Swedish days off: public holidays of the law and the three eves that count as them, for any year."""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY, _FRIDAY = 6, 5


@lru_cache(maxsize=64)
def days_off(year: int) -> frozenset[date]:
    """Public holidays and the eves of midsummer, Christmas and New Year; ordinary Saturdays and Sundays are not listed.

    Lag (1989:253) as it reads since 2005, and lag (1930:173) 2 §.
    """
    easter = easter_day(year)
    midsummer_eve = _first(year, 6, 19, _FRIDAY)
    return frozenset(
        {
            date(year, 1, 1),  # nyårsdagen
            date(year, 1, 6),  # trettondedag jul
            easter - timedelta(days=2),  # långfredagen
            easter,
            easter + timedelta(days=1),  # annandag påsk
            date(year, 5, 1),  # första maj
            easter + timedelta(days=39),  # Kristi himmelsfärdsdag
            easter + timedelta(days=49),  # pingstdagen
            date(year, 6, 6),  # nationaldagen
            midsummer_eve,
            midsummer_eve + timedelta(days=1),  # midsommardagen
            _first(year, 10, 31, _SATURDAY),  # alla helgons dag
            date(year, 12, 24),  # julafton
            date(year, 12, 25),  # juldagen
            date(year, 12, 26),  # annandag jul
            date(year, 12, 31),  # nyårsafton
        }
    )


def easter_day(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876, as given by Meeus)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - moon_shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first(year: int, month: int, day: int, isoweekday: int) -> date:
    """The first such weekday on or after the given day."""
    earliest = date(year, month, day)
    return earliest + timedelta(days=(isoweekday - earliest.isoweekday()) % 7)
