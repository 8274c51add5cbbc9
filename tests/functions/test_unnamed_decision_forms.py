"""Choosing not to be named in a decision: the question, the reason, and what would tell the name all the same."""

from collections.abc import Iterator

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from tests.functions.given_out import inside
from tests.functions.letter_desk import both, page_of
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import DECISION, Desk, at, decision
from tests.functions.unnamed_desk import NAME, NUMBER, UNNAMED, renamed_house, reported
from tests.people import ANNA, MARIA


@pytest.fixture
def house() -> Iterator[House]:
    with use(renamed_house(MemoryStore())) as opened:
        yield opened


def test_the_name_stands_unless_somebody_says_otherwise(house: House) -> None:
    case, anna = reported(Reporter(house))[0], Desk(house)
    assert anna.fields(decision(case))["name_stands"] == ["yes"]
    anna.decide(case)
    signed = anna.get(f"{at(case)}/bedomningar").text

    assert "står inte i originalet" not in signed
    assert NAME in inside(anna.get(f"{at(case)}/original/{anna.case(case).decision}").data)


def test_a_draft_from_before_it_was_asked_is_signed_with_the_name(house: House) -> None:
    case, anna = reported(Reporter(house))[0], Desk(house)
    anna.write(decision(case), DECISION)
    draft = house.files.open(ANNA, case, form="preliminary_assessment").draft  # type: ignore[union-attr]
    assert draft is not None
    older = {name: answer for name, answer in draft.answers.items() if name != "name_stands"}
    house.drafts.save(draft, older, str(ANNA.staff))

    assert "Ja" in anna.get(f"{decision(case)}/kontrollera").text
    assert anna.sign(decision(case)).status_code == 303
    assert house.files.open(ANNA, case).decision.form.named  # type: ignore[union-attr]


def test_without_a_reason_the_name_is_not_left_out(house: House) -> None:
    case, anna = reported(Reporter(house))[0], Desk(house)
    answer = anna.write(decision(case), {**UNNAMED, "name_reason": " "})

    assert answer.status_code == 422
    assert "Skriv varför namnet ska utelämnas" in answer.text


@pytest.mark.parametrize(
    "written", ["Jag, vindela  KANARIEFÅGEL, har bedömt.", "Ring mig på 070 1740641.", "+46 70 174 06 41"]
)
def test_reasons_that_tell_the_name_or_the_own_number_are_put_right_first(house: House, written: str) -> None:
    case, anna = reported(Reporter(house))[0], Desk(house)
    answer = anna.write(decision(case), {**UNNAMED, "motivation": written})

    assert answer.status_code == 422
    assert "Ta bort ditt namn och ditt direktnummer" in answer.text
    assert anna.get(f"{decision(case)}/kontrollera").status_code == 303
    assert anna.write(decision(case), {**DECISION, "name_stands": "yes", "motivation": written}).status_code == 303


def test_a_letter_that_tells_the_name_is_put_right_first(house: House) -> None:
    case, anna = reported(Reporter(house))[0], Desk(house)
    anna.decide(case, **UNNAMED)
    for told in ({"message": f"Hälsningar {NAME}"}, {"contact_phone": NUMBER}):
        answer = anna.write(page_of(case, "decision"), {**both(house), "how": "inbox", **told})
        assert answer.status_code == 422
        assert "Ta bort ditt namn och ditt direktnummer" in answer.text


def test_before_signing_it_is_said_what_the_choice_means(house: House) -> None:
    case, anna = reported(Reporter(house))[0], Desk(house)
    anna.write(decision(case), UNNAMED)
    assert "Ditt namn står inte i originalet" in anna.get(f"{decision(case)}/kontrollera").text
    anna.write(decision(case), {**UNNAMED, "name_stands": "yes"})
    assert "Ditt namn står inte i originalet" not in anna.get(f"{decision(case)}/kontrollera").text


def test_a_lead_whose_own_name_stands_in_the_reasons_signs_nothing_before_it_is_gone(house: House) -> None:
    case, anna, maria = reported(Reporter(house))[0], Desk(house), Desk(house, MARIA)
    anna.write(decision(case), {**UNNAMED, "motivation": "Maria Exempel har läst underlaget."})
    form = maria.fields(decision(case))

    tokens = {name: form[name] for name in ("csrf_token", "submission_id", "seen")}
    refused = maria.post(f"{decision(case)}/kontrollera", tokens)
    assert refused.headers["Location"].endswith(decision(case))
    assert anna.case(case).decision is None
    assert maria.write(decision(case), {}).status_code == 422
    assert maria.write(decision(case), {"motivation": "Underlaget är läst."}).status_code == 303
    assert maria.sign(decision(case)).status_code == 303
    found = house.files.open(MARIA, case)
    assert found is not None
    assert found.decision is not None
    assert (found.decision.by, found.decision.form.named) == ("maria.exempel", False)
