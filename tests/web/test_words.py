"""Dates and times the way people say them, and other people's text the way it is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shared.web.visible import visible, visible_lines
from shared.web.words import capital, clock_time, day, moment, near_day, short_day

TUESDAY = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 13, 31, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_day_in_words() -> None:
    assert plain(day(TUESDAY, "sv")) == "tisdag 1 december 2026"
    assert plain(day(TUESDAY, "en")) == "Tuesday 1 December 2026"


def test_a_day_in_a_narrow_place() -> None:
    assert plain(short_day(TUESDAY, "sv")) == "tis 1 dec"
    assert plain(short_day(date(2026, 5, 2), "en")) == "Sat 2 May"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2026, 11, 30), "i går"),
        (TUESDAY, "i dag"),
        (date(2026, 12, 2), "i morgon"),
        (date(2026, 12, 24), "torsdag 24 december"),
        (date(2027, 1, 1), "fredag 1 januari 2027"),
    ],
)
def test_near_days_have_names_and_other_years_are_said(when: date, words: str) -> None:
    assert plain(near_day(when, TUESDAY, "sv")) == words


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_near_day_is_never_torn_apart_at_the_end_of_a_line(days: int) -> None:
    assert " " not in near_day(TUESDAY + timedelta(days=days), TUESDAY, "sv")


def test_times_are_swedish_wall_clock_in_winter_and_summer() -> None:
    assert clock_time(NOON, "sv") == "14.31"
    assert clock_time(datetime(2026, 7, 1, 12, 31, tzinfo=UTC), "en") == "14:31"


def test_a_moment_just_after_midnight_belongs_to_the_new_day() -> None:
    late = datetime(2026, 11, 30, 23, 5, tzinfo=UTC)
    assert plain(moment(late, "sv", NOON)) == "i dag kl. 00.05"
    assert plain(moment(late, "en")) == "Tuesday 1 December 2026 at 00:05"


def test_a_language_without_day_names_gets_swedish_ones() -> None:
    assert plain(day(TUESDAY, "ar")) == "tisdag 1 december 2026"


def test_a_capital_first_letter_leaves_the_rest() -> None:
    assert capital("i dag kl. 8, Åsa") == "I dag kl. 8, Åsa"


def test_text_that_turns_itself_is_shown_as_it_is() -> None:
    shown = visible("Nova\u202e <b>")
    assert shown == '<bdi>Nova<span class="tf-hidden-mark">[RLO]</span> &lt;b&gt;</bdi>'


def test_emoji_and_foreign_names_are_left_alone() -> None:
    assert visible("👨‍👩‍👧 نور Åsa") == "<bdi>👨‍👩‍👧 نور Åsa</bdi>"


def test_paragraphs_and_line_breaks_are_kept() -> None:
    assert visible_lines("a\r\nb\n\n\n<c>") == '<p dir="auto">a<br>b</p><p dir="auto">&lt;c&gt;</p>'
