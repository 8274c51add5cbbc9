"""Who gets into casework: staff of the unit who work with reports; to everybody else a case does not exist."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from werkzeug.routing import Rule

from functions.casework.main import app
from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.principals import Kind, Principal
from tests.functions.staff_browser import Desk, assessed, at, staffed_house, taken
from tests.people import ELSA, MARIA, SAMIR, STRANGER, staff

NO_ROLE = staff("ali")
PARENT = Principal(Kind.RESIDENT, person=ELSA.person, name="Tolvan Exempel", assurance=3)
RULES = sorted(
    (rule for rule in app.url_map.iter_rules() if rule.endpoint != "feeds.fetch"), key=lambda rule: rule.rule
)
"""Every page; what calendar programs fetch has no login, only the secret in its address (test_calendar_links)."""
OF_A_CASE = [rule for rule in RULES if "/arende/<id>" in rule.rule]

ANSWERS = {
    "feedback.release": {"choice": "release", "checked": "yes"},
    "allocation.assign": {"to": "samir.exempel"},
}

every_page = pytest.mark.parametrize("rule", RULES, ids=[f"{max(one.methods or ())} {one.rule}" for one in RULES])
every_page_of_a_case = pytest.mark.parametrize(
    "rule", OF_A_CASE, ids=[f"{max(one.methods or ())} {one.rule}" for one in OF_A_CASE]
)


@pytest.fixture
def house() -> Iterator[House]:
    with use(staffed_house()) as opened:
        yield opened


def ask(desk: Desk, rule: Rule, id: str) -> int:
    """The status of the page, asked as a browser with a good form would."""
    path = rule.rule.replace("<id>", id)
    if "GET" in (rule.methods or ()):
        return desk.get(path).status_code
    token = {} if desk.who is None else desk.fields("/arbete/ko", "/logga-in/ut")
    return desk.post(path, {**token, "submission_id": "a" * 32, **ANSWERS.get(rule.endpoint, {})}).status_code


@every_page
def test_nobody_gets_in_without_a_login(house: House, rule: Rule) -> None:
    assert ask(Desk(house, None), rule, "a" * 32) in {303, 403}


@every_page
def test_to_a_reporter_and_a_parent_no_page_of_casework_exists(house: House, rule: Rule) -> None:
    assert [ask(Desk(house, outsider), rule, "a" * 32) for outsider in (ELSA, PARENT)] == [404, 404]


@every_page
def test_staff_without_a_role_are_refused(house: House, rule: Rule) -> None:
    assert ask(Desk(house, NO_ROLE), rule, "a" * 32) == 403


@every_page_of_a_case
def test_to_another_units_staff_a_case_is_like_one_that_does_not_exist(house: House, rule: Rule) -> None:
    case = assessed(house)
    stranger = Desk(house, STRANGER)

    assert ask(stranger, rule, case) == ask(stranger, rule, "b" * 32) == 404


@every_page_of_a_case
@pytest.mark.parametrize("id", ["b" * 32, "..", "__x__", "å", "%00", "a" * 3000])
def test_an_id_that_no_case_has_is_not_found(house: House, rule: Rule, id: str) -> None:
    assert ask(Desk(house), rule, id) == 404


def test_another_units_staff_see_an_empty_queue(house: House) -> None:
    case = assessed(house)

    assert case not in Desk(house, STRANGER).get("/arbete/ko").text


def test_a_colleague_may_read_the_case_but_not_work_in_it(house: House) -> None:
    case = taken(house)
    samir = Desk(house, SAMIR)

    assert samir.get(at(case)).status_code == 200
    refused = samir.get(f"{at(case)}/skyddsbedomning")
    assert refused.status_code == 403
    assert "Det här är inte ditt ärende" in refused.text


def test_only_a_lead_sees_how_the_clocks_are_watched(house: House) -> None:
    assert Desk(house).get("/arbete/drift").status_code == 403
    assert Desk(house, MARIA).get("/arbete/drift").status_code == 200


def test_a_text_sent_after_the_login_ended_comes_back_to_its_writer(house: House) -> None:
    case = CaseId(taken(house))
    anna = Desk(house)
    page = f"{at(case)}/skyddsbedomning"
    written = {**anna.fields(page), "reasons": "Skrivet strax före utloggningen."}
    house.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]

    sent = anna.post(page, written)
    anna.log_in(anna.who)  # type: ignore[arg-type]

    assert sent.status_code == 303
    assert sent.headers["Location"].startswith("/logga-in")
    assert "Skrivet strax före utloggningen." in anna.get(page).text
