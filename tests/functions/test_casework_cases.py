"""The case page: facts, clocks and what has happened; contact details only to its caseworker, and logged."""

from collections.abc import Iterator
from datetime import date

import pytest

from shared.app import House, use
from shared.domain.ids import StaffId
from shared.domain.municipality import Absence
from shared.domain.principals import Role
from shared.domain.queries import CASE_DISCLOSURES
from tests.directories import change, take_roles
from tests.functions.staff_browser import Desk, assessed, at, report, reported, taken
from tests.houses import demo_house
from tests.people import MARIA, SAMIR
from tests.records.reports import case_of

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \N{RIGHT-TO-LEFT OVERRIDE}txet dloh"


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def disclosed(house: House, case: str) -> list[object]:
    """What of the case has been shown, newest first."""
    page = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=25)
    return [one.fields["what"] for one in page.documents]


def test_the_case_shows_the_child_the_clocks_and_what_has_happened(house: House) -> None:
    case = assessed(house)
    page = Desk(house).get(at(case)).text

    for words in (
        "Kim Exempel",
        "19770117-2392",
        "Skyddsbedömning gjord",
        "Tog ärendet",
        "14 dagar kvar",
        "Dag 0 av 14",
    ):
        assert words in page


def test_the_title_of_the_page_names_no_child(house: House) -> None:
    title = Desk(house).get(at(reported(house))).text.partition("<title>")[2].partition("</title>")[0]

    assert "Orosanmälan OA-" in title
    assert "Kim" not in title


def test_every_page_carries_the_units_phone(house: House) -> None:
    case, anna = assessed(house), Desk(house, MARIA)

    for path in (
        "/arbete/ko",
        "/arbete/notiser",
        "/arbete/drift",
        at(case),
        f"{at(case)}/anmalan",
        f"{at(case)}/beslut",
    ):
        assert "031-390 06 01" in anna.get(path).text


def test_contact_details_stay_masked_until_the_caseworker_opens_them_and_that_is_logged(house: House) -> None:
    case = taken(house, child_phone="070-174 06 10")
    anna = Desk(house)

    filed = anna.get(f"{at(case)}/anmalan").text
    assert "070-174 06 10" not in filed
    assert "Visa kontaktuppgifter – visningen loggas" in filed
    assert "contact" not in disclosed(house, case)

    assert "070-174 06 10" in anna.get(f"{at(case)}/kontakt?forsakrat=ja").text
    assert "contact" in disclosed(house, case)


def test_a_colleague_and_the_lead_are_not_shown_contact_details(house: House) -> None:
    case = taken(house, child_phone="070-174 06 10")

    for colleague in (SAMIR, MARIA):
        desk = Desk(house, colleague)
        assert "visningen loggas" not in desk.get(f"{at(case)}/anmalan").text
        refused = desk.get(f"{at(case)}/kontakt?forsakrat=ja")
        assert refused.status_code == 403
        assert "070-174 06 10" not in refused.text


def test_no_view_of_the_case_lets_the_reporters_words_run_or_hide(house: House) -> None:
    case = assessed(house, concern_description=HOSTILE, child_given_name=HOSTILE)
    anna = Desk(house)
    for part in ("", "/anmalan", "/folkbokforing", "/kontakt?forsakrat=ja", "/bedomningar", "/beslut"):
        page = anna.get(at(case) + part).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "[RLO]" in page


def test_the_lead_gives_a_case_to_a_colleague(house: House) -> None:
    case, maria = taken(house), Desk(house, MARIA)

    answer = maria.post(
        f"{at(case)}/tilldela", {**maria.fields(at(case), f"{at(case)}/tilldela"), "to": "samir.exempel"}
    )

    assert answer.status_code == 303
    assert maria.case(case).assignee == "samir.exempel"
    assert "Gav ärendet till Samir Exempel" in maria.get(at(case)).text


def test_the_lead_is_asked_who_shall_have_the_case(house: House) -> None:
    case, maria = taken(house), Desk(house, MARIA)
    fields = maria.fields(at(case), f"{at(case)}/tilldela")

    take_roles(house, "samir.exempel")

    for nobody in ("", "nobody.exempel", "samir.exempel"):
        answer = maria.post(f"{at(case)}/tilldela", {**fields, "to": nobody})
        assert answer.status_code == 422
        assert "Välj vem som ska ha ärendet" in answer.text


def test_the_lead_sees_who_is_away_and_nobody_who_reads_no_cases(house: House) -> None:
    case, maria = taken(house), Desk(house, MARIA)
    change(house, "samir.exempel", away=Absence(date(2026, 11, 2), date(2026, 11, 6), StaffId("jorge.exempel")))

    page = maria.get(at(case)).text

    assert "Samir Exempel (borta till" in page
    assert "vikarie Jorge Exempel)" in page
    assert "Ronja Exempel" not in page
    fields = maria.fields(at(case), f"{at(case)}/tilldela")
    assert maria.post(f"{at(case)}/tilldela", {**fields, "to": "ronja.exempel"}).status_code == 422


def test_a_caseworker_gives_no_case_away(house: House) -> None:
    case, anna = taken(house), Desk(house)
    assert "tilldela" not in anna.get(at(case)).text

    fields = anna.fields(at(case), "/logga-in/ut")
    answer = anna.post(f"{at(case)}/tilldela", {**fields, "submission_id": "a" * 32, "to": "samir.exempel"})

    assert answer.status_code == 403
    assert anna.case(case).assignee == "anna.exempel"


def test_of_two_who_take_a_case_the_second_is_told_who_has_it(house: House) -> None:
    case = reported(house)
    anna, samir = Desk(house), Desk(house, SAMIR)
    late = samir.fields(at(case), f"{at(case)}/ta")
    anna.take(case)

    answer = samir.post(f"{at(case)}/ta", late)

    assert answer.status_code == 409
    assert "Det är redan gjort" in answer.text
    assert anna.case(case).assignee == "anna.exempel"


def test_taking_a_case_twice_with_the_same_form_is_taking_it_once(house: House) -> None:
    case, anna = reported(house), Desk(house)
    form = anna.fields(at(case), f"{at(case)}/ta")

    assert [anna.post(f"{at(case)}/ta", form).status_code for _ in range(2)] == [303, 303]
    assert anna.get(at(case)).text.count("Tog ärendet") == 1


def test_a_used_form_takes_no_other_case(house: House) -> None:
    one, other, anna = reported(house), reported(house), Desk(house)
    form = anna.fields(at(one), f"{at(one)}/ta")
    anna.post(f"{at(one)}/ta", form)

    assert anna.post(f"{at(other)}/ta", form).status_code == 409
    assert anna.case(other).assignee is None


def test_a_damaged_place_in_the_timeline_is_not_found(house: House) -> None:
    assert Desk(house).get(f"{at(reported(house))}?efter=x").status_code == 404


def test_the_case_page_costs_twelve_reads_beside_its_timeline_and_one_written_disclosure(house: House) -> None:
    case = [assessed(house) for _ in range(6)][-1]
    anna = Desk(house)
    anna.decide(case, outcome="inleda")
    house.store.clear()  # type: ignore[attr-defined]

    anna.get(at(case))

    bill = house.store.by_collection()  # type: ignore[attr-defined]
    timeline = bill["audit"].reads
    cost = house.store.cost(without=("sessions",))  # type: ignore[attr-defined]
    assert timeline <= 20
    assert cost.reads - timeline <= 12
    assert cost.writes == bill["disclosures"].writes == 1


def test_an_investigation_says_what_is_not_here_yet_and_names_its_report(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    anna.decide(case, outcome="inleda")
    opened = anna.case(case).continues_in
    assert opened is not None

    page = anna.get(at(opened)).text

    assert "Utredningens plan finns inte här än." in page
    assert f'href="{at(case)}"' in page
    assert anna.get(f"{at(opened)}/anmalan").status_code == 404


def test_a_case_that_the_page_names_already_is_not_listed_among_the_childs_others(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    anna.decide(case, outcome="inleda")
    opened = anna.case(case).continues_in
    assert opened is not None

    assert anna.get(at(case)).text.count(f'href="{at(opened)}"') == 1
    assert anna.get(at(opened)).text.count(f'href="{at(case)}"') == 1


def test_an_interpreter_that_is_needed_is_named_among_the_facts(house: House) -> None:
    case = case_of(house, report(house, interpreter_child="yes", interpreter_child_language="arabiska"))

    assert "barnet: arabiska" in Desk(house).get(at(case)).text


def test_the_reporters_words_keep_their_language_when_staff_read_in_another(house: House) -> None:
    case, anna = reported(house), Desk(house)
    anna.get("/arbete/ko?sprak=en")

    page = anna.get(f"{at(case)}/anmalan").text

    assert '<html lang="en"' in page
    assert '<div lang="sv">' in page


def test_whoever_may_not_take_the_next_step_is_told_who_does_and_is_offered_no_button(house: House) -> None:
    case, anna = taken(house), Desk(house)
    change(house, "anna.exempel", socionom=False)

    page = anna.get(at(case)).text

    assert "Nästa steg görs av en socionom" in page
    assert "Gör skyddsbedömningen" not in page
    assert anna.get(f"{at(case)}/skyddsbedomning").status_code == 403


def test_the_lead_is_offered_only_those_who_may_have_the_case(house: House) -> None:
    case = taken(house)
    change(house, "samir.exempel", roles=frozenset({Role.ADMINISTRATOR}))

    page = Desk(house, MARIA).get(at(case)).text

    assert 'value="maria.exempel"' in page
    assert 'value="samir.exempel"' not in page
