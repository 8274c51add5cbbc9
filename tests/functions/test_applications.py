"""Applying, from the first page to the receipt: page by page, with a form and nothing more."""

import re
from collections.abc import Iterator

import pytest

from shared.app import House, use
from tests.applications import BO, SARA
from tests.functions.applicant_browser import APPLIES_ON, START, Applicant, answers, at, plain
from tests.houses import HandClock, demo_house
from tests.people import ANNA, ELSA


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house(clock=HandClock(APPLIES_ON))) as opened:
        yield opened


# ── Before logging in ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_anybody_reads_how_it_goes_before_logging_in(house: House) -> None:
    nobody = Applicant(house, None)
    page = nobody.get(START).text

    assert 'href="/ansok/ekonomi"' in nobody.get("/ansok").text
    assert 'href="/logga-in?next=/ansok/ekonomi"' in page
    assert "Klarar du dig inte till i morgon?" in page
    assert "Bor du ihop med en partner?" in page


def test_a_form_that_nobody_applies_with_has_no_page(house: House) -> None:
    assert Applicant(house).get("/ansok/anmalan").status_code == 404


def test_a_login_for_work_applies_for_nothing(house: House) -> None:
    for who in (ELSA, ANNA):
        assert Applicant(house, who).get("/ansok/mina").status_code == 403


# ── On the way ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_begins_at_its_parts_with_the_name_from_the_login(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()

    assert "Du och ditt hushåll" in sara.get(f"{at(draft)}/delar").text
    assert answers(house, draft)["applicant_name"] == SARA.name


def test_an_answer_is_saved_when_the_person_goes_on_and_found_on_another_device(house: House) -> None:
    draft = Applicant(house).begin()
    phone, computer = Applicant(house), Applicant(house)
    phone.answer(draft, "hushall", marital_status="single")

    assert "Påbörjad" in computer.get(f"{at(draft)}/delar").text
    assert f'href="{at(draft)}"' in computer.get("/ansok/mina").text
    assert f'href="{at(draft)}"' in computer.get(START).text


def test_the_same_start_pressed_twice_is_one_draft(house: House) -> None:
    sara = Applicant(house)
    form = sara.fields(START, f"{START}/utkast")
    first, again = (sara.post(f"{START}/utkast", form).headers["Location"] for _ in range(2))

    assert first == again


def test_somebody_who_lives_with_a_partner_is_told_at_once_what_to_do(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "ansokan", application_type="new")
    led = sara.answer(draft, "hushall", marital_status="cohabiting").headers["Location"]
    page = sara.get(led).text

    assert led == f"{at(draft)}/tillsammans"
    assert "Ni söker tillsammans, och vi hjälper er" in page
    assert "031-⁠390 06 01" in plain(page)
    assert "Fortsätt</button>" not in re.sub(r"<button class=\"govuk-visually-hidden\".*?</button>", "", page)
    assert "Intyga och skicka" not in sara.get(f"{at(draft)}/kontrollera").text


def test_a_wrong_answer_is_said_where_it_is_and_what_was_understood_is_kept(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "hushall", marital_status="single")
    answer = sara.answer(draft, "du", applicant_email="inte en adress", applicant_phone="031-390 06 05")

    assert answer.status_code == 422
    assert 'href="#applicant_email"' in answer.text
    assert answers(house, draft)["applicant_phone"] == "031-390 06 05"


def test_children_have_a_page_each_and_one_page_sent_twice_is_one_child(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "barn", has_children="yes")
    new = sara.get(f"{at(draft)}/barnen").headers["Location"]
    form = {**sara.fields(new), "child_name": "Noel", "child_residence": "full_time"}
    for _ in range(2):
        assert sara.post(new, form).headers["Location"] == f"{at(draft)}/barnen"

    assert [one["child_name"] for one in answers(house, draft)["children"]] == ["Noel"]  # type: ignore[attr-defined]
    assert "Vill du lägga till ett barn till?" in sara.get(f"{at(draft)}/barnen").text


def test_a_child_is_taken_away_after_a_question(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "barn", has_children="yes")
    path = f"{at(draft)}/barnen/a0000001"
    sara.post(path, {**sara.fields(path), "child_name": "Noel", "child_residence": "full_time"})
    away = f"{path}/ta-bort"

    assert "Noel" in sara.get(away).text
    assert sara.post(away, sara.fields(away)).status_code == 303
    assert "children" not in answers(house, draft)


def test_what_is_posted_to_a_question_that_is_not_asked_any_more_is_kept_and_does_not_count(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "barn", has_children="yes")
    path = f"{at(draft)}/barnen/a0000001"
    form = {**sara.fields(path), "child_name": "Noel", "child_residence": "full_time"}
    sara.answer(draft, "barn", has_children="no")

    assert sara.post(path, form).status_code == 409
    assert [one["child_name"] for one in answers(house, draft)["children"]] == ["Noel"]  # type: ignore[attr-defined]
    assert "Noel" not in sara.get(f"{at(draft)}/kontrollera").text


def test_a_field_that_no_page_of_ours_has_is_refused(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()

    assert sara.answer(draft, "ansokan", applicant_name="Kungen").status_code == 400
    assert sara.answer(draft, "du", applicant_name="Kungen").status_code in {303, 400, 422}
    assert answers(house, draft)["applicant_name"] == SARA.name


def test_later_saves_what_there_is_and_says_until_when(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    led = sara.answer(draft, "ansokan", application_type="new", later="yes").headers["Location"]

    assert "Inget är skickat än." in sara.get(led).text
    assert "26 december" in plain(sara.get(led).text)


def test_a_deleted_draft_is_gone(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    forms = sara.fields(f"{at(draft)}/ta-bort")

    assert sara.post(f"{at(draft)}/ta-bort", forms).headers["Location"] == "/ansok/mina"
    assert sara.get(at(draft)).status_code == 404


def test_nobody_else_finds_the_draft(house: House) -> None:
    draft = Applicant(house).begin()

    assert Applicant(house, BO).get(f"{at(draft)}/delar").status_code == 404
    assert Applicant(house, BO).get(at(draft)).status_code == 404


def test_of_many_drafts_the_newest_are_shown_whole_and_every_one_can_be_reached(house: House) -> None:
    sara = Applicant(house)
    drafts = [sara.begin() for _ in range(6)]

    for page, whole, folded in (("/ansok/mina", 3, "3 äldre utkast"), (START, 1, "5 äldre utkast")):
        shown = plain(sara.get(page).text)
        assert all(f'href="{at(draft)}"' in shown for draft in drafts)
        assert folded in shown
        assert shown.count('class="tf-card"') == whole
