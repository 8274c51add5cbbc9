"""Adding to an appeal that has come in: its own questions, an addition at the desk, and never a new time of receipt."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Final

import pytest

from functions.appeals import own_drafts
from shared.app import House, use
from shared.domain.ids import DraftId
from shared.records.drafts import Draft, applicant
from tests.appeals import CHANGE, decided, draft_of, stored
from tests.applications import SARA
from tests.functions.appeal_browser import Appellant, at, later
from tests.functions.given_out import inside
from tests.functions.inbox_browser import Person
from tests.functions.staff_browser import Desk
from tests.functions.staff_browser import at as at_case
from tests.functions.test_appeals_onward import to_the_court
from tests.houses import HandClock, demo_house
from tests.people import MONDAY

MORE: Final = "Jag glömde intyget från läkaren."


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened_house:
        yield opened_house


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def kept(house: House, id: str) -> Draft:
    found = house.drafts.find(DraftId(id), applicant(SARA))
    assert found is not None
    return found


def withdrawn_while_adding(house: House, decision: str) -> tuple[Appellant, str]:
    """Sara writes an addition with a file, and takes the appeal back before she sends it."""
    sara = Appellant(house)
    receipt = f"/overklaga/kvitto/{sara.appeal(decision)}"
    draft = sara.begin(decision)
    sara.answer(draft, "text", text=MORE)
    action = f"{at(draft)}/bilagor/filer"
    form = {**sara.fields(f"{at(draft)}/bilagor", action), "filer": (BytesIO(b"PK\x03\x04 intyg"), "intyg.zip")}
    form.pop("ta-bort", None)
    sara.post(action, form)
    way = f"{receipt}/ta-tillbaka"
    sara.post(way, sara.fields(way))
    return sara, draft


def test_who_adds_is_asked_what_to_add_and_not_again_what_change_is_wanted(house: House) -> None:
    _, decision = decided(house)
    sara = Appellant(house)
    sara.appeal(decision)
    draft = sara.begin(decision)
    page = sara.get(f"{at(draft)}/text").text
    assert "Vad vill du lägga till?" in page
    assert "Hur vill du att beslutet ska ändras?" not in page
    assert sara.answer(draft, "text", text=" ").status_code == 422
    sara.answer(draft, "text", text=MORE)
    check = plain(sara.get(f"{at(draft)}/kontrollera").text)
    receipt = sara.send(draft).headers["Location"]

    assert "Skicka tillägget" in check
    assert "Skicka överklagandet" not in check
    assert "Är du sen?" not in check
    assert "som kom in måndag 2 november. Den dagen gäller, också när du lägger till något nu." in check
    shown = plain(sara.get(receipt).text)
    assert "Vi har fått det du lade till" in shown
    assert "Det hör till ditt överklagande, som kom in måndag 2 november 2026. Den dagen gäller." in shown
    assert MORE in sara.get(f"{receipt}/innehall").text
    assert "Kvitto på det du lade till i ditt överklagande" in inside(sara.get(f"{receipt}.pdf").data)


def test_the_desk_sees_an_addition_with_its_own_time_and_the_appeal_keeps_its_own(
    house: House, clock: HandClock
) -> None:
    case, decision = decided(house)
    Appellant(house).appeal(decision)
    later(clock, days=2, hours=3)
    Appellant(house).add(decision, MORE)
    anna = Desk(house)
    page = plain(anna.get(f"{at_case(case)}/overklagande").text)

    assert "Tillägg onsdag 4 november 2026 kl. 13.00" in page
    assert "Det senaste kom in onsdag 4 november 2026 kl. 13.00." in page
    assert "Överklagandet kom in måndag 2 november" in page
    assert "Något är tillagt i ett överklagande" in anna.get("/arbete/notiser").text
    court = " ".join(plain(inside(anna.get(f"{at_case(case)}/overklagande/handlingar.pdf").data)).split())
    assert "Tillägg som kom in onsdag 4 november 2026 kl. 13.00" in court
    standing = stored(house, case).appeal
    assert standing is not None
    assert standing.received < standing.added  # type: ignore[operator]


def test_the_own_matters_tell_of_the_addition_and_lead_to_more(house: House, clock: HandClock) -> None:
    _, decision = decided(house)
    Appellant(house).appeal(decision)
    later(clock, days=1)
    draft = Appellant(house).begin(decision)
    sara = Person(house, SARA)
    writing = sara.get("/mina").text
    Appellant(house).answer(draft, "text", text=MORE)
    Appellant(house).send(draft)
    mine = plain(sara.get("/mina").text)

    assert "Tillägg till ditt överklagande" in writing
    assert "Du överklagade: det kom in måndag 2 november." in mine
    assert "Du lade till mer i överklagandet: det kom in tisdag 3 november." in mine
    assert f'href="/overklaga/{decision}"' in mine


def test_an_addition_begun_with_the_questions_of_an_appeal_is_found_and_sent_as_one(house: House) -> None:
    case, decision = decided(house)
    sara = Appellant(house)
    sara.appeal(decision)
    draft = draft_of(house, decision, change=MORE).id
    page = f"/overklaga/{decision}"
    assert f"/overklaga/utkast/{draft}" in sara.get(page).text
    assert sara.get(at(draft)).headers["Location"] == f"{at(draft)}/kontrollera"
    receipt = sara.send(draft).headers["Location"]

    assert "Vi har fått det du lade till" in sara.get(receipt).text
    shown = Desk(house).get(f"{at_case(case)}/overklagande").text
    assert "Tillägg" in shown
    assert MORE in shown


def test_an_addition_to_what_has_been_taken_back_is_not_sent_and_becomes_an_appeal(house: House) -> None:
    case, decision = decided(house)
    sara, draft = withdrawn_while_adding(house, decision)
    refused = sara.send(draft)
    page = sara.get(refused.headers["Location"])
    assert refused.headers["Location"] == f"/overklaga/{decision}"
    assert "Överklaga med det du skrev" in page.text
    begin = f"/overklaga/{decision}/utkast"
    onward = sara.post(begin, sara.forms_of(page)[begin])
    assert onward.headers["Location"] == at(draft)
    assert sara.get(at(draft)).headers["Location"] == f"{at(draft)}/andring"
    answers = kept(house, draft).answers
    sara.answer(draft, "andring", change=CHANGE)
    receipt = sara.send(draft).headers["Location"]

    assert answers["why"] == MORE
    assert "Vi har fått ditt överklagande" in sara.get(receipt).text
    assert "intyg.zip" in sara.get(f"{receipt}/innehall").text
    standing = stored(house, case).appeal
    assert standing is not None
    assert standing.id == receipt.rpartition("/")[2]


def test_what_is_written_when_the_court_has_the_appeal_says_where_to_write_and_is_taken_in(house: House) -> None:
    case, decision = decided(house)
    sara = Appellant(house)
    sara.appeal(decision)
    draft = sara.begin(decision)
    sara.answer(draft, "text", text=MORE)
    to_the_court(case, Desk(house))
    check = plain(sara.get(f"{at(draft)}/kontrollera").text)
    receipt = sara.send(draft).headers["Location"]

    assert "Ditt överklagande är hos domstolen." in check
    assert "Vi skickade det till Förvaltningsrätten i Exempelstad måndag 2 november." in check
    assert f"med ditt ärendenummer {stored(house, case).reference}" in check
    assert "Vi har fått det du lade till" in sara.get(receipt).text


def test_a_draft_that_can_not_be_sent_any_more_can_still_be_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, decision = decided(house)
    sara = Appellant(house)
    sara.appeal(decision)
    draft = sara.begin(decision)
    sara.answer(draft, "text", text=MORE)
    own = house.appellants.decision(SARA, decision)
    assert own is not None
    monkeypatch.setattr(house.appellants, "decision", lambda *_: replace(own, open_online=False))
    page = sara.get(f"/overklaga/{decision}").text

    assert "Läs det du skrev" in page
    assert MORE in sara.get(sara.get(at(draft)).headers["Location"]).text


def test_the_addition_in_english(house: House) -> None:
    _, decision = decided(house)
    sara = Appellant(house)
    sara.appeal(decision)
    draft = sara.begin(decision)
    sara.answer(draft, "text", text=MORE)
    sara.pages.set_cookie("sprak", "en", domain="localhost")
    check = sara.get(f"{at(draft)}/kontrollera").text

    assert "Send the addition" in check
    assert "Check what you add" in check
    assert kept(house, draft).form == own_drafts.ADDITION
