"""One draft open in two windows: the second answer to a question is told of the first, and nothing is lost."""

from collections.abc import Iterator
from typing import Final

import pytest

from shared.app import House, use
from tests.functions.applicant_browser import APPLIES_ON, Applicant, answers, at, plain
from tests.houses import HandClock, demo_house

WORDS: Final = "Sparpengar, och lite från mormor."


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house(clock=HandClock(APPLIES_ON))) as opened:
        yield opened


def opened(house: House) -> tuple[Applicant, str, str, dict[str, list[str]]]:
    """A new draft with its page about the applicant open: whose, its id, the page's address, and what it would post."""
    sara = Applicant(house)
    draft = sara.begin()
    path = f"{at(draft)}/du"
    return sara, draft, path, sara.fields(path)


def test_the_second_window_is_shown_both_answers_and_chooses(house: House) -> None:
    sara, draft, path, shown = opened(house)
    sara.post(path, {**shown, "applicant_phone": "031-390 06 05"})
    told = sara.post(path, {**shown, "applicant_phone": "031-390 06 06"})

    assert told.status_code == 409
    assert "Svaret har ändrats på ett annat ställe" in told.text
    assert "390 06 05" in plain(told.text)
    assert "390 06 06" in plain(told.text)
    assert answers(house, draft)["applicant_phone"] == "031-390 06 05"


def test_what_was_shown_to_be_chosen_is_saved_by_one_press(house: House) -> None:
    sara, draft, path, shown = opened(house)
    sara.post(path, {**shown, "applicant_phone": "031-390 06 05"})
    again = sara.forms_of(sara.post(path, {**shown, "applicant_phone": "031-390 06 06"}))[path]

    assert sara.post(path, again).status_code == 303
    assert answers(house, draft)["applicant_phone"] == "031-390 06 06"


def test_the_same_press_twice_and_an_old_window_left_as_it_was_go_on(house: House) -> None:
    sara, draft, path, shown = opened(house)
    for _ in range(2):
        assert sara.post(path, {**shown, "applicant_phone": "031-390 06 05"}).status_code == 303
    sara.post(path, shown)

    assert answers(house, draft)["applicant_phone"] == "031-390 06 05"


def test_a_wrong_answer_put_right_is_no_second_window(house: House) -> None:
    sara, _, path, shown = opened(house)
    wrong = {**shown, "applicant_email": "inte en adress", "applicant_phone": "031-390 06 05"}
    again = sara.forms_of(sara.post(path, wrong))[path]

    assert sara.post(path, {**again, "applicant_email": "sara@example.se"}).status_code == 303


def test_a_wrong_answer_from_an_old_window_hides_nothing_when_it_is_put_right(house: House) -> None:
    sara, _, path, shown = opened(house)
    sara.post(path, {**shown, "applicant_phone": "031-390 06 05"})
    wrong = sara.post(path, {**shown, "applicant_phone": "031-390 06 06", "applicant_email": "fel"})
    right = sara.post(path, {**sara.forms_of(wrong)[path], "applicant_email": "sara@example.se"})

    assert (wrong.status_code, right.status_code) == (422, 409)


def test_an_item_taken_away_in_one_window_can_be_put_back_from_the_other(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "barn", has_children="yes")
    path = f"{at(draft)}/barnen/a0000001"
    noel = {"child_name": "Noel", "child_residence": "full_time"}
    sara.post(path, {**sara.fields(path), **noel})
    shown = sara.fields(path)
    sara.post(f"{path}/ta-bort", sara.fields(f"{path}/ta-bort"))
    told = sara.post(path, {**shown, "child_name": "Noel Ek"})

    assert told.status_code == 409
    assert "Det du ändrade är borttaget" in told.text
    assert "Noel Ek" in told.text
    assert "children" not in answers(house, draft)

    assert sara.post(path, sara.forms_of(told)[path]).status_code == 303
    assert [one["child_name"] for one in answers(house, draft)["children"]] == ["Noel Ek"]  # type: ignore[attr-defined]


def test_words_for_a_question_that_the_other_window_made_needless_are_shown_and_kept(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    path = f"{at(draft)}/hittills"
    shown = sara.fields(path)
    sara.answer(draft, "ansokan", application_type="renewal")
    told = sara.post(path, {**shown, "livelihood_description": WORDS})

    assert told.status_code == 409
    assert "Frågan ställs inte längre" in told.text
    assert WORDS in told.text
    assert f'href="{at(draft)}/ansokan"' in told.text
    assert WORDS not in sara.get(f"{at(draft)}/kontrollera").text
    sara.answer(draft, "ansokan", application_type="new")
    assert sara.fields(path)["livelihood_description"] == [WORDS]


def test_a_needless_question_that_came_back_as_it_was_shown_leads_on(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    path = f"{at(draft)}/hittills"
    shown = sara.fields(path)
    sara.answer(draft, "ansokan", application_type="renewal")

    assert sara.post(path, shown).status_code == 303


def test_words_for_a_child_that_is_not_asked_of_any_more_are_shown_and_come_back(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "barn", has_children="yes")
    path = f"{at(draft)}/barnen/a0000001"
    shown = sara.fields(path)
    sara.answer(draft, "barn", has_children="no")
    told = sara.post(path, {**shown, "child_name": "Noel", "child_person_id": "fel"})

    assert told.status_code == 409
    assert "Noel" in told.text
    assert "Det här kunde vi inte spara." in told.text
    assert ">fel<" in told.text
    assert sara.get(path).status_code == 303
    sara.answer(draft, "barn", has_children="yes")
    assert sara.fields(path)["child_name"] == ["Noel"]


def test_what_two_windows_answered_before_it_was_needless_is_written_over_by_nobody(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    path = f"{at(draft)}/hittills"
    shown = sara.fields(path)
    sara.post(path, {**shown, "livelihood_description": WORDS})
    sara.answer(draft, "ansokan", application_type="renewal")
    told = sara.post(path, {**shown, "livelihood_description": "Lånade pengar av en vän."})

    assert told.status_code == 409
    assert [one for one in (WORDS, "Lånade pengar av en vän.") if one not in told.text] == []
    assert answers(house, draft)["livelihood_description"] == WORDS


def noel(house: House) -> tuple[Applicant, str, str]:
    """Noel is in the draft: whose, its id, and his page."""
    sara = Applicant(house)
    draft = sara.begin()
    sara.answer(draft, "barn", has_children="yes")
    path = f"{at(draft)}/barnen/a0000001"
    sara.post(path, {**sara.fields(path), "child_name": "Noel", "child_residence": "full_time"})
    return sara, draft, path


def test_an_old_page_does_not_take_away_what_was_edited_since_but_shows_it_and_asks_again(house: House) -> None:
    sara, draft, path = noel(house)
    away = f"{path}/ta-bort"
    old = sara.fields(away)
    sara.post(path, {**sara.fields(path), "child_name": "Noel Ek"})
    told = sara.post(away, old)

    assert told.status_code == 409
    assert "Det har ändrats sedan du öppnade sidan." in told.text
    assert "Noel Ek" in told.text
    assert [one["child_name"] for one in answers(house, draft)["children"]] == ["Noel Ek"]  # type: ignore[attr-defined]
    assert sara.post(away, sara.forms_of(told)[away]).status_code == 303
    assert "children" not in answers(house, draft)


def test_a_removal_that_does_not_say_what_was_seen_is_asked_of(house: House) -> None:
    sara, draft, path = noel(house)
    away = f"{path}/ta-bort"
    blind = {name: values for name, values in sara.fields(away).items() if name != "seen"}

    assert sara.post(away, blind).status_code == 409
    assert "children" in answers(house, draft)


def test_a_second_press_on_what_is_gone_does_nothing(house: House) -> None:
    sara, draft, path = noel(house)
    away = f"{path}/ta-bort"
    old = sara.fields(away)

    assert [sara.post(away, old).status_code for _ in range(2)] == [303, 303]
    assert "children" not in answers(house, draft)
