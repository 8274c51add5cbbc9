"""Asking for a supplement at the desk: chosen, read through, sent once; what comes is seen, accepted, asked again."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.supplements import Standing
from tests.applications import SARA
from tests.functions.staff_browser import Desk, at, reported
from tests.houses import demo_house
from tests.journeys.hostile_texts import HOSTILE
from tests.people import ANNA, MARIA, SAMIR
from tests.records.reports import Forms
from tests.supplements import applied_for, ask, own, supply

HARMFUL = ("<script>window", "<img src=x", "<svg/onload", "<iframe srcdoc", "<a href='javascript", "<b>x</b>")
FILLED = {
    "papers": ["rent_notice", "payslips"], "words-rent_notice": "November.", "name-1": "Intyg",
    "words-1": "Från skolan.",
    "last_day-day": "16", "last_day-month": "11", "last_day-year": "2026", "if_not": "decided",
}  # fmt: skip


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def case(house: House) -> CaseId:
    return applied_for(house)


def begin(case: CaseId) -> str:
    return f"{at(case)}/komplettering/begar"


def written(anna: Desk, case: CaseId, **changes: object) -> TestResponse:
    """The page of what was filled in, to read through."""
    answer = anna.write(begin(case), {**FILLED, **changes})
    assert answer.headers["Location"] == f"{begin(case)}/kontrollera"
    return anna.get(f"{begin(case)}/kontrollera")


def test_what_is_chosen_is_read_through_and_then_lies_in_the_inbox(house: House, case: CaseId) -> None:
    anna = Desk(house)
    checked = written(anna, case)
    assert "måndag 16" in checked.text
    assert not house.inbox.page(SARA).letters

    sent = anna.resend(checked, f"{begin(case)}/kontrollera")
    assert sent.headers["Location"] == f"{at(case)}/komplettering"
    assert len(house.inbox.page(SARA).letters) == 1
    shown = anna.get(f"{at(case)}/komplettering").text
    assert [name for name in ("Hyresavi", "Lönebesked", "Intyg", "Från skolan.") if name not in shown] == []
    assert "Begärde komplettering" in anna.get(at(case)).text
    assert anna.resend(checked, f"{begin(case)}/kontrollera").status_code == 303, "pressed twice it is sent once"
    assert len(house.inbox.page(SARA).letters) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"papers": [], "words-rent_notice": "", "name-1": "", "words-1": ""}, "Välj minst en sak"),
        ({"name-1": "", "words-1": "Från skolan."}, "Skriv vad du behöver"),
        ({"name-1": "x" * 130}, "Ta bort ungefär 10 tecken"),
        ({"words-rent_notice": "x" * 1100}, "Ta bort ungefär 100 tecken"),
        ({"last_day-day": "1"}, "tidigast i morgon"),
        ({"last_day-year": "2027"}, "tidigast i morgon"),
        ({"last_day-month": "smarch"}, "last_day"),
        ({"last_day-day": "", "last_day-month": "", "last_day-year": ""}, "Skriv sista dagen"),
        ({"if_not": ""}, "Välj vad som händer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(
    house: House, case: CaseId, wrong: dict[str, object], words: str
) -> None:
    answer = Desk(house).write(begin(case), {**FILLED, **wrong})

    assert answer.status_code == 422
    assert words in answer.text
    assert not house.inbox.page(SARA).letters
    assert Desk(house).get(f"{begin(case)}/kontrollera").status_code == 303


def test_all_that_is_wrong_is_said_at_once(house: House, case: CaseId) -> None:
    answer = Desk(house).write(begin(case), {"last_day-day": "1", "if_not": "", "words-2": "Från banken."})

    said = ("Skriv vad du behöver", "tidigast i morgon", "Välj vad som händer")
    assert [words for words in said if words not in answer.text] == []


def test_what_is_begun_is_there_again_whatever_interrupts_it(house: House, case: CaseId) -> None:
    anna, left = Desk(house), Desk(house)
    first = {**anna.fields(begin(case)), "papers": ["rent_notice"], "words-rent_notice": "November."}
    assert anna.keep(begin(case), first).status_code == 204
    assert "November." in left.get(begin(case)).text

    assert left.write(begin(case), {"words-rent_notice": "Oktober."}, "later").status_code == 303
    crossed = anna.post(begin(case), {**first, "seen": "1", "words-rent_notice": "December."})
    assert crossed.status_code == 409
    assert [words for words in ("Oktober.", "December.") if words not in crossed.text] == []


def test_what_was_changed_since_it_was_read_through_is_read_again(house: House, case: CaseId) -> None:
    anna = Desk(house)
    checked = written(anna, case)
    written(anna, case, **{"words-1": "Från banken."})

    answer = anna.resend(checked, f"{begin(case)}/kontrollera")
    assert answer.headers["Location"] == f"{begin(case)}/kontrollera?andrad=1"
    assert not house.inbox.page(SARA).letters


def test_an_explanation_keeps_its_lines_and_counts_its_room(house: House, case: CaseId) -> None:
    anna = Desk(house)
    page = written(anna, case, **{"words-rent_notice": "Hyran för november.\r\nÄven garaget."}).text

    assert "Hyran för november.<br>" in page
    form = anna.get(begin(case)).text
    assert "Hyran för november.\nÄven garaget.</textarea>" in form
    assert 'data-maxlength="1000"' in form


def test_texts_that_would_run_are_shown_as_they_were_written(house: House, case: CaseId) -> None:
    anna = Desk(house)
    for text in HOSTILE:
        filled = {"name-1": text[:100] or "x", "words-1": text[:900], "words-rent_notice": text[:900]}
        anna.write(begin(case), {**FILLED, **filled})
        pages = anna.get(begin(case)).text + anna.get(f"{begin(case)}/kontrollera").text
        assert [one for one in HARMFUL if one in pages] == []


@pytest.mark.parametrize("who", [SAMIR, MARIA])
def test_nobody_but_the_caseworker_is_offered_to_ask(house: House, case: CaseId, who: object) -> None:
    desk = Desk(house, who)  # type: ignore[arg-type]

    assert "Begär komplettering" not in desk.get(f"{at(case)}/komplettering").text
    assert desk.get(begin(case)).status_code == 403
    assert "Begär komplettering" in Desk(house).get(f"{at(case)}/komplettering").text


def test_a_report_has_no_supplement(house: House) -> None:
    assert Desk(house).get(f"{at(reported(house))}/komplettering").status_code == 404


def test_what_came_is_new_until_it_is_read_and_can_be_enough_or_asked_for_again(house: House, case: CaseId) -> None:
    anna, id = Desk(house), ask(house, case)
    supply(house, id, 0)
    supply(house, id, 1, cannot=True)
    here = f"{at(case)}/komplettering"
    page = anna.get(here).text
    assert "Något nytt har kommit." in page
    assert "Läsa komplettering" in anna.get("/arbete/ko").text
    assert "Kan inte få fram det, och skriver varför:" in page
    assert "Den sökande har skickat något nytt." in anna.get(at(case)).text
    assert "Den sökande har skickat något som begärts" in anna.get("/arbete/notiser").text

    assert anna.post(f"{here}/{id}/last", anna.fields(here, f"{here}/{id}/last")).status_code == 303
    assert "Den sökande har skickat något nytt." not in anna.get(at(case)).text
    first, second = own(house, id).supplement.items
    enough = f"{here}/{id}/racker/{first.id}"
    assert anna.post(enough, anna.fields(here, enough)).status_code == 303
    again = f"{here}/{id}/igen"
    assert "Skriv vad som fattas" in anna.write(again, {"chosen": [second.id]}).text
    anna.write(again, {"chosen": [second.id], f"words-{second.id}": "Hela avin."})
    assert anna.sign(again).headers["Location"] == here
    assert [one.standing for one in own(house, id).supplement.items] == [Standing.ENOUGH, Standing.MISSING]
    assert "Hela avin." in anna.get(here).text


def test_asking_again_is_kept_read_through_and_sent_once(house: House, case: CaseId) -> None:
    anna, id = Desk(house), ask(house, case)
    again, item = f"{at(case)}/komplettering/{id}/igen", own(house, id).supplement.items[0].id
    first = {**anna.fields(again), "chosen": [item], f"words-{item}": "Det gäller"}
    assert anna.keep(again, first).status_code == 204
    assert "Det gäller</textarea>" in Desk(house).get(again).text

    assert Desk(house).write(again, {f"words-{item}": "Oktober."}, "later").headers["Location"] == again
    assert anna.keep(again, {**first, "seen": "1"}).status_code == 409
    crossed = anna.post(again, {**first, "seen": "1", f"words-{item}": "December."})
    assert crossed.status_code == 409
    assert [words for words in ("Oktober.", "December.") if words not in crossed.text] == []

    assert anna.write(again, {}).headers["Location"] == f"{again}/kontrollera"
    checked = anna.get(f"{again}/kontrollera")
    assert [words for words in ("Kontoutdrag", "Oktober.", "Hyresavi", "Senast") if words not in checked.text] == []
    letters = len(house.inbox.page(SARA).letters)
    for _ in range(2):
        assert anna.resend(checked, f"{again}/kontrollera").headers["Location"] == f"{at(case)}/komplettering"
    assert len(house.inbox.page(SARA).letters) == letters + 1
    assert "Oktober." not in anna.get(again).text, "what is sent is no draft any more"


def test_what_was_changed_since_it_was_read_is_not_asked_again_unread(house: House, case: CaseId) -> None:
    anna, id = Desk(house), ask(house, case)
    again = f"{at(case)}/komplettering/{id}/igen"
    anna.write(again, {})
    checked = anna.get(f"{again}/kontrollera")
    anna.write(again, {"last_day-day": "25"})

    assert anna.resend(checked, f"{again}/kontrollera").headers["Location"] == f"{again}/kontrollera?andrad=1"
    assert anna.get(f"{again}/kontrollera?andrad=1").text.count("Utkastet har ändrats") == 1


def test_nothing_is_asked_again_when_nothing_is_missing_or_the_day_is_wrong(house: House, case: CaseId) -> None:
    anna, id = Desk(house), ask(house, case)
    supply(house, id, 0, 1)
    again = f"{at(case)}/komplettering/{id}/igen"

    answer = anna.write(again, {"last_day-year": "2027"})
    assert answer.status_code == 422
    assert [words for words in ("Välj vad du behöver igen", "tidigast i morgon") if words not in answer.text] == []
    assert anna.get(f"{again}/kontrollera").headers["Location"] == again


def test_what_was_begun_about_a_closed_one_is_not_asked_in_the_next(house: House, case: CaseId) -> None:
    anna, id = Desk(house), ask(house, case)
    again = f"{at(case)}/komplettering/{id}/igen"
    anna.write(again, {})
    checked = anna.get(f"{again}/kontrollera")
    house.supplements.close(ANNA, case, id, Forms(ANNA).new())
    ask(house, case)

    assert anna.resend(checked, f"{again}/kontrollera").headers["Location"] == f"{at(case)}/komplettering"
    assert anna.get(again).status_code == 404


def test_it_is_closed_after_a_question(house: House, case: CaseId) -> None:
    anna, id = Desk(house), ask(house, case)
    there = f"{at(case)}/komplettering/{id}/avsluta"

    assert anna.get(there).status_code == 200
    assert own(house, id).open
    assert anna.post(there, anna.fields(there)).status_code == 303
    assert not own(house, id).open
    assert anna.get(there).status_code == 404
    assert "Begär komplettering" in anna.get(f"{at(case)}/komplettering").text


def test_a_supplement_of_another_case_is_not_there(house: House, case: CaseId) -> None:
    anna, elsewhere = Desk(house), ask(house, applied_for(house))
    ask(house, case)
    here = f"{at(case)}/komplettering"

    for path in ("igen", "avsluta"):
        assert anna.get(f"{here}/{elsewhere}/{path}").status_code == 404


def test_a_colleague_does_not_hand_over_an_old_page(house: House, case: CaseId) -> None:
    anna = Desk(house)
    checked = written(anna, case)
    ask(house, case)

    assert anna.resend(checked, f"{begin(case)}/kontrollera").status_code == 409
    assert len(house.inbox.page(SARA).letters) == 1
    house.supplements.close(anna.who, case, own(house, _open(house, case)).supplement.id, Forms(SAMIR).new())  # type: ignore[arg-type]


def _open(house: House, case: CaseId) -> object:
    document = house.store.get("cases", case)
    assert document is not None
    return document.fields["supplement"]
