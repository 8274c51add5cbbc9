"""A staff member's secret calendar link: what it shows, and that it dies with its owner's right to be here."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from shared import log
from shared.app import House, use
from shared.domain import calendar
from shared.domain.booking.calendar_links import MOST_AN_HOUR
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.domain.principals import Role
from tests.functions.browser import Browser
from tests.functions.staff_browser import Desk
from tests.houses import HandClock
from tests.meetings import book, meeting_house, room, sent, somebody, staff, town
from tests.people import ANNA, MARIA, SAMIR

NINE = calendar.at(date(2026, 11, 4), time(9))
ME = somebody()
PAGE = "/arbete/moten/kalender"
_LINK = re.compile(r'value="http://localhost:8080(/arbete/kalender/([0-9a-f]{96})\.ics)"')


@pytest.fixture
def house() -> Iterator[House]:
    """Meetings are with Anna alone."""
    made = meeting_house(offer=town(staff("anna.exempel"), room()))
    with use(made):
        yield made


def make(desk: Desk) -> str:
    """Press the button; the link's path."""
    found = _LINK.search(desk.post(PAGE, {**desk.fields(PAGE), "go": "make"}).text)
    assert found is not None
    return found[1]


def program(house: House) -> Browser:
    """A calendar program: no login."""
    return Desk(house, None)


def anna(house: House) -> Staff:
    """Anna, here or not."""
    directory = house.directory.whole(house.store.get("sessions", "directory"))
    return directory.staff[StaffId("anna.exempel")]


def become(house: House, after: Staff) -> None:
    """The directory says this of a colleague from now on, as every process reads it when its head has moved."""
    directory = house.directory.whole(house.store.get("sessions", "directory"))
    house.directory._known = directory.holding(after)


def test_the_link_shows_when_and_where_and_nothing_of_whom_or_what(house: House) -> None:
    book(house, ME, NINE)
    book(house, somebody(1), NINE + timedelta(days=1), MeetingForm.PHONE)
    answer = program(house).get(make(Desk(house, ANNA)))
    assert answer.content_type == "text/calendar; charset=utf-8"
    said = answer.text
    assert said.count("BEGIN:VEVENT") == said.count("SUMMARY:Möte") == 2
    assert f"DTSTART:{NINE:%Y%m%dT%H%M%SZ}" in said
    assert "LOCATION:Eken" in said
    assert "LOCATION:Telefon eller video" in said
    for hidden in ("Tolvan", "Exempel", "Samtal", str(ME.person)):
        assert hidden not in said


def test_what_is_moved_moves_and_what_is_cancelled_is_struck_in_the_calendar(house: House) -> None:
    moved, cancelled = book(house, ME, NINE), book(house, somebody(1), NINE + timedelta(days=1))
    link = make(Desk(house, ANNA))
    before = events(program(house).get(link).text)
    house.meetings.move(ME, moved, NINE + timedelta(days=2), sent(ME))
    house.meetings.cancel(somebody(1), cancelled, "", sent(somebody(1)))
    after = events(program(house).get(link).text)
    assert set(after) == set(before)
    states = sorted((one["STATUS"], one["DTSTART"][:8]) for one in after.values())
    assert states == [("CANCELLED", "20261105"), ("CONFIRMED", "20261106")]
    assert all(int(one["SEQUENCE"]) > int(before[uid]["SEQUENCE"]) for uid, one in after.items())


def events(said: str) -> dict[str, dict[str, str]]:
    parts = (one.split("\r\n") for one in said.split("BEGIN:VEVENT")[1:])
    found = [dict(line.split(":", 1) for line in one if ":" in line) for one in parts]
    return {one["UID"]: one for one in found}


def test_the_secret_is_shown_once_and_kept_nowhere(house: House) -> None:
    heard = io.StringIO()
    log.start(heard)
    desk = Desk(house, ANNA)
    fields = desk.fields(PAGE)
    first = desk.post(PAGE, {**fields, "go": "make"})
    found = _LINK.search(first.text)
    assert found is not None
    assert desk.post(PAGE, {**fields, "go": "make"}).status_code == 303, "sent again it makes no other"
    assert program(house).get(found[1]).status_code == 200
    page = desk.get(PAGE).text
    assert "Du har en länk" in page
    for kept in (page, heard.getvalue(), str(house.kept.store._store._documents)):  # type: ignore[attr-defined]
        assert found[2][32:] not in kept


def test_a_new_link_kills_the_one_before_and_an_ended_one_is_dead(house: House) -> None:
    desk = Desk(house, ANNA)
    old, new = make(desk), make(desk)
    assert (program(house).get(old).status_code, program(house).get(new).status_code) == (404, 200)
    assert desk.post(PAGE, {**desk.fields(PAGE), "go": "end"}).status_code == 303
    assert program(house).get(new).status_code == 404
    assert "Gör en länk" in desk.get(PAGE).text


@pytest.mark.parametrize(
    "gone", [{"last_day": date(2026, 11, 1)}, {"roles": frozenset()}, {"roles": frozenset({Role.ADMINISTRATOR})}]
)
def test_the_link_dies_with_its_owners_rights_and_does_not_come_back(house: House, gone: dict[str, object]) -> None:
    link = make(Desk(house, ANNA))
    was = anna(house)
    become(house, replace(was, **gone))  # type: ignore[arg-type]
    assert program(house).get(link).status_code == 404
    become(house, was)
    assert program(house).get(link).status_code == 404


def test_everything_that_is_no_living_link_is_answered_alike(house: House) -> None:
    link = make(Desk(house, ANNA))
    head, tail = link[:-5], link[-5:]
    wrong = [
        head[:-1] + ("0" if head[-1] != "0" else "1") + tail, "/arbete/kalender/x.ics",
        f"/arbete/kalender/{'0' * 96}.ics", f"/arbete/kalender/{'0' * 32}{link[-68:]}", link.upper(),
    ]  # fmt: skip
    answers = [program(house).get(one) for one in wrong]
    assert {one.status_code for one in answers} == {404}
    assert Desk(house, MARIA).get(wrong[0]).status_code == 404, "a login tells no more"


def test_whoever_asks_too_often_waits_for_the_next_hour(house: House) -> None:
    link, calendars = make(Desk(house, ANNA)), program(house)
    assert {calendars.get(link).status_code for _ in range(MOST_AN_HOUR)} == {200}
    refused = calendars.get(link)
    assert (refused.status_code, refused.headers["Retry-After"], refused.data) == (429, "3600", b"")
    clock = house.kept.clock
    assert isinstance(clock, HandClock)
    clock.advance(timedelta(hours=1))
    assert calendars.get(link).status_code == 200


def test_each_has_the_own_link_alone(house: House) -> None:
    book(house, ME, NINE)
    annas, samirs = make(Desk(house, ANNA)), make(Desk(house, SAMIR))
    assert annas[:-69] != samirs[:-69]
    assert "VEVENT" not in program(house).get(samirs).text
    assert "VEVENT" in program(house).get(annas).text
