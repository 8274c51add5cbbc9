"""What nobody means to send, and those who mean harm: a clear page, nothing lost, nothing shown, nothing in the log."""

import io
from collections.abc import Iterator

import pytest

from shared import log
from shared.app import House, use
from tests.functions.reporter_browser import Reporter
from tests.houses import demo_house
from tests.people import CIA

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    written = io.StringIO()
    log.start(written)
    yield written
    log.start()


@pytest.mark.parametrize(
    "extra",
    [
        {"isAdmin": "1"},
        {"reporter_role": "counsellor"},
        {"child_given_name": ["Kim", "Alex"]},
        {"guardians-1-name": "Alex"},
        {"add": "guardians"},
        {"remove": "guardians-1"},
        {"answers": "{}"},
    ],
)
def test_a_field_the_page_does_not_have_is_refused_and_nothing_is_saved(
    elsa: Reporter, extra: dict[str, object]
) -> None:
    draft = elsa.begin()

    path = f"/anmal/utkast/{draft}/vem"
    answer = elsa.post(path, {**elsa.fields(path, path), "child_family_name": "Okänd", **extra})

    assert answer.status_code == 400
    assert "Okänd" not in elsa.get(f"/anmal/utkast/{draft}/kontrollera").text


def test_a_name_from_the_login_cannot_be_written_over(elsa: Reporter) -> None:
    draft = elsa.begin()

    elsa.answer(draft, "du", reporter_name="Någon Annan")

    page = elsa.get(f"/anmal/utkast/{draft}/kontrollera").text
    assert "Någon Annan" not in page
    assert '<p dir="auto">Elsa Exempel</p>' in page


def test_ten_megabytes_get_a_page_about_it(elsa: Reporter) -> None:
    draft = elsa.begin()

    answer = elsa.answer(draft, "beskriv", concern_description="x" * 10_000_000)

    assert answer.status_code == 413
    assert "för stort" in answer.text
    assert f'href="/anmal/utkast/{draft}/beskriv"' in answer.text


def test_a_text_that_is_a_little_too_long_is_kept_and_says_how_much(elsa: Reporter) -> None:
    draft = elsa.begin()

    answer = elsa.answer(draft, "beskriv", concern_description="ord " * 2_600)

    assert answer.status_code == 422
    assert "Ta bort ungefär 400 tecken" in answer.text
    assert "ord ord ord" in elsa.get(f"/anmal/utkast/{draft}/beskriv").text


@pytest.mark.parametrize("written", ["a\x00b\x07c", "\ud83d\ude2d😭", "\u202etxet", "\u200b\u200d", "e\u0301" * 50])
def test_strange_characters_go_all_the_way_to_the_receipt(elsa: Reporter, written: str) -> None:
    draft = elsa.write()
    posted = written.encode("utf-16", "surrogatepass").decode("utf-16")

    assert elsa.answer(draft, "vem", child_given_name=posted).status_code == 303
    receipt = elsa.send(draft).headers["Location"]
    assert elsa.get(f"{receipt}/innehall").status_code == 200
    assert elsa.get(f"{receipt}.pdf").data.startswith(b"%PDF")


def test_text_that_turns_the_reading_order_is_shown_with_its_name(elsa: Reporter) -> None:
    draft = elsa.write()
    elsa.answer(draft, "vem", child_given_name="Kim\u202eabc")

    assert "[RLO]" in elsa.get(f"/anmal/utkast/{draft}/kontrollera").text


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("19770117-2392", 303),
        ("770117-2392", 303),
        ("770117 2392", 303),
        ("١٩٧٧٠١١٧٢٣٩٢", 303),
        ("197701172393", 422),
        ("19771317-2392", 422),
        ("2077011723921", 422),
        ("SSN 078-05-1120", 422),
        ("' OR 1=1 --", 422),
    ],
)
def test_numbers_are_taken_as_people_write_them_and_wrong_ones_are_explained(
    elsa: Reporter, number: str, status: int
) -> None:
    assert elsa.answer(elsa.begin(), "vem", child_person_id=number).status_code == status


def test_a_child_born_tomorrow_is_explained(elsa: Reporter) -> None:
    born = {"child_birth_date-day": "3", "child_birth_date-month": "november", "child_birth_date-year": "2026"}

    answer = elsa.answer(elsa.begin(), "vem", **born)

    assert answer.status_code == 422
    assert "Datumet måste ha varit" in answer.text


def test_markup_is_shown_as_text_on_every_page(elsa: Reporter) -> None:
    draft = elsa.write()
    elsa.answer(draft, "vem", child_given_name=SCRIPT)
    elsa.answer(draft, "vuxna", **{"guardians-1-name": SCRIPT})
    elsa.answer(draft, "beskriv", concern_description=SCRIPT)
    pages = [f"/anmal/utkast/{draft}/{page}" for page in ("vem", "vuxna", "beskriv", "kontrollera")]
    shown = [elsa.get(page).text for page in pages]
    shown.append(elsa.get(elsa.send(draft).headers["Location"] + "/innehall").text)

    assert [page for page in shown if "<script>alert" in page or "<img src=x" in page] == []
    assert all("&lt;script&gt;" in page and "{{ 7*7 }}" in page for page in shown)


@pytest.mark.parametrize("path", ["/anmal/utkast", "/anmal/tillagg/vem"])
def test_a_post_without_a_token_does_nothing(elsa: Reporter, path: str) -> None:
    assert elsa.post(path, {"submission_id": "a" * 32}).status_code == 403
    assert "Utkast" not in elsa.get("/anmal/mina").text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("id", ["", "x", "A" * 32, "a" * 33])
def test_a_begin_with_a_malformed_id_is_refused(elsa: Reporter, id: str) -> None:
    fields = elsa.fields("/anmal", "/anmal/utkast")

    assert elsa.post("/anmal/utkast", {**fields, "submission_id": id}).status_code == 400


def test_an_id_that_is_somebody_elses_draft_opens_nothing(elsa: Reporter, house: House) -> None:
    draft, cia = elsa.write(), Reporter(house, CIA)
    fields = cia.fields("/anmal", "/anmal/utkast")

    assert cia.post("/anmal/utkast", {**fields, "submission_id": draft}).status_code == 404
    assert "Kim" in elsa.get(f"/anmal/utkast/{draft}/vem").text


def test_nothing_that_tells_who_it_is_about_reaches_the_log(elsa: Reporter, lines: io.StringIO) -> None:
    draft = elsa.write()
    elsa.answer(draft, "vem", child_person_id="12345")
    elsa.answer(draft, "vuxna", **{"guardians-1-name": "Alex Exempel", "guardians-1-phone": "070-174 06 06"})
    elsa.answer(draft, "vem", wrong="Kim")
    receipt = elsa.send(draft).headers["Location"]
    elsa.get(f"{receipt}.pdf")
    elsa.get(f"{receipt}x")

    logged = lines.getvalue()
    assert "report.sent" in logged
    told = ("Kim", "Exempel", "197701172392", "12345", "070-174", "blåm", draft, receipt.rpartition("/")[2])
    assert [one for one in told if one in logged] == []
