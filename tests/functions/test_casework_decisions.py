"""Deciding a report: each outcome, the rule about violence, and nothing without a protection assessment."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.cases import Step
from tests.functions.staff_browser import DECISION, PROTECTION, Desk, assessed, at, decision, protection, taken
from tests.houses import demo_house
from tests.people import MARIA


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def test_nothing_is_decided_before_the_protection_assessment(house: House) -> None:
    answer = Desk(house).get(decision(taken(house)))

    assert answer.status_code == 409
    assert "Skyddsbedömningen saknas" in answer.text


def test_not_opening_closes_a_report_that_asked_for_no_feedback(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    anna.decide(case)

    assert (anna.case(case).open, anna.case(case).step) == (False, Step.AVSLUTAT)


def test_opening_an_investigation_leads_on_to_it(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    anna.decide(case, outcome="inleda")
    opened = anna.case(case).continues_in

    assert opened is not None
    assert f'href="{at(opened)}"' in anna.get(at(case)).text


def test_a_new_report_can_be_attached_to_the_childs_ongoing_investigation(house: House) -> None:
    first, anna = assessed(house), Desk(house)
    anna.decide(first, outcome="inleda")
    ongoing, second = anna.case(first).continues_in, assessed(house)
    assert ongoing is not None
    assert f'value="{ongoing}"' in anna.get(decision(second)).text

    anna.decide(second, outcome="pagar_redan", investigation=ongoing)

    assert anna.case(second).continues_in == ongoing
    assert f'href="{at(second)}"' in anna.get(at(ongoing)).text
    assert anna.case(ongoing).reference in anna.get(f"{at(second)}/bedomningar").text


def test_without_an_ongoing_investigation_there_is_none_to_choose(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    page = anna.get(decision(case)).text

    assert "Barnet har ingen pågående utredning" in page
    assert "pagar_redan" not in page
    assert anna.write(decision(case), {**DECISION, "outcome": "pagar_redan"}).status_code == 422


def test_the_childs_view_or_why_it_is_missing_must_be_there(house: House) -> None:
    case, anna = assessed(house), Desk(house)

    assert "Skriv vad barnet själv säger" in anna.write(decision(case), {**DECISION, "child_view": ""}).text
    assert "Skriv varför barnet inte har fått komma till tals" in anna.write(decision(case), {"child_heard": "no"}).text


def test_not_opening_in_spite_of_violence_waits_for_the_lead_with_the_draft_kept(house: House) -> None:
    case, anna = assessed(house, violence_suspected="yes"), Desk(house)
    anna.write(decision(case), DECISION)
    shown = anna.get(f"{decision(case)}/kontrollera").text

    assert "Gruppledaren beslutar." in shown
    assert "Maria Exempel" in shown
    assert "Skriv under" not in shown.partition("<main")[2].partition("Läs igenom och skriv under</h1>")[2]
    assert DECISION["motivation"] in Desk(house, MARIA).get(decision(case)).text


def test_a_caseworker_who_signs_it_all_the_same_is_led_to_the_lead(house: House) -> None:
    case, anna = assessed(house, violence_suspected="yes"), Desk(house)
    anna.write(decision(case), DECISION)
    form = anna.fields(decision(case))

    answer = anna.post(
        f"{decision(case)}/kontrollera", {name: form[name] for name in ("csrf_token", "submission_id", "seen")}
    )

    assert answer.status_code == 409
    assert "Gruppledaren behöver besluta" in answer.text
    assert anna.case(case).decision is None
    assert DECISION["motivation"] in anna.get(decision(case)).text


def test_the_lead_decides_with_written_reasons(house: House) -> None:
    case, maria = assessed(house, violence_suspected="yes"), Desk(house, MARIA)
    assert "trots misstänkt våld" in maria.write(decision(case), DECISION).text

    maria.decide(case, violence_reason="Polisen har utrett och lagt ned.")

    assert not maria.case(case).open
    assert "Polisen har utrett och lagt ned." in Desk(house).get(f"{at(case)}/bedomningar").text


def test_a_child_that_needed_protection_takes_the_lead_as_well(house: House) -> None:
    case, anna = taken(house), Desk(house)
    anna.assess(case, need="yes", measures=["talk_today"])
    anna.write(decision(case), DECISION)

    assert "Gruppledaren beslutar." in anna.get(f"{decision(case)}/kontrollera").text


def test_opening_in_spite_of_violence_is_the_caseworkers_own(house: House) -> None:
    case, anna = assessed(house, violence_suspected="yes"), Desk(house)

    anna.decide(case, outcome="inleda")

    assert anna.case(case).continues_in is not None


def test_the_leads_reasons_are_asked_for_only_where_they_matter(house: House) -> None:
    quiet, violent = assessed(house), assessed(house, violence_suspected="yes")

    assert "violence_reason" not in Desk(house, MARIA).get(decision(quiet)).text
    assert "violence_reason" not in Desk(house).get(decision(violent)).text
    assert "violence_reason" in Desk(house, MARIA).get(decision(violent)).text


def test_signing_a_decision_costs_at_most_twelve_writes(house: House) -> None:
    case, anna = assessed(house, feedback_requested="yes"), Desk(house)
    anna.write(decision(case), {**DECISION, "outcome": "inleda"})
    form = anna.fields(f"{decision(case)}/kontrollera")
    house.store.clear()  # type: ignore[attr-defined]

    assert anna.post(f"{decision(case)}/kontrollera", form).status_code == 303

    cost = house.store.cost(without=("sessions", "seal_certificates"))  # type: ignore[attr-defined]
    assert cost.writes <= 12


def test_a_protection_assessment_that_was_sent_again_changes_no_decision(house: House) -> None:
    case, anna = taken(house), Desk(house)
    anna.write(protection(case), PROTECTION)
    old = anna.fields(f"{protection(case)}/kontrollera")
    anna.sign(protection(case))
    anna.decide(case)

    assert anna.post(f"{protection(case)}/kontrollera", old).status_code == 303
    assert anna.get(at(case)).text.count("Skyddsbedömning gjord") == 1
