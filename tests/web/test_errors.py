"""Every error ends in a page that says what happened, what is saved, what to do and whom to call."""

import io
import json
import re
from collections.abc import Iterator

import pytest

from shared import log
from shared.settings import BadSettings
from shared.web import create_app
from shared.web.errors import WORDS
from tests.web.fake_house import ORIGIN
from tests.web.pages_for_tests import Visitor


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """The log of one test."""
    stream = io.StringIO()
    log.start(stream)
    yield stream
    log.start(io.StringIO())


@pytest.mark.parametrize("status", sorted(WORDS))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_error_page_is_whole(status: int, language: str) -> None:
    visitor = Visitor()
    visitor.get(f"/?sprak={language}")
    page = visitor.get(f"/fel/{status}")
    assert page.status_code == status
    assert "031-390 06 00" in page.text
    assert re.search(r">[A-Z2-9]{4}-[A-Z2-9]{4}<", page.text)
    assert f'lang="{language}"' in page.text


def test_a_wrong_method_names_the_right_ones() -> None:
    answer = Visitor().client.get("/oppen", base_url=ORIGIN)
    assert (answer.status_code, "POST" in answer.headers["Allow"]) == (405, True)


def test_our_own_mistake_wakes_somebody_and_tells_nothing_about_anybody(lines: io.StringIO) -> None:
    page = Visitor().get("/trasig")
    logged = json.loads(lines.getvalue().splitlines()[-1])
    assert (page.status_code, logged["severity"], logged["error"]) == (500, "ERROR", "ZeroDivisionError")
    assert logged["reference"] in page.text
    assert "Nova" not in lines.getvalue() + page.text


def test_a_store_that_is_away_gives_the_form_back_under_the_same_id() -> None:
    page = Visitor().post("/lagret", {"text": "det jag skrev", "submission_id": "a" * 32})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert page.text.count("det jag skrev") == 2
    assert f'value="{"a" * 32}"' in page.text


def test_files_that_can_not_be_given_back_are_asked_for_again() -> None:
    sent: dict[str, object] = {"text": "det jag skrev", "fil": (io.BytesIO(b"ett foto"), "foto.jpg")}
    with_files = Visitor().post("/lagret", sent).text
    none_chosen: dict[str, object] = {"text": "det jag skrev", "fil": (io.BytesIO(b""), "")}
    without = Visitor().post("/lagret", none_chosen).text

    assert "Filerna du valde kom inte med." in with_files
    assert "Filerna du valde kom inte med." not in without


def test_what_is_given_back_is_escaped_and_cannot_turn_the_page() -> None:
    page = Visitor().post("/lagret", {"text": '"><script>x</script> \u202e'}).text
    assert "<script>x" not in page
    assert "[RLO]" in page


def test_an_error_page_does_not_read_the_session() -> None:
    visitor = Visitor()
    visitor.carry("session", "sara")
    visitor.house.sessions.away = True
    visitor.get("/finns-inte")
    assert visitor.house.sessions.reads == 0


def test_a_session_store_that_is_away_gives_a_page() -> None:
    visitor = Visitor()
    visitor.carry("session", "sara")
    visitor.house.sessions.away = True
    page = visitor.get("/anmal/1")
    assert (page.status_code, "031-390 06 00" in page.text) == (503, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_house_that_cannot_be_opened_still_gives_a_page(method: str, lines: io.StringIO) -> None:
    def closed() -> None:
        raise BadSettings("en hemlighet")

    app = create_app("shared.web", closed)  # type: ignore[arg-type]
    page = app.test_client().open("/", method=method, base_url=ORIGIN)
    assert page.status_code == 500
    assert "Felet är vårt" in page.text
    assert "The fault is ours" in page.text
    assert "en hemlighet" not in page.text + lines.getvalue()


def test_the_page_of_a_failed_read_can_be_tried_again() -> None:
    assert '<a class="govuk-button" href="/lagret"' in Visitor().get("/lagret").text
