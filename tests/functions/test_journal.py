"""The own file in a browser: newest first, who has read, on paper, and one page for everything that is not shown."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pypdf import PdfReader

from functions.journal.main import app
from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from shared.domain.masking import MARK, passages
from shared.domain.principals import Principal
from shared.domain.reviews import Result
from tests.adapters.faulty_store import FaultyStore
from tests.functions.browser import Browser, without_tokens
from tests.functions.inbox_browser import resident
from tests.houses import demo_house
from tests.letters import named, send_letter
from tests.own_files import RELEASE, WITHHOLD, knowing, noted, nova, novas_case, say
from tests.people import ANNA, ELSA, MARIA, SAMIR
from tests.records.reports import Forms as Filled
from tests.records.test_letters import annas_case

OPEN = "Vi pratade om frukosten."
TEXT = "Mamma ringde. Farmor bor på Storgatan. Vi hörs."
PARTLY = replace(RELEASE, result=Result.PARTLY, ground="third_person", reason="Farmors sak.", kept=passages(TEXT)[::2])


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        knowing(opened)
        yield opened


def page(house: House, path: str = "/journal", who: Principal | None = None) -> str:
    return Browser(app, house, who or nova(house)).get(path).text.replace("\xa0", " ")


def test_notes_are_read_newest_first_with_what_is_left_out_marked(house: House) -> None:
    case = novas_case(house)
    noted(house, case, OPEN, RELEASE, 3)
    noted(house, case, TEXT, PARTLY, 5)
    noted(house, case, "Hemligt.", WITHHOLD, 7)
    noted(house, case, "Inte prövat.", None, 8)
    shown = page(house)

    assert f"Mamma ringde. {MARK} Vi hörs." in shown
    assert "Något är utelämnat" in shown
    assert shown.index("Måndag 5 oktober") < shown.index("Lördag 3 oktober")
    assert "Mottagningen barn och unga" in shown
    assert [
        one for one in ("Storgatan.", "Hemligt", "Inte prövat", "Anna", "Karin", "socialsekreterare") if one in shown
    ] == []


def test_a_letter_leads_to_the_inbox_and_one_note_has_a_page(house: House) -> None:
    note = noted(house, novas_case(house), OPEN, RELEASE)
    letter = send_letter(house, annas_case(house), named(str(nova(house).person)))

    assert f'href="/meddelanden/{letter}"' in page(house)
    assert OPEN in page(house, f"/journal/{note}")


def test_what_can_not_be_shown_is_not_there_by_id_by_search_or_on_paper(house: House) -> None:
    case = novas_case(house)
    note = noted(house, case, "Hemligt.", WITHHOLD)
    own = Browser(app, house, nova(house))
    missing = own.get(f"/journal/{'0' * 32}")
    hidden = own.get(f"/journal/{note}")

    assert (missing.status_code, hidden.status_code) == (404, 404)
    empty = without_tokens(page(house, "/journal", resident(house, "191212121212"))).replace("Tolvan Exempel", "")
    for path in ("/journal", "/journal?sok=Hemligt", "/journal?q=Hemligt"):
        asked = without_tokens(page(house, path)).replace("Tolvan Exempel", "")
        assert asked.replace(path.partition("?")[2].replace("&", "&amp;"), "").count("Hemligt") == 0
        assert "Här finns inget att läsa just nu." in asked
    assert without_tokens(page(house)).replace("Tolvan Exempel", "") == empty
    paper = own.get("/journal/akten.pdf")
    assert (paper.status_code, paper.headers["Location"]) == (303, "/journal")


def test_the_whole_is_a_tagged_pdf_that_names_nobody_outside(house: House) -> None:
    case = novas_case(house)
    noted(house, case, OPEN, RELEASE, 3)
    noted(house, case, TEXT, PARTLY, 5)
    hidden = noted(house, case, "Hemligt.", WITHHOLD, 7)
    said = say(house, None, "Jag har fått praktik.")
    house.objections.answer(ANNA, case, said, "Så bra.", title="kurator", submission=Filled(ANNA).new())
    assert hidden not in page(house)
    answer = Browser(app, house, nova(house)).get("/journal/akten.pdf")
    read = PdfReader(io.BytesIO(answer.data))
    words = " ".join("".join(one.extract_text() for one in read.pages).split())

    assert answer.headers["Content-Disposition"] == 'attachment; filename="utdrag.pdf"'
    assert OPEN in words
    assert "Mamma ringde. […] Vi hörs." in words
    assert words.index("Vårt svar") < words.index("Så bra.") < words.index("Jag har fått praktik.") < words.index(OPEN)
    assert [one for one in ("Storgatan", "Hemligt", "Nova", "Anna") if one in words] == []
    assert read.metadata is not None
    assert read.metadata.title == "Utdrag ur din akt"
    assert b"pdfuaid:part" in read.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]


def test_who_has_read_tells_unit_role_time_and_reason_and_no_name(house: House) -> None:
    case = novas_case(house)
    noted(house, case, OPEN, RELEASE)
    for who, what in ((SAMIR, "journal"), (MARIA, "report"), (ANNA, "register_letter"), (ANNA, "attachment:x")):
        house.files.open(who, case, what)
    shown = page(house, "/journal/lasare")

    for words in ("Läste journalen", "Läste i akten", "Frågade folkbokföringen", "Öppnade en bilaga", "gruppledare",
                  "Mottagningen barn och unga, socialsekreterare", "I dag kl. 10.00"):  # fmt: skip
        assert words in shown
    assert [
        one for one in ("Samir", "Maria", "anmäl") if one in shown.partition("<main")[2].partition("</main")[0]
    ] == []


@pytest.mark.parametrize("path", ["/journal", "/journal/lasare", "/journal/akten.pdf", "/journal/" + "1" * 32])
def test_a_login_for_work_is_shown_the_way_out_and_nobody_else_gets_in(house: House, path: str) -> None:
    for who in (ANNA, ELSA):
        refused = Browser(app, house, who).get(path)
        assert refused.status_code == 403
        assert "Din egen akt läser du privat" in refused.text
    assert Browser(app, house, None).get(path).headers["Location"].startswith("/logga-in?")


def test_a_page_that_nobody_sees_is_not_opened(house: House) -> None:
    own = Browser(app, house, nova(house))
    noted(house, novas_case(house), OPEN, RELEASE)

    assert own.pages.head("/journal", base_url=house.settings.origin).status_code == 405
    ahead = own.pages.get("/journal", headers={"Sec-Purpose": "prefetch"}, base_url=house.settings.origin)
    assert ahead.status_code == 503


@pytest.mark.parametrize("path", ["/journal?efter=x", "/journal/lasare?efter=x", "/journal/x", "/journal/../x"])
def test_what_is_no_page_of_ours_is_not_found(house: House, path: str) -> None:
    assert Browser(app, house, nova(house)).get(path).status_code == 404


def test_nothing_is_shown_while_the_log_can_not_be_written() -> None:
    with use(demo_house(faulty := FaultyStore(MemoryStore()))) as house:
        knowing(house)
        note = noted(house, novas_case(house), OPEN, RELEASE)
        own = Browser(app, house, nova(house))
        for path in ("/journal", f"/journal/{note}", "/journal/lasare", "/journal/akten.pdf"):
            faulty.fail_commits_before(9)
            answer = own.get(path)
            faulty.fail_commits_before(0)
            assert answer.status_code == 503
            assert OPEN not in answer.text
            assert b"%PDF" not in answer.data


def test_a_long_file_goes_on_page_by_page_in_both_languages(house: House) -> None:
    case = novas_case(house)
    for day in range(1, 10):
        noted(house, case, f"Rad-{day}.", RELEASE, day)
    first = page(house)
    second = page(house, "/journal?efter=" + first.split("efter=")[1].split('"')[0])

    assert all((f"Rad-{day}." in first) != (f"Rad-{day}." in second) for day in range(1, 10))
    assert "Till början" in second
    own = Browser(app, house, nova(house))
    own.pages.set_cookie("sprak", "en", domain="localhost")
    assert "Save everything as a PDF" in own.get("/journal").text
