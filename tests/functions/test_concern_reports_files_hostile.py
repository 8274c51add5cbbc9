"""The question for files met with too much, by others, and too late."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.app import House, use
from shared.web.uploads import ROOM
from tests.functions.file_pages import choose, path, post, token_for
from tests.functions.reporter_browser import Reporter
from tests.houses import HandClock
from tests.people import CIA, ELSA
from tests.records.papers import ToldScanner, contents, packed, rows, scanned_house


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def told(clock: HandClock) -> tuple[House, ToldScanner]:
    return scanned_house(clock)


@pytest.fixture
def house(told: tuple[House, ToldScanner]) -> Iterator[House]:
    with use(told[0]) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


def test_what_is_too_much_at_once_is_told_on_a_page_of_its_own(elsa: Reporter) -> None:
    draft = elsa.write()
    page = choose(elsa, draft, ("a.zip", bytes(ROOM)), ladda="ja")

    assert page.status_code == 413
    assert "Inget av det du skickade nu kom med, varken filer eller text." in page.text
    assert f'href="{path(draft)}/filer"' in page.text
    assert elsa.get(f"{path(draft)}/filer").headers["Location"] == path(draft)


def test_the_way_back_from_too_much_leads_on_to_the_check_page_as_before(elsa: Reporter) -> None:
    draft = elsa.write()
    page = choose(elsa, draft, ("a.zip", bytes(ROOM)), till="?till=kontrollera", ladda="ja")

    assert f'href="{path(draft)}/filer?till=kontrollera"' in page.text
    back = elsa.get(f"{path(draft)}/filer?till=kontrollera").headers["Location"]
    assert back == f"{path(draft)}?till=kontrollera"


def test_other_pages_take_no_more_than_before(elsa: Reporter) -> None:
    draft = elsa.write()
    page = post(elsa, f"/anmal/utkast/{draft}/beskriv", [token_for(elsa, draft)], [("fil", "a.zip", bytes(2_000_000))])

    assert page.status_code == 413
    assert "korta ner texten" in page.text


@pytest.mark.parametrize(
    ("fields", "files"),
    [
        ([("annat", "fält")], []),
        ([("ta-bort", "a"), ("ta-bort", "b")], []),
        ([], [("annan", "a.zip", packed())]),
    ],
    ids=["a field", "a field twice", "another file"],
)
def test_a_form_that_is_not_ours_is_refused(
    elsa: Reporter, house: House, fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]
) -> None:
    draft = elsa.write()
    action, token = f"{path(draft)}/filer", token_for(elsa, draft)

    assert post(elsa, action, [token, *fields], files).status_code == 400
    assert post(elsa, action, [], [("filer", "a.zip", packed())]).status_code == 403
    assert contents(house) == set()


def test_nobody_adds_to_or_takes_from_another_reporters_draft(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    choose(elsa, draft, ("a.zip", packed()), ladda="ja")
    [row] = rows(house)
    cia = Reporter(house, CIA)
    own = cia.begin()
    token, gone = token_for(cia, own), ("ta-bort", row.id)

    assert post(cia, f"{path(draft)}/filer", [token, gone], []).status_code == 404
    assert post(cia, f"{path(draft)}/filer", [token], [("filer", "b.zip", packed("b"))]).status_code == 404
    assert post(cia, f"{path(own)}/filer", [token, gone], []).status_code == 303
    assert rows(house) == [row]


def test_files_for_a_question_that_takes_none_are_refused(elsa: Reporter) -> None:
    draft = elsa.write()
    token = token_for(elsa, draft)
    for slug in ("beskriv", "finns-inte"):
        sent = post(elsa, f"/anmal/utkast/{draft}/{slug}/filer", [token], [("filer", "a.zip", packed())])
        assert sent.status_code == 404


def test_a_login_that_ended_says_that_the_files_did_not_come_along(elsa: Reporter, clock: HandClock) -> None:
    draft = elsa.write()
    token = token_for(elsa, draft)
    clock.advance(timedelta(minutes=16))
    answer = post(elsa, f"{path(draft)}/filer", [token], [("filer", "a.zip", packed())])
    assert answer.headers["Location"].startswith("/logga-in?next=")

    elsa.log_in(ELSA)
    assert "Filerna du valde kom inte med" in elsa.get(f"{path(draft)}?utan=filer").text


def test_files_for_a_report_that_was_sent_meanwhile_lead_to_its_receipt(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    token = token_for(elsa, draft)
    elsa.send(draft)

    answer = post(elsa, f"{path(draft)}/filer", [token], [("filer", "a.zip", packed())])

    assert answer.status_code == 409
    assert "redan skickat" in answer.text
    assert contents(house) == set()
