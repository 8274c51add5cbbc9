"""Deciding in an investigation at the desk: more time, its end, the following up, and the letters that tell of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.app import House, use
from shared.domain.calendar import local_date
from shared.domain.cases import Step
from shared.domain.deadlines import last_day
from shared.domain.ids import CaseId
from tests.functions.given_out import inside
from tests.functions.letter_desk import both, loves_case, page_of, send
from tests.functions.staff_browser import Desk, at
from tests.houses import HandClock, demo_house
from tests.people import MARIA, SAMIR

EXTENDED = {
    "last_day-day": "15", "last_day-month": "4", "last_day-year": "2027", "motivation": "Utlåtandet dröjer.",
    "name_stands": "yes",
}  # fmt: skip
ENDED = {
    "outcome": "avsluta_utan_insats", "child_heard": "yes", "child_view": "Jag vill bo kvar.",
    "best_interests": "Det är lugnt hemma.", "communicated": "no", "reason_not_communicated": "Uppenbart obehövligt.",
    "motivation": "Familjen har det stöd som behövs.", "name_stands": "yes",
}  # fmt: skip


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


def investigation(house: House, contact: str = "yes", why_not: str = "") -> CaseId:
    """Love's investigation, which Anna has."""
    said = {"guardians_may_be_contacted": contact, "guardians_why_not": why_not}
    case, anna = loves_case(house, "201501012395", "Love", **said), Desk(house)
    assert anna.decide(case, outcome="inleda").status_code == 303
    opened = anna.case(case).continues_in
    assert opened is not None
    return opened


def decide(desk: Desk, case: CaseId, slug: str, answers: dict[str, str]) -> None:
    page = f"{at(case)}/{slug}"
    assert desk.write(page, answers).status_code == 303
    assert desk.sign(page).headers["Location"] == at(case)


def letter(house: House, case: CaseId, kind: str, **more: str) -> str:
    """The letter to both guardians as it is read through, and sent."""
    anna, page = Desk(house), page_of(case, kind)
    said = {"how": "inbox", "reason": "Vi väntar på ett utlåtande.", **both(house), **more}
    assert anna.write(page, said).status_code == 303
    text = anna.get(f"{page}/kontrollera").text
    assert send(anna, case, kind).status_code == 303
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_more_time_is_signed_has_its_original_and_is_told_to_both_guardians(house: House) -> None:
    case, anna = investigation(house), Desk(house)
    assert "Besluta om längre tid" in anna.get(at(case)).text
    decide(anna, case, "forlangning", EXTENDED)
    stands = anna.case(case)

    assert last_day(stands.clocks["utredning"].due).isoformat() == "2027-04-15"
    shown = anna.get(at(case)).text
    assert "förlängd för en viss tid" in shown
    assert "Beslut: längre tid för utredningen" in shown
    text = inside(anna.get(f"{at(case)}/original/{stands.decision}").data)
    assert "förlänger tiden för utredningen" in text
    assert "15 april 2027" in text
    told = letter(house, case, "investigation_extended")
    assert "Utredningen ska nu vara klar senast torsdag 15 april" in told
    assert "inte i tid" not in told
    assert "Längre tid för utredningen" in anna.get(f"{at(case)}/brev").text


def test_time_that_is_given_too_late_says_so_on_the_page_in_the_original_and_in_the_letter(
    house: House, clock: HandClock
) -> None:
    case = investigation(house)
    clock.advance(timedelta(days=125))
    anna = Desk(house)
    assert "Tiden för utredningen gick ut" in anna.get(f"{at(case)}/forlangning").text
    decide(anna, case, "forlangning", EXTENDED)

    assert "dagar efter att tiden gick ut" in anna.get(f"{at(case)}/bedomningar").text
    assert "dagar efter den dagen" in inside(anna.get(f"{at(case)}/original/{anna.case(case).decision}").data)
    assert "Det gjorde vi inte i tid, och felet är vårt." in letter(house, case, "investigation_extended")


@pytest.mark.parametrize(
    "day", [{"last_day-year": "2026"}, {"last_day-month": "1"}, {"last_day-year": "2062"}, {"last_day-day": "31"}]
)
def test_a_day_that_can_not_be_is_put_right_before_anything_is_signed(house: House, day: dict[str, str]) -> None:
    case, anna = investigation(house), Desk(house)
    page = f"{at(case)}/forlangning"

    assert anna.write(page, {**EXTENDED, **day}).status_code == 422
    assert anna.get(f"{page}/kontrollera").status_code == 303
    assert anna.case(case).decision is None


def test_more_time_can_be_decided_again_and_both_originals_are_kept(house: House) -> None:
    case, anna = investigation(house), Desk(house)
    decide(anna, case, "forlangning", EXTENDED)
    first = anna.case(case).decision
    decide(anna, case, "forlangning", {**EXTENDED, "last_day-month": "6"})
    shown = anna.get(f"{at(case)}/bedomningar").text

    assert anna.get(f"{at(case)}/journal").text.count("Beslut fattat") == 2
    assert first != anna.case(case).decision
    assert f"/original/{first}" in shown
    assert f"/original/{anna.case(case).decision}" in shown


def test_the_same_signature_sent_twice_gives_more_time_once(house: House) -> None:
    case, anna = investigation(house), Desk(house)
    page = f"{at(case)}/forlangning"
    anna.write(page, EXTENDED)
    fields = anna.fields(f"{page}/kontrollera")
    answers = [anna.post(f"{page}/kontrollera", fields) for _ in range(2)]

    assert [one.headers["Location"] for one in answers] == [at(case), at(case)]
    assert len(house.originals.of_case(case)) == 1


@pytest.mark.parametrize(
    ("outcome", "step", "kind", "said"),
    [
        ("avsluta_utan_insats", Step.AVSLUTAT, "investigation_ended", "Den leder inte till någon insats."),
        ("avsluta_med_insats", Step.AVSLUTAT, "investigation_ended", "Den leder till en insats: Familjebehandling."),
        ("avsluta_och_folja_upp", Step.UPPFOLJNING, "follow_up_started", "följa upp situationen för Love"),
    ],
)
def test_an_investigation_ends_and_the_family_reads_how(
    house: House, outcome: str, step: Step, kind: str, said: str
) -> None:
    case, anna = investigation(house), Desk(house)
    decide(anna, case, "avslut", {**ENDED, "outcome": outcome, "measure": "Familjebehandling"})

    assert anna.case(case).step is step
    told = letter(house, case, kind)
    assert said in told
    assert told.count("Vänliga hälsningar") == 2
    assert "Uppenbart obehövligt." in anna.get(f"{at(case)}/bedomningar").text
    assert anna.get(f"{at(case)}/avslut").headers["Location"] == f"{at(case)}/bedomningar"


def test_what_is_followed_up_has_its_own_clock_and_end(house: House, clock: HandClock) -> None:
    case, anna = investigation(house), Desk(house)
    decide(anna, case, "avslut", {**ENDED, "outcome": "avsluta_och_folja_upp"})
    ends = anna.case(case).clocks["uppfoljning"].due
    assert (last_day(ends) - local_date(clock.now())).days in {59, 60, 61, 62}
    assert "Avsluta uppföljningen" in anna.get(at(case)).text
    decide(anna, case, "uppfoljning", {"motivation": "Det går bra i skolan.", "name_stands": "yes"})

    assert not anna.case(case).open
    assert "att avsluta uppföljningen som gäller Love" in letter(house, case, "follow_up_ended")
    assert "Uppföljningen är avslutad" in anna.get(f"{at(case)}/brev").text


def test_nothing_goes_home_without_a_plan_where_nobody_has_said_that_the_guardians_may_be_contacted(
    house: House,
) -> None:
    case = investigation(house, "no", "Våld misstänks.")
    anna, page = Desk(house), page_of(case, "investigation_extended")
    decide(anna, case, "forlangning", EXTENDED)
    said = {"how": "inbox", "reason": "Vi väntar.", **both(house)}

    assert anna.write(page, said).status_code == 422
    assert anna.write(page, {**said, "plan": "Barnet bor hos mormor."}).status_code == 303


def test_the_lead_may_and_a_colleague_may_not(house: House) -> None:
    case = investigation(house)

    for slug in ("forlangning", "avslut"):
        assert Desk(house, SAMIR).get(f"{at(case)}/{slug}").status_code == 403
        assert Desk(house, MARIA).get(f"{at(case)}/{slug}").status_code == 200
    assert Desk(house).get(f"{at(case)}/uppfoljning").status_code == 409


def test_a_name_that_is_left_out_of_one_decision_is_left_out_of_every_letter_by_the_same_person(house: House) -> None:
    case, anna = investigation(house), Desk(house)
    decide(anna, case, "forlangning", {**EXTENDED, "name_stands": "no", "name_reason": "Hot."})
    decide(anna, case, "forlangning", {**EXTENDED, "last_day-month": "6"})

    assert "Anna Exempel" not in letter(house, case, "investigation_extended").split("</h1>")[1].split("<aside")[0]
