"""Meddelanden: own letters after login, neutral until they are opened, and nobody else's."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from shared.app.foundations import fresh
from shared.domain.ids import CaseId, PersonIndex
from shared.domain.letters import How
from shared.domain.principals import Principal
from shared.domain.queries import CASE_DISCLOSURES
from shared.ports.store import Conflict, Replace, Write
from tests.adapters.faulty_store import FaultyStore
from tests.functions.inbox_browser import RESIDENT, Person
from tests.functions.staff_browser import Desk, assessed, at
from tests.houses import HandClock, demo_house
from tests.letters import STREET, WORDS, recipient, send_letter
from tests.people import ANNA, ELSA

SUBJECT = "Vi vill träffa dig"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


@pytest.fixture
def case(house: House) -> CaseId:
    return assessed(house)


def whats(house: House, case: CaseId) -> list[object]:
    page = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=100)
    return [one.fields["what"] for one in page.documents]


def test_the_inbox_says_who_from_and_when_and_nothing_else(house: House, case: CaseId) -> None:
    send_letter(house, case, recipient())
    page = Person(house).get("/meddelanden").text

    assert "Brev från Mottagningen barn och unga" in page
    assert "I\N{NO-BREAK SPACE}dag kl.\N{NO-BREAK SPACE}10.00" in page
    assert "Nytt" in page
    assert [secret for secret in (SUBJECT, WORDS, STREET, "OA-", str(case)) if secret in page] == []


def test_the_menu_counts_what_is_not_read(house: House, case: CaseId) -> None:
    for _ in range(2):
        send_letter(house, case, recipient())
    person = Person(house)

    assert 'class="tf-count">2<span' in person.get("/meddelanden").text
    person.open(person.letters()[0])
    assert 'class="tf-count">1<span' in person.get("/meddelanden").text


def test_a_letter_is_read_as_a_page_and_kept_as_a_pdf_with_the_same_words(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, recipient())
    person = Person(house)

    page, made = person.open(f"/meddelanden/{letter}"), person.get(f"/meddelanden/{letter}.pdf")
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(made.data)).pages).replace("\n", " ")

    for words in (SUBJECT, WORDS, "Anna Exempel", "OA-4T7-X9K"):
        assert words in page.text
        assert words in paper
    assert STREET not in page.text + paper
    assert made.headers["Cache-Control"] == page.headers["Cache-Control"] == "no-store"
    assert made.headers["Content-Disposition"] == f'attachment; filename="BR-{letter[:6].upper()}.pdf"'


def test_the_tab_and_the_address_tell_a_passer_by_nothing(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, recipient())
    title = Person(house).open(f"/meddelanden/{letter}").text.partition("<title>")[2].partition("</title>")[0]

    assert title == "Brev från Mottagningen – Exempelkommun"


def test_a_program_that_only_looks_at_the_address_opens_nothing(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, recipient())
    person = Person(house)
    for path in (f"/meddelanden/{letter}", f"/meddelanden/{letter}.pdf"):
        assert person.pages.head(path, base_url=house.settings.origin).status_code == 405

    assert "Nytt" in person.get("/meddelanden").text
    assert "own_letter" not in whats(house, case)


def test_a_letter_stays_closed_until_its_button_is_pressed(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, recipient())
    person, path = Person(house), f"/meddelanden/{letter}"
    closed = person.get(path)

    assert "Öppna brevet" in closed.text
    assert [secret for secret in (SUBJECT, WORDS, STREET, "OA-4T7-X9K") if secret in closed.text] == []
    for paper in (f"{path}.pdf", f"{path}/beslut.pdf"):
        assert person.get(paper).headers["Location"] == path
    assert "Nytt" in person.get("/meddelanden").text
    assert whats(house, case).count("own_letter") + whats(house, case).count("own_decision") == 0

    form = person.fields(path)
    assert [person.post(path, form).headers["Location"] for _ in range(2)] == [path, path]
    assert WORDS in person.get(path).text
    assert "Nytt" not in person.get("/meddelanden").text


@pytest.mark.parametrize(
    "ahead", [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
)
def test_a_browser_that_fetches_ahead_opens_nothing(house: House, case: CaseId, ahead: dict[str, str]) -> None:
    path = f"/meddelanden/{send_letter(house, case, recipient())}"
    person = Person(house)
    person.open(path)
    before = whats(house, case)

    for address in (path, f"{path}.pdf", f"{path}/beslut.pdf", "/meddelanden"):
        answer = person.pages.get(address, base_url=house.settings.origin, headers=ahead)
        assert answer.status_code == 503
        assert WORDS not in answer.text
    assert whats(house, case) == before


def test_nobody_else_opens_the_letter_by_its_button(house: House, case: CaseId) -> None:
    path = f"/meddelanden/{send_letter(house, case, recipient())}"
    form = Person(house).fields(path)
    father = Person(house, replace(RESIDENT, person=PersonIndex("a" * 32)))

    assert father.post(path, form).status_code in {403, 404}
    assert Person(house).post(path, {}).status_code == 403
    assert "Nytt" in Person(house).get("/meddelanden").text


def test_staff_see_when_the_letter_was_opened(house: House, case: CaseId, clock: HandClock) -> None:
    letter = send_letter(house, case, recipient())
    assert "I inkorgen, inte öppnat" in Desk(house).get(f"{at(case)}/brev").text

    clock.advance(timedelta(minutes=5))
    for _ in range(2):
        Person(house).open(f"/meddelanden/{letter}")
    shown, events = Desk(house).get(f"{at(case)}/brev").text, Desk(house).get(at(case)).text

    assert "Öppnat i\N{NO-BREAK SPACE}dag kl.\N{NO-BREAK SPACE}10.05" in shown
    assert events.count("Öppnade brev: Inbjudan till samtal") == 1
    assert "mottagaren" in events


def test_every_opening_is_logged_first_and_one_that_cannot_be_logged_shows_nothing() -> None:
    with use(demo_house(store := FaultyStore(MemoryStore()))) as house:
        case = assessed(house)
        letter = send_letter(house, case, recipient())
        person = Person(house)
        person.open(f"/meddelanden/{letter}")
        assert whats(house, case).count("own_letter") == 1

        store.fail_commits_before(1)
        refused = person.get(f"/meddelanden/{letter}")
        assert "Öppna brevet" not in refused.text
        assert refused.status_code == 503
        assert WORDS not in refused.text


class Contended(FaultyStore):
    """Colleagues work in every case at every moment: no letter is ever written over."""

    def commit(self, writes: Sequence[Write]) -> None:
        if any(isinstance(one, Replace) and one.collection == "letters" for one in writes):
            raise Conflict("cases")
        super().commit(writes)


def test_that_it_was_read_may_be_lost_and_the_letter_is_shown_all_the_same() -> None:
    with use(demo_house(Contended(MemoryStore()))) as house:
        letter = send_letter(house, assessed(house), recipient())
        person = Person(house)

        assert WORDS in person.open(f"/meddelanden/{letter}").text
        assert "Nytt" in person.get("/meddelanden").text


def test_somebody_elses_letter_does_not_exist(house: House, case: CaseId) -> None:
    mothers = send_letter(house, case, recipient())
    father = Person(house, replace(RESIDENT, person=PersonIndex("a" * 32)))

    for path in (f"/meddelanden/{mothers}", f"/meddelanden/{mothers}.pdf", f"/meddelanden/{fresh()}", "/meddelanden/x"):
        answer = father.get(path)
        assert answer.status_code == 404
        assert WORDS not in answer.text
    assert father.letters() == []
    assert "own_letter" not in whats(house, case)


def test_a_letter_on_paper_lies_in_no_inbox(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, recipient(), How.PRINT)
    person = Person(house)

    assert person.letters() == []
    assert person.get(f"/meddelanden/{letter}").status_code == 404


@pytest.mark.parametrize("who", [ELSA, ANNA], ids=["for a school", "as staff"])
def test_a_login_for_work_opens_no_private_letter_and_says_how_it_is_read(
    house: House, case: CaseId, who: Principal
) -> None:
    letter = send_letter(house, case, recipient(str(who.person)))
    at_work, in_private = Person(house, who), Person(house, replace(RESIDENT, person=who.person))

    for path in ("/meddelanden", f"/meddelanden/{letter}", f"/meddelanden/{letter}.pdf"):
        answer = at_work.get(path)
        assert answer.status_code == 403
        assert "logga in igen med din egen e-legitimation" in answer.text
        assert WORDS not in answer.text
    assert in_private.letters() == [f"/meddelanden/{letter}"]


def test_an_empty_inbox_says_so_kindly(house: House) -> None:
    assert "Du har inga brev från oss." in Person(house).get("/meddelanden").text


def test_unread_letters_come_first_and_every_letter_is_met_once_page_by_page(
    house: House, case: CaseId, clock: HandClock
) -> None:
    sent = []
    for _ in range(30):
        sent.append(send_letter(house, case, recipient()))
        clock.advance(timedelta(seconds=1))
    person = Person(house)
    for letter in sent[-3:]:
        person.open(f"/meddelanden/{letter}")

    first = person.letters()
    after = person.get("/meddelanden").text.partition("/meddelanden?efter=")[2].partition('"')[0]
    rest = person.get(f"/meddelanden?efter={after}").text

    assert first == [f"/meddelanden/{one}" for one in reversed(sent[2:-3])]
    assert [one for one in [*reversed(sent[:2]), *reversed(sent[-3:])] if f"/meddelanden/{one}" not in rest] == []
    assert len(first) == 25


@pytest.mark.parametrize("cursor", ["x", "2.x", "0.x", "1.", "."])
def test_a_cursor_that_is_not_ours_leads_nowhere_else(house: House, cursor: str) -> None:
    assert Person(house).get(f"/meddelanden?efter={cursor}").status_code in {200, 404}


def test_without_the_store_there_is_a_page_and_no_letter() -> None:
    with use(demo_house(store := FaultyStore(MemoryStore()))) as house:
        person = Person(house)
        store.fail_reads(9)
        assert person.get("/meddelanden").status_code == 503


def test_what_an_inbox_and_a_letter_cost(house: House, case: CaseId) -> None:
    """Beside session and directory: a count and a query for each of the two heaps; one letter, its log and its mark."""
    person, store = Person(house), house.store
    assert isinstance(store, CountingStore)
    letter = send_letter(house, case, recipient())

    path = f"/meddelanden/{letter}"
    form = person.fields(path)
    for address, sent, reads, writes in (
        ("/meddelanden", None, 5, 0),
        (path, None, 4, 0),
        (path, form, 6, 6),
        (path, None, 4, 1),
    ):
        store.clear()
        answer = person.get(address) if sent is None else person.post(address, sent)
        assert answer.status_code in {200, 303}
        cost = store.cost()
        assert (address, cost.reads <= reads, cost.writes <= writes) == (address, True, True), cost
