"""Saying that a note is wrong: read through, sent once, answered by a day; and staff see it and answer it."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from functions.journal.main import app
from shared.app import House, use
from shared.domain.ids import CaseId, ItemId
from shared.domain.objections import MOST
from shared.domain.principals import Principal
from tests.functions.browser import Browser, Forms
from tests.functions.inbox_browser import resident
from tests.functions.staff_browser import Desk, at, taken
from tests.functions.test_casework_journal import plain
from tests.houses import demo_house
from tests.own_files import OBJECTION, RELEASE, knowing, noted, object_to
from tests.people import MARIA, SAMIR
from tests.registers import person

NUMBER, NAME = "197701172392", "Kim Exempel"
"""Whom the usual report names."""


def kim(house: House) -> Principal:
    return resident(house, NUMBER)


class Own(Browser):
    """Kim's browser."""

    def __init__(self, house: House) -> None:
        super().__init__(app, house, kim(house))

    def say(self, note: ItemId, text: str, go: str = "check") -> TestResponse:
        """Fill in what is wrong."""
        return self.post(f"/journal/{note}/fel", {**forms(self.get(f"/journal/{note}"), note), "text": text, "go": go})

    def press(self, page: TestResponse, note: ItemId, go: str) -> TestResponse:
        """A button of the page to read through."""
        return self.post(f"/journal/{note}/fel", {**forms(page, note), "go": go})


def forms(page: TestResponse, note: ItemId) -> dict[str, list[str]]:
    found = Forms()
    found.feed(page.text)
    return found.found[f"/journal/{note}/fel"]


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        knowing(opened, person(NUMBER, NAME), child=NUMBER)
        yield opened


def released(house: House) -> tuple[CaseId, ItemId]:
    case = taken(house)
    return case, noted(house, case, "Mamma ringde.", RELEASE)


def test_what_is_wrong_is_read_through_sent_once_and_has_a_day(house: House) -> None:
    _, note = released(house)
    own = Own(house)
    check = own.say(note, OBJECTION)

    assert check.status_code == 200
    assert "Läs igenom innan du skickar" in check.text
    assert f">{OBJECTION}</textarea>" in own.press(check, note, "edit").text
    assert [own.press(check, note, "send").headers["Location"] for _ in range(2)] == [f"/journal/{note}"] * 2
    shown = plain(own.get(f"/journal/{note}"))
    assert shown.count(OBJECTION) == 1
    assert "Du får svar senast onsdag 2 december" in shown


@pytest.mark.parametrize("text", ["", "  ", "x" * 8001])
def test_nothing_or_too_much_is_put_right(house: House, text: str) -> None:
    _, note = released(house)
    answer = Own(house).say(note, text, "send")

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text


def test_staff_see_it_with_its_clock_and_answer_it_and_the_person_reads_the_answer(house: House) -> None:
    case, note = released(house)
    object_to(house, note, who=kim(house))
    maria, page = Desk(house, MARIA), f"{at(case)}/journal/{note}"
    assert "Synpunkter att svara på" in maria.get(f"{at(case)}/journal").text
    shown = plain(maria.get(page))
    assert OBJECTION in shown
    assert "svar inom en månad" in shown
    assert "Tyckte att en anteckning är fel" in maria.get(at(case)).text
    assert "den som akten gäller" in maria.get(at(case)).text
    where = shown.partition("/svar/")[2][:32]
    href = f"{page}/svar/{where}"

    assert maria.post(href, {**maria.fields(href), "text": "", "go": "sign"}).status_code == 422
    check = maria.post(href, {**maria.fields(href), "text": "Vi har rättat det.", "go": "check"})
    assert "Läs igenom svaret" in check.text
    assert maria.resend(check, href, go="sign").headers["Location"] == page
    assert maria.resend(check, href, go="sign").headers["Location"] == page
    assert maria.get(href).headers["Location"] == page
    read = plain(Own(house).get(f"/journal/{note}"))
    assert "Vi har rättat det." in read
    assert "Maria" not in read
    assert "Vi har rättat det." in Desk(house, SAMIR).get(page).text
    assert "Synpunkter att svara på" not in maria.get(f"{at(case)}/journal").text


def test_a_colleague_without_the_case_reads_it_and_is_not_asked_to_answer(house: House) -> None:
    case, note = released(house)
    object_to(house, note, who=kim(house))
    samir = Desk(house, SAMIR).get(f"{at(case)}/journal/{note}").text

    assert OBJECTION in samir
    assert "/svar/" not in samir


def test_a_full_note_refers_to_a_person(house: House) -> None:
    _, note = released(house)
    own = Own(house)
    fields = forms(own.get(f"/journal/{note}"), note)
    for number in range(MOST):
        object_to(house, note, f"Fel {number}.", kim(house))

    assert "ring oss" in own.get(f"/journal/{note}").text
    late = own.post(f"/journal/{note}/fel", {**fields, "text": "En till.", "go": "send"})
    assert late.status_code == 409
    assert "Inget har skickats." in late.text


def test_a_note_that_is_not_theirs_to_read_is_not_found(house: House) -> None:
    _, note = released(house)
    own = Own(house)
    fields = {**forms(own.get(f"/journal/{note}"), note), "text": "Fel.", "go": "send"}

    for other in ("0" * 32, "x"):
        assert own.post(f"/journal/{other}/fel", fields).status_code == 404
