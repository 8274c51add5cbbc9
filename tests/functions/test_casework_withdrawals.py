"""An application that is taken back by phone: written down, read through, signed; it ends, and a letter says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.app import House, use
from shared.domain.cases import ClockState, Step
from shared.domain.change import Action
from shared.domain.ids import CaseId
from shared.domain.letters import Letter, LetterKind
from shared.domain.withdrawals import Withdrawal
from tests.applications import BO, SARA, applied, case_of, send, story
from tests.functions.inbox_browser import Person
from tests.functions.staff_browser import Desk, at, reported
from tests.houses import demo_house
from tests.people import ANNA, MARIA, SAMIR
from tests.records.reports import Forms
from tests.supplements import ask, own

SAID = {
    "said_on-day": "2", "said_on-month": "11", "said_on-year": "2026",
    "how": "phone", "caller": "applicant", "known_by": "called_back", "told": "yes",
    "words": "Jag har fått jobb.",
}  # fmt: skip


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def case(house: House) -> CaseId:
    """An application that Anna has, and has not read."""
    what = replace(applied(), snapshot=story("Jag har lånat av en vän."), contact={})
    case = case_of(house, send(house, what).result)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    return case


def page(case: CaseId) -> str:
    return f"{at(case)}/ansokan/aterkallad"


def take_back(house: House, case: CaseId, who: object = ANNA, **changes: object) -> Desk:
    desk = Desk(house, who)  # type: ignore[arg-type]
    assert desk.write(page(case), {**SAID, **changes}).headers["Location"] == f"{page(case)}/kontrollera"
    assert desk.sign(page(case)).headers["Location"] == at(case)
    return desk


def stands(house: House, case: CaseId) -> Withdrawal | None:
    found = house.files.open(ANNA, case)
    assert found is not None
    return found.withdrawal


def test_the_case_ends_without_a_decision_and_nothing_runs_on(house: House, case: CaseId) -> None:
    asked = ask(house, case)
    take_back(house, case)

    there = Desk(house).case(case)
    assert (there.step, there.open, there.decision, there.supplement) == (Step.AVSLUTAT, False, None, None)
    assert {one.state for one in there.clocks.values()} == {ClockState.CANCELLED}
    assert not own(house, asked).open
    assert str(case) not in Desk(house).get("/arbete/ko").text


def test_what_was_said_stands_in_the_case_and_its_trail(house: House, case: CaseId) -> None:
    desk = take_back(
        house, case, caller="representative", representative="God man.", known_by="other", known_how="Röst."
    )

    shown = desk.get(f"{at(case)}/bedomningar").text
    assert [one for one in ("God man.", "Röst.", "Jag har fått jobb.", "27 § FL") if one not in shown] == []
    assert "Ansökan togs tillbaka" in desk.get(at(case)).text
    written = stands(house, case)
    assert written is not None
    assert written.form.words == "Jag har fått jobb."
    assert "jobb" not in str(house.store.get("withdrawals", written.id)), "what is stated lies sealed"


def test_the_applicant_sees_it_among_the_own_matters_and_reads_the_confirmation(house: House, case: CaseId) -> None:
    take_back(house, case)

    shown = Person(house, SARA).get("/mina").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Återkallad" in shown
    assert "Ansökan togs tillbaka måndag 2 november." in shown
    assert "Överklaga" not in shown
    (letter,) = house.inbox.page(SARA).letters
    assert f"/meddelanden/{letter.id}" in shown
    house.inbox.receive(SARA, letter.id)
    read = house.inbox.open(SARA, letter.id)
    assert isinstance(read, Letter)
    assert read.text.kind is LetterKind.APPLICATION_WITHDRAWN
    words = " ".join(line for part in read.text.parts for line in part.lines)
    assert "sa du per telefon att du tar tillbaka" in words
    assert "Stämmer det inte?" in words
    assert not house.inbox.page(BO).letters


def test_signed_twice_it_is_written_once_and_a_later_decision_is_refused(house: House, case: CaseId) -> None:
    desk = Desk(house)
    desk.write(page(case), SAID)
    checked = desk.get(f"{page(case)}/kontrollera")
    for _ in range(2):
        assert desk.resend(checked, f"{page(case)}/kontrollera").headers["Location"] == at(case)

    assert len(house.inbox.page(SARA).letters) == 1
    assert desk.get(page(case)).headers["Location"] == f"{at(case)}/bedomningar"
    assert desk.get(f"{at(case)}/ansokan/beslut").status_code == 409
    trail = house.files.timeline(ANNA, case)
    assert trail is not None
    assert [one["action"] for one in trail.entries].count(Action.APPLICATION_WITHDRAWN) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"told": "no"}, "Berätta först vad det betyder"),
        ({"told": ""}, "Svara om du har berättat"),
        ({"said_on-day": "1"}, "tidigast den då ansökan kom in"),
        ({"said_on-day": "", "said_on-month": "", "said_on-year": ""}, "Skriv vilken dag"),
        ({"how": ""}, "Välj hur personen sa det"),
        ({"caller": "representative"}, "med vilken rätt"),
        ({"known_by": "other"}, "Skriv hur du vet"),
        ({"known_by": ""}, "Välj hur du vet"),
    ],
)
def test_nothing_is_taken_back_while_something_is_not_known(
    house: House, case: CaseId, wrong: dict[str, object], words: str
) -> None:
    answer = Desk(house).write(page(case), {**SAID, **wrong})

    assert answer.status_code == 422
    assert words in answer.text
    assert Desk(house).get(f"{page(case)}/kontrollera").headers["Location"] == page(case)
    assert Desk(house).case(case).open


def test_a_day_that_has_not_come_is_refused(house: House, case: CaseId) -> None:
    answer = Desk(house).write(page(case), {**SAID, "said_on-year": "2027"})

    assert answer.status_code == 422


def test_only_its_caseworker_and_the_lead_take_it_back(house: House, case: CaseId) -> None:
    assert Desk(house, SAMIR).get(page(case)).status_code == 403
    assert "tar tillbaka ansökan" not in Desk(house, SAMIR).get(f"{at(case)}/ansokan").text
    assert "tar tillbaka ansökan" in Desk(house).get(f"{at(case)}/ansokan").text
    take_back(house, case, MARIA)


def test_a_report_is_not_taken_back(house: House) -> None:
    assert Desk(house, MARIA).get(page(reported(house))).status_code == 409


def test_whoever_took_it_back_may_apply_again_and_appeals_nothing(house: House, case: CaseId) -> None:
    take_back(house, case)
    house.clock.advance(timedelta(minutes=5))  # type: ignore[attr-defined]
    again = case_of(house, send(house).result)

    assert Desk(house).case(again).open
    assert Person(house, SARA).get("/mina").text.count("Återkallad") == 1
