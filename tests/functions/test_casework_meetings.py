"""Meetings on the pages of staff: the week without names, the day with them, one meeting, cancelling and blocking."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from shared.app import House, use
from shared.domain import calendar
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.ids import ItemId
from shared.domain.principals import Principal
from tests.functions.meeting_browser import Booker
from tests.functions.staff_browser import Desk
from tests.meetings import book, hold, meeting_house, room, sent, somebody, staff, town
from tests.people import ANNA, MARIA, SAMIR

DAY = date(2026, 11, 4)
NINE = calendar.at(DAY, time(9))
ME = somebody()
WEEK, DAYS, UNIT = (
    "/arbete/moten?dag=2026-11-04",
    "/arbete/moten/dag?dag=2026-11-04",
    "/arbete/moten/enheten?dag=2026-11-04",
)
BLOCK = "/arbete/moten/upptagen"
DATES = {
    "first-day": "4", "first-month": "11", "first-year": "2026", "last-day": "4", "last-month": "nov",
    "last-year": "2026",
}  # fmt: skip


@pytest.fixture
def house() -> Iterator[House]:
    """Meetings are with Anna alone."""
    made = meeting_house(offer=town(staff("anna.exempel"), room()))
    with use(made):
        yield made


def booked(house: House, **wishes: object) -> ItemId:
    """A call that is booked with Anna; its id."""
    id = hold(house, ME, NINE, MeetingForm.PHONE, **{"interpreter": "no", "phone": "031-390 06 30", **wishes})
    house.meetings.confirm(ME, id, sent(ME))
    return id


def of(id: str) -> str:
    return f"/arbete/moten/{id}"


def main(page: str) -> str:
    """What the page says itself."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_the_week_shows_when_and_no_names(house: House) -> None:
    id = booked(house)
    page = main(Desk(house, ANNA).get(WEEK).text)
    assert "Vecka 45" in page
    assert of(id) in page
    assert "09.00" in page
    assert "Tolvan" not in page


def test_the_day_shows_who_comes_and_what_they_need(house: House) -> None:
    booked(house, interpreter="yes", language="Somaliska", interpreter_gender="any", interpreter_how="any")
    page = main(Desk(house, ANNA).get(DAYS).text)
    for words in ("Tolvan Exempel", "Samtal", "Telefonsamtal", "Tolk:", "Somaliska"):
        assert words in page


def test_the_lead_sees_the_whole_unit_and_each_colleagues_week(house: House) -> None:
    id = booked(house)
    maria = Desk(house, MARIA)
    unit = main(maria.get(UNIT).text)
    assert of(id) in unit
    assert "Anna Exempel" in unit
    assert "Tolvan" not in unit
    week = main(maria.get(f"{WEEK}&vem=anna.exempel").text)
    assert of(id) in week
    assert "Samir Exempel" in week


@pytest.mark.parametrize("path", [f"{WEEK}&vem=anna.exempel", f"{DAYS}&vem=anna.exempel", f"{BLOCK}?vem=anna.exempel"])
def test_a_colleagues_diary_does_not_exist_for_others(house: House, path: str) -> None:
    assert Desk(house, SAMIR).get(path).status_code == 404
    assert Desk(house, ANNA).get(path).status_code == 200


@pytest.mark.parametrize("asked", ["dag=igar", "dag=0001-01-01", "dag=9999-12-31", "vem=nobody"])
def test_a_day_or_a_person_that_does_not_exist_is_no_page(house: House, asked: str) -> None:
    for page in ("/arbete/moten", "/arbete/moten/dag"):
        assert Desk(house, MARIA).get(f"{page}?{asked}").status_code == 404


def test_the_meetings_page_has_everything_that_was_wished(house: House) -> None:
    id = booked(house, needs=["wheelchair"], support_person="Astrid", prepare="Om skolan.")
    page = main(Desk(house, ANNA).get(of(id)).text)
    for words in ("Tolvan Exempel", "Plats för rullstol", "Astrid", "Om skolan.", 'href="tel:', "Avboka mötet"):
        assert words in page
    assert "Kom personen?" not in page


def test_staff_cancel_with_a_reason_and_with_what_the_person_reads(house: House) -> None:
    id, anna = booked(house), Desk(house, ANNA)
    path = f"{of(id)}/avboka"
    form = anna.fields(path)
    assert "Inget kan skickas" in anna.get(path).text
    assert "Vi behöver ställa in mötet." in form["told"][0]
    lacking = anna.post(path, {**form, "told": "", "reason": "x" * 501})
    assert lacking.status_code == 422
    for words in ("Skriv vad personen ska få veta", "högst 500 tecken"):
        assert words in lacking.text
    answer = anna.post(path, {**form, "told": "Vi hörs snart.", "reason": "Utbildning"})
    assert (answer.status_code, answer.location) == (303, of(id))
    page = main(anna.get(of(id)).text)
    assert "Vi hörs snart." in page
    assert "Utbildning" in page
    assert "Avbokade" in main(Booker(house, ME).get("/boka/mina").text)
    hers = main(Booker(house, ME).get(f"/boka/tid/{id}").text)
    assert "Vi hörs snart." in hers
    assert "Utbildning" not in hers


def test_what_the_person_cancelled_first_is_not_cancelled_again(house: House) -> None:
    id, anna = booked(house), Desk(house, ANNA)
    path = f"{of(id)}/avboka"
    form = anna.fields(path)
    house.meetings.cancel(ME, id, "Hinner inte", sent(ME))
    answer = anna.post(path, {**form, "reason": "Jag är på utbildning hela veckan och hinner inte."})
    assert answer.status_code == 409
    assert "Mötet går inte att ändra längre" in answer.text
    assert "Jag är på utbildning" in answer.text
    assert "Personen avbokade själv." in anna.get(of(id)).text
    assert anna.get(path).location == of(id)


def test_when_it_has_begun_staff_write_whether_the_person_came(house: House) -> None:
    id = booked(house)
    house.clock.at = NINE + timedelta(minutes=20)  # type: ignore[attr-defined]
    anna = Desk(house, ANNA)
    path = f"{of(id)}/kom"
    answer = anna.post(path, {**anna.fields(of(id), path), "came": "no"})
    assert answer.status_code == 303
    assert "Kom inte" in main(anna.get(DAYS).text)
    assert anna.post(path, {**anna.fields(of(id), path), "came": "yes"}).status_code == 303
    assert "Kom inte" not in main(anna.get(DAYS).text)
    assert anna.post(path, {**anna.fields(of(id), path), "came": "kanske"}).status_code == 400


def test_before_it_has_begun_nobody_has_come(house: House) -> None:
    id, anna = booked(house), Desk(house, ANNA)
    path = f"{of(id)}/avboka"
    answer = anna.post(f"{of(id)}/kom", {**_tokens(anna.fields(path)), "came": "yes"})
    assert answer.status_code == 409
    assert "Mötet har inte börjat" in answer.text


def _tokens(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: value for name, value in fields.items() if name in {"csrf_token", "submission_id"}}


@pytest.mark.parametrize("who", [ANNA, MARIA])
def test_time_is_blocked_and_who_is_booked_there_is_shown_with_a_number_to_ring(house: House, who: Principal) -> None:
    id, desk = booked(house), Desk(house, who)
    path = f"{BLOCK}?vem=anna.exempel"
    answer = desk.post(path, {**desk.fields(path), **DATES, "begins": "9", "ends": "10:30"})
    assert answer.status_code == 303
    page = main(desk.get(answer.location).text)
    for words in ("Ett möte är redan bokat då.", "Tolvan Exempel", 'href="tel:', f"{of(id)}/avboka"):
        assert words in page
    assert "09.00\N{EN DASH}10.30" in main(desk.get(f"{WEEK}&vem=anna.exempel").text)
    gone = desk.post(f"{answer.location}/bort", desk.fields(answer.location, f"{answer.location}/bort"))
    assert gone.status_code == 303
    assert "Spärrad" not in main(desk.get(gone.location).text)
    assert "Spärren är borttagen" in desk.get(answer.location).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first-day": ""}, "Skriv första dagen"),
        ({"last-month": "13"}, "Skriv sista dagen"),
        ({"first-day": "31", "first-month": "2"}, "Skriv första dagen"),
        ({"begins": "nio"}, "Skriv klockslaget så här"),
        ({"begins": "10", "ends": "9"}, "Tiden slutar innan den börjar"),
        ({"first-day": "5"}, "Sista dagen kan inte vara före den första"),
        ({"first-year": "2025", "last-year": "2025"}, "Den tiden har redan varit"),
        ({"last-year": "2027"}, "Det är för länge"),
        ({"first-day": "9" * 5000}, "Skriv första dagen"),
    ],
)
def test_a_time_that_cannot_be_blocked_is_put_right(house: House, typed: dict[str, str], said: str) -> None:
    anna = Desk(house, ANNA)
    answer = anna.post(BLOCK, {**anna.fields(BLOCK), **DATES, **typed})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_day_with_nothing_says_so_and_a_block_of_days_covers_each_of_them(house: House) -> None:
    anna = Desk(house, ANNA)
    assert "Inget är bokat den här dagen." in anna.get(DAYS).text
    anna.post(BLOCK, {**anna.fields(BLOCK), **DATES, "last-day": "6"})
    assert "Hela dagen" in main(anna.get("/arbete/moten/dag?dag=2026-11-05").text)
    assert main(anna.get(WEEK).text).count("Spärrad<") == 3


def test_a_name_is_text_whatever_stands_in_it(house: House) -> None:
    evil = replace(ME, name='<script>alert("1")</script>')
    id = book(house, evil, NINE, MeetingForm.PHONE)
    for path in (DAYS, of(id), f"{of(id)}/avboka"):
        assert "<script>alert" not in Desk(house, ANNA).get(path).text


def test_everybody_booked_in_a_blocked_time_is_offered_a_new_one_in_one_action(house: House) -> None:
    id, anna = booked(house, needs=["pauses"]), Desk(house, ANNA)
    page = anna.post(BLOCK, {**anna.fields(BLOCK), **DATES}).location
    path = f"{page}/alla"
    form = anna.fields(page, path)
    assert "Välj en ny tid" in form["told"][0]
    lacking = anna.post(path, {**form, "told": " "})
    assert lacking.status_code == 422
    assert "Skriv vad personerna ska få veta" in lacking.text
    assert anna.post(path, form).location == page
    shown = main(anna.get(page).text)
    for words in ("Avbokade, erbjudna en ny tid", "Tolvan Exempel", "Får inget meddelande", 'href="tel:'):
        assert words in shown
    karin = Booker(house, ME)
    assert f"/boka/tid/{id}/igen" in karin.get(f"/boka/tid/{id}").text
    times = karin.get(f"/boka/tid/{id}/igen")
    assert "Det du skrev förra gången följer med." in times.text
    answer = karin.press_on(times, f"/boka/tid/{id}/igen")
    assert answer.location.endswith("/kontrollera")
    check = karin.get(answer.location).text
    assert "Pauser under mötet" in check
    assert "spärrad" not in check


def test_a_meeting_that_stands_has_no_other_times_here(house: House) -> None:
    id = booked(house)
    assert Booker(house, ME).get(f"/boka/tid/{id}/igen").location == f"/boka/tid/{id}"
