"""A resident books, moves and cancels a meeting on a phone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from shared.app import House, use
from tests.functions.meeting_browser import TIMES, Booker, me, starts
from tests.houses import HandClock
from tests.meetings import ADVICE, meeting_house
from tests.people import ANNA, ELSA


@pytest.fixture(name="house")
def _house() -> Iterator[House]:
    with use(meeting_house()) as house:
        yield house


def wait(house: House, minutes: int) -> None:
    clock = house.kept.clock
    assert isinstance(clock, HandClock)
    clock.advance(timedelta(minutes=minutes))


def test_from_the_first_page_to_a_booked_time(house: House) -> None:
    person = me(house)
    assert f"/boka/ny/{ADVICE}" in person.get("/boka").text
    assert TIMES in person.get(f"/boka/ny/{ADVICE}").text
    id = person.hold()
    assert "Tiden är din till kl. 10.10" in person.get(f"/boka/tid/{id}/tolk").text
    language = {"interpreter": "yes", "language": "Somaliska", "interpreter_gender": "woman", "stranger": "yes"}
    assert person.answer(id, "tolk", **language).headers["Location"].endswith("/behov")
    assert person.answer(id, "behov", needs=["wheelchair"], prepare="Hej").headers["Location"].endswith("/kontrollera")
    check = person.get(f"/boka/tid/{id}/kontrollera").text
    assert all(word in check for word in ("Somaliska", "En kvinna", "Plats för rullstol", "Hej", "Storgatan 1"))
    assert person.answer(id, "kontrollera").headers["Location"].endswith(id)
    page = person.get(f"/boka/tid/{id}").text
    assert "Din tid är bokad" in page
    assert id in person.get("/boka/mina").text


def test_a_time_taken_meanwhile_offers_the_nearest(house: House) -> None:
    mine, yours = me(house), me(house, 1)
    start = mine.starts()[0]
    fields = {**mine.fields(TIMES, TIMES), "start": start}
    yours.book(start)
    answer = mine.post(TIMES, fields)
    assert (answer.status_code, start in starts(answer)) == (409, False)
    assert "Inget har bokats" in answer.text
    assert mine.hold(starts(answer)[0])


def test_an_expired_hold_keeps_what_was_written_and_goes_on_with_another_time(house: House) -> None:
    mine, yours = me(house), me(house, 1)
    id = mine.hold()
    mine.answer(id, "tolk", interpreter="no")
    path = f"/boka/tid/{id}/behov"
    fields = {**mine.fields(path), "prepare": "Det viktiga"}
    wait(house, 11)
    yours.book()
    late = mine.post(path, fields)
    assert late.status_code == 409
    assert "finns kvar" in late.text
    again = mine.press_on(late, f"/boka/tid/{id}/igen")
    assert again.status_code == 303
    assert "Det viktiga" in mine.get(again.headers["Location"]).text


def test_going_back_to_a_time_that_was_given_up_leads_to_the_one_that_is_held(house: House) -> None:
    person = me(house)
    first = person.hold()
    second = person.hold()
    assert person.get(f"/boka/tid/{first}/tolk").headers["Location"] == f"/boka/tid/{second}/kontrollera"
    assert me(house, 1).get(f"/boka/tid/{first}/tolk").status_code == 404
    person.answer(second, "tolk", interpreter="no")
    person.answer(second, "behov")
    person.answer(second, "kontrollera")
    assert person.get(f"/boka/tid/{first}").headers["Location"] == "/boka"


def test_confirming_after_the_ten_minutes_offers_other_times(house: House) -> None:
    person = me(house)
    id = person.ready()
    path = f"/boka/tid/{id}/kontrollera"
    fields = person.fields(path)
    wait(house, 10)
    late = person.post(path, fields)
    assert (late.status_code, bool(starts(late))) == (409, True)
    assert person.get("/boka/mina").text.count("/boka/tid/") == 0


def test_confirming_twice_is_one_meeting(house: House) -> None:
    person = me(house)
    id = person.ready()
    path = f"/boka/tid/{id}/kontrollera"
    fields = person.fields(path)
    answers = [person.post(path, fields) for _ in range(3)]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(303, f"/boka/tid/{id}")}
    assert person.get("/boka/mina").text.count("/boka/tid/") == 1


def test_nothing_is_confirmed_before_the_questions_are_answered(house: House) -> None:
    person = me(house)
    id = person.hold()
    assert person.get(f"/boka/tid/{id}/kontrollera").headers["Location"].endswith("/tolk")
    fields = person.fields(f"/boka/tid/{id}/tolk")
    answer = person.post(f"/boka/tid/{id}/kontrollera", {name: fields[name] for name in fields if "csrf" in name})
    assert answer.headers["Location"].endswith("/tolk")


def test_a_meeting_is_moved_and_keeps_what_was_written(house: House) -> None:
    person = me(house)
    id = person.book()
    page = f"/boka/tid/{id}/flytta"
    later = person.starts(page)[-1]
    assert person.press(page, later).status_code == 303
    shown = person.get(f"/boka/tid/{id}").text
    assert "Jag vill prata om skolan." in shown


def test_moving_to_a_time_that_is_gone_keeps_the_old_one(house: House) -> None:
    mine, yours = me(house), me(house, 1)
    id = mine.book()
    page = f"/boka/tid/{id}/flytta"
    wished = mine.starts(page)[4]
    fields = {**mine.fields(page, page), "start": wished}
    yours.book(wished)
    answer = mine.post(page, fields)
    assert answer.status_code == 409
    assert "Du har kvar din tid" in answer.text
    assert wished not in starts(answer)


def test_a_meeting_is_cancelled_and_its_time_is_free(house: House) -> None:
    person = me(house)
    start = person.starts()[0]
    id = person.book(start)
    assert start not in person.starts()
    person.answer(id, "avboka", reason="Jag är sjuk")
    assert "Mötet är avbokat" in person.get(f"/boka/tid/{id}").text
    assert start in person.starts()
    for page in ("flytta", "avboka", "kontrollera", "tolk", "behov"):
        assert person.get(f"/boka/tid/{id}/{page}").headers["Location"].endswith(id)


@pytest.mark.parametrize("wrong", ["", "i morgon", "2026-11-04T09:00", "9999-99-99T00:00+00:00", "2026-11-04"])
def test_a_time_that_is_none_is_refused(house: House, wrong: str) -> None:
    assert me(house).press(TIMES, wrong).status_code == 400


@pytest.mark.parametrize(
    "start", ["2026-11-04T08:07:00+00:00", "2030-01-07T08:00:00+00:00", "0001-01-01T00:00:00+01:00"]
)
def test_a_time_that_was_never_offered_is_answered_with_those_that_are(house: House, start: str) -> None:
    answer = me(house).press(TIMES, start)
    assert answer.status_code in {400, 409}


def test_what_is_missing_is_said_and_what_was_written_stands(house: House) -> None:
    person = me(house)
    id = person.hold(page=f"/boka/ny/{ADVICE}/phone")
    assert person.answer(id, "tolk").status_code == 422
    none = person.answer(id, "tolk", interpreter="yes")
    assert (none.status_code, "Skriv vilket språk" in none.text) == (422, True)
    person.answer(id, "tolk", interpreter="no")
    wrong = person.answer(id, "behov", phone="ring mig", prepare="Står kvar")
    assert (wrong.status_code, "Står kvar" in wrong.text) == (422, True)
    assert person.answer(id, "behov", phone="").status_code == 422
    assert person.answer(id, "behov", phone="031-390 06 30").status_code == 303


def test_the_same_answers_sent_ten_times_at_once_are_kept_and_lead_on(house: House) -> None:
    id = me(house).hold()
    path = f"/boka/tid/{id}/tolk"
    browsers = [me(house) for _ in range(10)]
    posts = [(one, {**one.fields(path), "interpreter": "no"}) for one in browsers]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda post: post[0].post(path, post[1]), posts))
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(303, f"/boka/tid/{id}/behov")}


def test_an_answer_to_a_hidden_question_is_not_kept(house: House) -> None:
    person = me(house)
    id = person.hold()
    person.answer(id, "tolk", interpreter="no", language="Hemligt språk")
    person.answer(id, "behov")
    assert "Hemligt" not in person.get(f"/boka/tid/{id}/kontrollera").text


def test_nobody_elses_meeting_is_there_and_work_logins_book_nothing(house: House) -> None:
    mine, yours = me(house), me(house, 1)
    id = mine.book()
    for page in ("", "/tolk", "/behov", "/kontrollera", "/flytta", "/avboka"):
        assert yours.get(f"/boka/tid/{id}{page}").status_code == 404
        for who in (ELSA, ANNA):
            assert Booker(house, who).get(f"/boka/tid/{id}{page}").status_code == 403
        assert Booker(house, None).get(f"/boka/tid/{id}{page}").status_code == 303
    assert mine.get("/boka/tid/nonsens").status_code == 404


def test_without_anything_to_book_the_page_says_whom_to_ring(house: House) -> None:
    house.offer = type(house.offer)()
    page = Booker(house, None).get("/boka")
    assert (page.status_code, "Ring oss" in page.text) == (200, True)
    assert me(house).get("/boka/ny/nonsens").status_code == 404
    assert me(house).get("/boka/ny/nonsens/visit").status_code == 404


def test_the_fifth_meeting_is_the_last(house: House) -> None:
    person = me(house)
    for _ in range(5):
        person.book()
    answer = person.press(TIMES, person.starts()[0])
    assert (answer.status_code, "fem möten" in answer.text) == (409, True)


def test_the_time_goes_into_the_persons_calendar_and_says_nothing_of_what_it_is() -> None:
    house = meeting_house()
    with use(house):
        karin = me(house)
        id = karin.book()
        page = f"/boka/tid/{id}/tid.ics"
        file = karin.get(page)
        assert page in karin.get(f"/boka/tid/{id}").text
        assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert "SUMMARY:M\N{LATIN SMALL LETTER O WITH DIAERESIS}te\r\n" in file.text
        for hidden in (id, "Samtal", "Storgatan", "skolan", "Exempel", "Tolvan", "ocial"):
            assert hidden not in file.text
        number = file.text.partition("SEQUENCE:")[2].partition("\r")[0]
        karin.answer(id, "avboka")
        struck = karin.get(page).text
        assert "STATUS:CANCELLED" in struck
        assert int(struck.partition("SEQUENCE:")[2].partition("\r")[0]) > int(number)
        assert me(house, 1).get(page).status_code == 404


def test_a_time_that_is_only_held_is_no_meeting_for_a_calendar() -> None:
    house = meeting_house()
    with use(house):
        karin = me(house)
        id = karin.hold()
        assert karin.get(f"/boka/tid/{id}/tid.ics").location.endswith("/kontrollera")


def test_a_call_asks_for_nothing_that_is_in_the_room(house: House) -> None:
    for person, form, asked in ((me(house), "visit", True), (me(house, 1), "phone", False)):
        id = person.hold(page=f"/boka/ny/{ADVICE}/{form}")
        assert ("På plats" in person.get(f"/boka/tid/{id}/tolk").text) is asked
        assert ("Plats för rullstol" in person.get(f"/boka/tid/{id}/behov").text) is asked
