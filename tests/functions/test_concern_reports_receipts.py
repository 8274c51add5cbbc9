"""What a reporter has afterwards: the receipt as a page and as a PDF, what was sent, and the own reports."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pypdf import PdfReader

from shared.app import House, use
from shared.domain.ids import OrganisationId
from tests.functions.browser import without_tokens
from tests.functions.reporter_browser import Reporter
from tests.houses import demo_house
from tests.people import CIA, ELSA


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


def test_the_receipt_says_when_it_came_in_and_by_when_things_happen(elsa: Reporter) -> None:
    page = elsa.get(elsa.send(elsa.write()).headers["Location"])

    assert page.headers["Cache-Control"] == "no-store"
    for words in (
        "Måndag 2 november 2026 kl. 10.00",
        "Senast måndag 16 november",
        'href="tel:112"',
        '<bdi dir="ltr">OA-',
    ):
        assert words in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_receipt_page_holds_nothing_of_the_report(elsa: Reporter) -> None:
    assert "Kim" not in without_tokens(elsa.get(elsa.send(elsa.write()).headers["Location"]).text)


def test_the_pdf_holds_the_receipt_and_what_was_sent_under_a_neutral_name(elsa: Reporter) -> None:
    receipt = elsa.send(elsa.write()).headers["Location"]

    made = elsa.get(f"{receipt}.pdf")

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)
    reference = elsa.get(receipt).text.partition('<bdi dir="ltr">OA-')[2][:7]
    assert made.headers["Content-Disposition"] == f'attachment; filename="kvitto-OA-{reference}.pdf"'
    assert made.headers["Cache-Control"] == "no-store"
    assert f"OA-{reference}" in text
    assert "19770117-2392" in text


def test_reading_what_was_sent_is_noted_and_the_receipt_alone_is_not(elsa: Reporter, house: House) -> None:
    receipt = elsa.send(elsa.write()).headers["Location"]
    house.store.clear()  # type: ignore[attr-defined]
    elsa.get(receipt)
    assert "disclosures" not in house.store.by_collection()  # type: ignore[attr-defined]

    for page in (f"{receipt}/innehall", f"{receipt}.pdf"):
        house.store.clear()  # type: ignore[attr-defined]
        elsa.get(page)
        assert house.store.by_collection()["disclosures"].writes == 1  # type: ignore[attr-defined]


def test_what_was_sent_is_shown_with_contact_details_in_their_places(elsa: Reporter) -> None:
    draft = elsa.write()
    elsa.answer(draft, "vuxna", **{"guardians-1-name": "Alex Exempel", "guardians-1-phone": "070-174 06 06"})
    receipt = elsa.send(draft).headers["Location"]

    page = elsa.get(f"{receipt}/innehall").text

    assert page.count("Alex Exempel") == 1
    assert "070-174 06 06" in page


@pytest.mark.parametrize("page", ["", ".pdf", "/innehall"])
def test_nobody_else_sees_a_receipt(elsa: Reporter, house: House, page: str) -> None:
    receipt = elsa.send(elsa.write()).headers["Location"]

    assert Reporter(house, CIA).get(f"{receipt}{page}").status_code == 404


def test_my_reports_are_listed_without_the_child(elsa: Reporter) -> None:
    elsa.send(elsa.write())

    page = elsa.get("/anmal/mina").text

    assert "Mottagen" in page
    assert "Kim" not in without_tokens(page)


def test_twenty_six_reports_take_two_pages(elsa: Reporter) -> None:
    for _ in range(26):
        elsa.send(elsa.write())

    first = elsa.get("/anmal/mina").text
    onward = first.partition('href="/anmal/mina?fran=')[2].partition('"')[0]

    assert first.count("Mottagen") == 25
    assert elsa.get(f"/anmal/mina?fran={onward}").text.count("Mottagen") == 1


@pytest.mark.parametrize("cursor", ["x", "%00", "AAAAAAAAAAAAAAAAAAAAAAAA", "å"])
def test_a_page_of_my_reports_that_is_not_there_is_not_found(elsa: Reporter, cursor: str) -> None:
    assert elsa.get(f"/anmal/mina?fran={cursor}").status_code == 404


def test_a_report_from_a_former_employer_shows_its_number_and_day_alone(elsa: Reporter, house: House) -> None:
    receipt, draft = elsa.send(elsa.write()).headers["Location"], elsa.write()
    elsa.log_in(replace(ELSA, organisation=OrganisationId("exempelvarden")))

    shown, listed = elsa.get(receipt).text, elsa.get("/anmal/mina").text

    for page in (shown, listed):
        assert "från en annan arbetsplats" in page
        assert '<bdi dir="ltr">OA-' in page
        assert f"{receipt}.pdf" not in page
    for path in (f"{receipt}/innehall", f"{receipt}.pdf", f"/anmal/utkast/{draft}/vem"):
        assert elsa.get(path).status_code == 404
    assert draft not in listed
