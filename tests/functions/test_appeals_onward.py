"""After an appeal, by the pages: the decision changed, more sent to the court, taken back, a dismissal appealed."""

from collections.abc import Iterator
from typing import Final

import pytest

from shared.app import House, use
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.cases import AppealState, Step
from shared.domain.ids import CaseId
from shared.domain.principals import Principal
from tests.appeals import CHANGE, decided, opened, stored
from tests.applications import BO, SARA
from tests.functions.appeal_browser import Appellant, later
from tests.functions.given_out import inside
from tests.functions.inbox_browser import Person
from tests.functions.staff_browser import Desk, at
from tests.houses import HandClock, demo_house
from tests.people import MONDAY, SAMIR

BETTER: Final = {
    "outcome": "bifall", "paragraph": "sol_12_1", "what": "Försörjningsstöd", "amount": "8 450:-",
    "first_day-day": "1", "first_day-month": "12", "first_day-year": "2026",
    "last_day-day": "31", "last_day-month": "12", "last_day-year": "2026",
    "motivation": "Hyran fanns inte med i vår uträkning.", "name_stands": "yes",
}  # fmt: skip


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened_house:
        yield opened_house


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def here(case: CaseId) -> str:
    return f"{at(case)}/overklagande"


def in_time(case: CaseId, anna: Desk) -> None:
    """Anna finds that it came in time."""
    assert anna.write(f"{here(case)}/tid", {"outcome": "in_time"}).status_code == 303
    assert anna.sign(f"{here(case)}/tid").status_code == 303


def handed_over(case: CaseId, anna: Desk, day: str = "2") -> None:
    """Anna marks that it has gone."""
    gone = {"day-day": day, "day-month": "11", "day-year": "2026", "how": "post"}
    assert anna.write(f"{here(case)}/lamna", gone).status_code == 303
    assert anna.sign(f"{here(case)}/lamna").status_code == 303


def to_the_court(case: CaseId, anna: Desk) -> None:
    """Anna keeps the decision, and the appeal goes to the court."""
    in_time(case, anna)
    anna.write(f"{here(case)}/omprovning", {"reasons": "Inget nytt har kommit fram."})
    assert anna.sign(f"{here(case)}/omprovning").status_code == 303
    handed_over(case, anna)


def dismissed(house: House, clock: HandClock) -> tuple[CaseId, str]:
    """Sara was two months late, and Anna signs that; the case and the decision that dismisses her appeal."""
    case, decision = decided(house)
    opened(house)
    later(clock, days=60)
    Appellant(house).appeal(decision)
    anna = Desk(house)
    told = {"told-day": "2", "told-month": "11", "told-year": "2026"}
    said = {"outcome": "late", "reasons": "Åtta veckor har gått.", "name_stands": "yes"}
    assert anna.write(f"{here(case)}/tid", {**told, **said}).status_code == 303
    assert anna.sign(f"{here(case)}/tid").status_code == 303
    standing = stored(house, case).appeal
    assert standing is not None
    return case, str(standing.new)


def test_a_changed_decision_is_signed_sealed_and_told_and_goes_to_the_court_with_the_appeal(
    house: House, clock: HandClock
) -> None:
    case, decision = decided(house, AssistanceOutcome.REFUSED)
    house.originals.make(decision)
    Appellant(house).appeal(decision)
    later(clock, minutes=1)
    anna, sara = Desk(house), Person(house, SARA)
    in_time(case, anna)
    assert anna.write(f"{here(case)}/andra", BETTER).status_code == 303
    assert "Hyran fanns inte med" in anna.get(f"{here(case)}/andra/kontrollera").text
    assert anna.sign(f"{here(case)}/andra").status_code == 303
    new = anna.case(case).decision
    assert new is not None
    assert new != decision

    page = anna.get(here(case)).text
    for id in (decision, new):
        original = anna.get(f"{at(case)}/original/{id}")
        assert (original.mimetype, original.data[:4], f"/original/{id}" in page) == ("application/pdf", b"%PDF", True)
    assert "Hyran fanns inte med i vår uträkning." in inside(anna.get(f"{at(case)}/original/{new}").data)
    assert "Omprövat: beslutet är ändrat" in page
    court = inside(anna.get(f"{here(case)}/handlingar.pdf").data)
    assert [one for one in (CHANGE, "Det nya beslutet", "Hyran fanns inte med") if one not in court] == []
    letter = sara.open(sara.letters()[0])
    assert "Du har överklagat vårt beslut. Vi har gått igenom det igen och ändrat det." in plain(letter.text)
    assert f"/overklaga/{new}" in letter.text
    assert sara.get(f"{letter.request.path}/beslut.pdf").data[:4] == b"%PDF"
    assert "Det gäller också det här nya beslutet." in Appellant(house).get(f"/overklaga/{new}").text
    handed_over(case, anna)
    assert anna.case(case).step is Step.AVSLUTAT


def test_a_change_for_the_worse_is_refused_at_the_field_and_nothing_is_signed(house: House) -> None:
    case, decision = decided(house, AssistanceOutcome.GRANTED)
    Appellant(house).appeal(decision)
    anna = Desk(house)
    in_time(case, anna)
    answer = anna.write(f"{here(case)}/andra", {**BETTER, "amount": "100"})

    assert answer.status_code == 422
    assert "Beloppet får inte bli lägre än i beslutet som är överklagat" in answer.text
    assert anna.case(case).decision == decision


def test_what_the_party_adds_after_the_hand_over_is_taken_in_and_sent_on(house: House, clock: HandClock) -> None:
    case, decision = decided(house)
    receipt = Appellant(house).appeal(decision)
    to_the_court(case, Desk(house))
    later(clock, days=1)
    anna, sara = Desk(house), Person(house, SARA)
    page = plain(Appellant(house).get(f"/overklaga/{decision}").text)
    assert "Det du skickar hit tar vi emot och skickar vidare." in page
    added = Appellant(house).add(decision, "Här är hyresavin.")

    assert "Det du har lagt till sedan dess skickar vi vidare, senast tisdag 10 november" in plain(
        Appellant(house).get(f"/overklaga/kvitto/{added}").text
    )
    mine = plain(sara.get("/mina").text)
    assert "Det du lade till ska till domstolen" in mine
    assert "Vi skickade det till domstolen måndag 2 november." in mine
    page = anna.get(here(case)).text
    assert "Den sökande har lagt till något sedan ni lämnade över." in page
    assert "Här är hyresavin." in page
    assert "Ta tillbaka överklagandet" not in Appellant(house).get(f"/overklaga/kvitto/{receipt}").text
    handed_over(case, anna, "3")
    assert "Hos domstolen" in sara.get("/mina").text
    assert "Du lade till något i ditt överklagande" in plain(sara.open(sara.letters()[0]).text)


def test_an_appeal_is_taken_back_from_its_receipt_and_staff_see_that_it_ended(house: House) -> None:
    case, decision = decided(house)
    receipt = f"/overklaga/kvitto/{Appellant(house).appeal(decision)}"
    sara, way = Appellant(house), f"{receipt}/ta-tillbaka"
    assert way in sara.get(receipt).text
    form = sara.fields(way)
    answers = [sara.post(way, form) for _ in range(2)]

    assert {one.status_code for one in answers} == {303}
    assert len({one.headers["Location"] for one in answers}) == 1
    back = plain(sara.get(answers[0].headers["Location"]).text)
    assert "Du har tagit tillbaka ditt överklagande" in back
    assert "Vi skickar inget till domstolen." in back
    assert "tagit tillbaka" in inside(sara.get(f"{answers[0].headers['Location']}.pdf").data)
    mine = Person(house, SARA).get("/mina").text
    assert "Du har tagit tillbaka det." in mine
    assert f"/overklaga/{decision}" in mine
    anna = Desk(house)
    assert "Överklagandet är återkallat." in anna.get(here(case)).text
    assert "Ett överklagande är återkallat" in anna.get("/arbete/notiser").text
    assert sara.post(way, {**form, "submission_id": "a" * 32}).status_code == 409
    assert stored(house, case).step is Step.AVSLUTAT


def test_what_the_court_has_is_taken_back_there(house: House) -> None:
    case, decision = decided(house)
    receipt = Appellant(house).appeal(decision)
    way = f"/overklaga/kvitto/{receipt}/ta-tillbaka"
    sara = Appellant(house)
    form = sara.fields(way)
    to_the_court(case, Desk(house))
    answer = sara.post(way, form)

    assert answer.status_code == 409
    assert "Vill du ta tillbaka det skriver du dit" in answer.text
    assert "Förvaltningsrätten i Exempelstad" in answer.text
    assert "Vill du ta tillbaka det skriver du dit" in Appellant(house).get(way).text
    standing = stored(house, case).appeal
    assert standing is not None
    assert standing.state is AppealState.HANDED_OVER


@pytest.mark.parametrize("who", [BO, None], ids=["another resident", "nobody"])
def test_nobody_else_takes_it_back(house: House, who: Principal | None) -> None:
    case, decision = decided(house)
    way = f"/overklaga/kvitto/{Appellant(house).appeal(decision)}/ta-tillbaka"
    form = Appellant(house).fields(way)
    other = Appellant(house, who)

    assert {other.get(way).status_code, other.post(way, form).status_code} <= {404, 303, 403, 400}
    assert stored(house, case).step is Step.RATTIDSPROVNING


def test_who_was_dismissed_appeals_that_from_the_letter_and_it_goes_to_the_court(
    house: House, clock: HandClock
) -> None:
    case, dismissal = dismissed(house, clock)
    sara, anna = Person(house, SARA), Desk(house)
    assert f"/overklaga/{dismissal}" in sara.open(sara.letters()[0]).text
    assert f"/overklaga/{dismissal}" in sara.get("/mina").text
    first = stored(house, case).decision
    assert f"/overklaga/{dismissal}" in Appellant(house).get(f"/overklaga/{first}").text
    page = plain(Appellant(house).get(f"/overklaga/{dismissal}").text)
    assert "Socialnämnden avvisar överklagandet" in page
    assert "Börja skriva" in page
    Appellant(house).appeal(dismissal, "Jag låg på sjukhus.")
    shown = anna.get(here(case)).text
    assert [one for one in ("Jag låg på sjukhus.", CHANGE) if one not in shown] == []
    in_time(case, anna)
    shown = anna.get(here(case)).text
    assert "Det är avvisningen som är överklagad." in shown
    assert "Ändra beslutet" not in shown
    court = inside(anna.get(f"{here(case)}/handlingar.pdf").data)
    assert [one for one in ("Jag låg på sjukhus.", CHANGE, "Åtta veckor har gått.") if one not in court] == []


def test_a_wrong_dismissal_is_lifted_at_the_desk_and_the_party_is_told_whose_fault_it_is(
    house: House, clock: HandClock
) -> None:
    case, dismissal = dismissed(house, clock)
    later(clock, days=9)
    anna, page = Desk(house), f"{here(case)}/hav"
    assert "Var det fel att avvisa?" in anna.get(here(case)).text
    assert Desk(house, SAMIR).get(page).status_code == 403
    assert anna.write(page, {"reasons": ""}).status_code == 422
    assert anna.write(page, {"reasons": "Vi räknade från fel dag."}).headers["Location"] == f"{page}/kontrollera"
    checked = anna.get(f"{page}/kontrollera")
    for _ in range(2):
        assert anna.resend(checked, f"{page}/kontrollera").headers["Location"] == at(case)

    assert stored(house, case).step is Step.OMPROVNING
    shown = plain(anna.get(here(case)).text)
    assert ("Avvisningen är hävd" in shown, "Var det fel att avvisa?" in shown) == (True, False)
    assert "Nämnden har hävt avvisningen" in plain(inside(anna.get(f"{here(case)}/handlingar.pdf").data))
    mine = plain(Person(house, SARA).get("/mina").text)
    assert "Vi skulle ha skickat det till domstolen senast" in mine
    about = plain(Appellant(house).get(f"/overklaga/{dismissal}").text)
    assert ("Ditt överklagande har kommit in." in about, "Börja skriva" in about) == (True, False)
