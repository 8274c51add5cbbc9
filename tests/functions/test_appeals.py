"""Appealing a decision from its letter: by its party alone, once, at any time, to a receipt with the time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from shared.app import House, use
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.cases import Step
from shared.domain.principals import Principal
from shared.domain.queries import APPEALS_OF_CASE, ATTACHMENTS_OF
from tests.appeals import CHANGE, decided, opened
from tests.applications import BO, SARA
from tests.functions.appeal_browser import Appellant, at, later
from tests.functions.applicant_browser import Applicant
from tests.functions.given_out import inside
from tests.functions.inbox_browser import Person
from tests.functions.staff_browser import Desk
from tests.functions.staff_browser import at as at_case
from tests.houses import HandClock, demo_house
from tests.journeys.hostile_texts import HOSTILE
from tests.people import MONDAY

PAPER = b"PK\x03\x04 ett intyg, packat"
HARMFUL = ("<script>window", "<img src=x", "<svg/onload", "<iframe srcdoc", "<a href='javascript")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened_house:
        yield opened_house


def appeals(house: House, case: str) -> int:
    return house.store.count(APPEALS_OF_CASE, {"case": case}, cap=20)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_from_the_letter_to_a_receipt_and_into_the_queue(house: House) -> None:
    case, decision = decided(house)
    sara = Person(house, SARA)
    assert f"/overklaga/{decision}" in sara.open(sara.letters()[0]).text
    receipt = Appellant(house).appeal(decision, phone="070-174 06 05")
    page, anna = plain(Appellant(house).get(f"/overklaga/kvitto/{receipt}").text), Desk(house)

    assert "Vi har fått ditt överklagande" in page
    assert "senast måndag 9 november" in page
    assert "Du överklagade: det kom in måndag 2 november." in plain(sara.get("/mina").text)
    assert at_case(case) in anna.get("/arbete/ko").text
    assert "Ett beslut är överklagat" in anna.get("/arbete/notiser").text
    appeal = anna.get(f"{at_case(case)}/overklagande").text
    assert CHANGE in appeal
    assert "070-174 06 05" in appeal
    assert anna.case(case).step is Step.RATTIDSPROVNING
    assert CHANGE in inside(Appellant(house).get(f"/overklaga/kvitto/{receipt}.pdf").data)


def test_a_file_goes_with_the_appeal_to_the_desk_and_stands_among_what_the_court_gets(house: House) -> None:
    case, decision = decided(house)
    sara, anna = Appellant(house), Desk(house)
    draft = sara.write(decision)
    page, action = f"{at(draft)}/bilagor", f"{at(draft)}/bilagor/filer"
    form = {**sara.fields(page, action), "filer": (BytesIO(PAPER), "intyg.zip"), "ladda": "ja"}
    form.pop("ta-bort", None)
    assert sara.post(action, form).status_code == 303
    receipt = sara.send(draft).headers["Location"].rpartition("/")[2]
    here = f"{at_case(case)}/overklagande"

    assert "intyg.zip" in sara.get(f"/overklaga/kvitto/{receipt}/innehall").text
    assert "intyg.zip" in anna.get(here).text
    assert "intyg.zip" in inside(anna.get(f"{here}/handlingar.pdf").data)
    assert len(house.store.query(ATTACHMENTS_OF, {"holder": case}, limit=5).documents) == 1


def test_staff_take_it_to_the_court_and_the_party_sees_each_step(house: House) -> None:
    case, decision = decided(house)
    opened(house)
    receipt = Appellant(house).appeal(decision)
    anna, sara, here = Desk(house), Person(house, SARA), f"{at_case(case)}/overklagande"
    assert "Räknat så kom överklagandet i rätt tid." in anna.get(here).text
    anna.write(f"{here}/tid", {"outcome": "in_time"})
    anna.sign(f"{here}/tid")
    assert "Vi läser beslutet igen" in sara.get("/mina").text
    anna.write(f"{here}/omprovning", {"reasons": "Inget nytt har kommit fram."})
    anna.sign(f"{here}/omprovning")
    text = inside(anna.get(f"{here}/handlingar.pdf").data)
    assert [
        one for one in (CHANGE, "Inget nytt har kommit fram.", "Förvaltningsrätten i Exempelstad") if one not in text
    ] == []
    said = {"day-day": "2", "day-month": "11", "day-year": "2026", "how": "post"}
    anna.write(f"{here}/lamna", said)
    assert anna.sign(f"{here}/lamna").status_code == 303

    assert anna.case(case).step is Step.AVSLUTAT
    mine = plain(sara.get("/mina").text)
    assert "Hos domstolen" in mine
    assert "Vi skickade det till domstolen måndag 2 november." in mine
    assert "skickats till domstolen" in " ".join(sara.open(sara.letters()[0]).text.split())
    assert "Vi skickade ditt överklagande" in Appellant(house).get(f"/overklaga/kvitto/{receipt}").text
    assert "Ditt överklagande är hos domstolen." in Appellant(house).get(f"/overklaga/{decision}").text


def test_who_is_late_is_let_in_all_the_same_and_told_kindly(house: House, clock: HandClock) -> None:
    case, decision = decided(house)
    opened(house)
    later(clock, days=60)
    assert "Är du sen? Skicka ändå" in Appellant(house).get(f"/overklaga/{decision}").text
    Appellant(house).appeal(decision)

    assert appeals(house, case) == 1
    assert "Räknat så kom överklagandet för sent." in Desk(house).get(f"{at_case(case)}/overklagande").text


def test_only_the_change_must_be_answered(house: House) -> None:
    _, decision = decided(house)
    sara = Appellant(house)
    draft = sara.begin(decision)
    assert sara.answer(draft, "andring", change=" ").status_code == 422
    sara.answer(draft, "andring", change=CHANGE)

    assert sara.send(draft).status_code == 303


def test_the_button_pressed_ten_times_at_once_is_one_appeal(house: House) -> None:
    case, decision = decided(house)
    sara = Appellant(house)
    draft = sara.write(decision)
    form = sara.check(draft)
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: sara.post(f"{at(draft)}/skicka", form), range(10)))

    assert len({one.headers["Location"] for one in answers}) == 1
    assert appeals(house, case) == 1


def test_two_tabs_write_one_draft_and_an_addition_comes_after(house: House) -> None:
    case, decision = decided(house)
    sara = Appellant(house)
    page = f"/overklaga/{decision}"
    form = sara.fields(page, f"{page}/utkast")
    tabs = {sara.post(f"{page}/utkast", form).headers["Location"] for _ in range(2)}
    (first,) = {one.rpartition("/")[2] for one in tabs}
    assert "Fortsätt med utkastet" in sara.get(page).text
    assert first in Person(house, SARA).get("/mina").text
    sara.answer(first, "andring", change=CHANGE)
    sara.send(first)
    assert "Lägg till i ditt överklagande" in sara.get(f"/overklaga/{decision}").text
    receipt = sara.add(decision, "Jag glömde intyget.")

    assert appeals(house, case) == 2
    assert "Vi har fått det du lade till" in sara.get(f"/overklaga/kvitto/{receipt}").text
    assert "Jag glömde intyget." in Desk(house).get(f"{at_case(case)}/overklagande").text
    assert sara.get(f"{at(first)}/kontrollera").status_code == 200  # it was sent: the way to its receipt


@pytest.mark.parametrize("who", [BO, None], ids=["another resident", "nobody"])
def test_nobody_else_comes_near_it(house: House, who: Principal | None) -> None:
    case, decision = decided(house)
    sara, other = Appellant(house), Appellant(house, who)
    draft = sara.write(decision)
    addresses = [f"/overklaga/{decision}", at(draft), f"{at(draft)}/andring", f"{at(draft)}/kontrollera"]
    receipt = sara.send(draft).headers["Location"]
    met = {other.get(one).status_code for one in [*addresses, receipt, f"{receipt}/innehall", f"{receipt}.pdf"]}

    assert met == ({404} if who else {303})
    assert appeals(house, case) == 1


def test_an_address_that_is_no_decision_is_no_page(house: House) -> None:
    case, _ = decided(house)
    for id in (case, "0" * 32, "x", "utkast", f"{'0' * 31}é"):
        assert Appellant(house).get(f"/overklaga/{id}").status_code == 404


def test_hostile_texts_harm_no_page_and_no_paper(house: House) -> None:
    case, decision = decided(house)
    sara = Appellant(house)
    draft = sara.begin(decision)
    assert sara.answer(draft, "andring", change="\n".join(HOSTILE)).status_code == 303
    receipt = sara.send(draft).headers["Location"]
    here = f"{at_case(case)}/overklagande"
    pages = [sara.get(f"{receipt}/innehall").text, Desk(house).get(here).text, Desk(house).get(f"{here}/tid").text]

    assert not [one for one in HARMFUL for page in pages if one in page]
    assert Desk(house).get(f"{here}/handlingar.pdf").data.startswith(b"%PDF")
    assert sara.get(f"{receipt}.pdf").data.startswith(b"%PDF")


def test_a_text_that_is_far_too_long_is_kept_and_told(house: House) -> None:
    _, decision = decided(house)
    sara = Appellant(house)
    draft = sara.begin(decision)
    answer = sara.answer(draft, "andring", change="A" * 6000)

    assert answer.status_code == 422
    assert "A" * 6000 in answer.text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(AssistanceOutcome.GRANTED, "Du fick det du ansökte om."), (AssistanceOutcome.DISMISSED, "Börja skriva")],
)
def test_every_decision_that_the_court_tries_can_be_appealed(
    house: House, outcome: AssistanceOutcome, words: str
) -> None:
    _, decision = decided(house, outcome)
    page = Appellant(house).get(f"/overklaga/{decision}").text

    assert words in page
    assert "Börja skriva" in page


def test_the_page_says_the_way_on_paper_who_helps_and_which_court(house: House) -> None:
    _, decision = decided(house)
    page = Appellant(house).get(f"/overklaga/{decision}").text

    for words in (
        "Hellre på papper?",
        "Vill du ha hjälp att skriva?",
        "Förvaltningsrätten i Exempelstad",
        "Tre veckor",
    ):
        assert words in page


def test_a_draft_of_an_appeal_is_no_draft_of_an_application(house: House) -> None:
    _, decision = decided(house)
    draft = Appellant(house).begin(decision)

    assert Applicant(house).get(f"/ansok/utkast/{draft}").status_code == 404
    assert draft not in Applicant(house).get("/ansok/mina").text
