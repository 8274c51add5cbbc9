"""Files of a report by its pages, without a script: chosen, received, listed, taken away, opened by staff."""

import re
from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.queries import CASE_DISCLOSURES
from shared.domain.received_files import Verdict
from shared.domain.retention import Retention
from tests.functions.file_pages import choose, names, path, pdf, photo
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import Desk, at
from tests.houses import HandClock
from tests.people import MARIA
from tests.records.papers import ToldScanner, contents, file_keys, packed, rows, scanned_house
from tests.records.reports import case_of


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


def test_files_are_received_listed_checked_and_reach_the_caseworker(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    answer = choose(elsa, draft, ("teckning.png", photo()), ("frånvaro.pdf", pdf()), ladda="ja")
    assert (answer.status_code, answer.headers["Location"]) == (303, path(draft))
    assert names(elsa.get(path(draft)).text) == ["teckning.jpg", "frånvaro.pdf"]
    assert "teckning.jpg" in elsa.get(f"/anmal/utkast/{draft}/kontrollera").text

    receipt = elsa.send(draft).headers["Location"]
    assert "frånvaro.pdf" in elsa.get(f"{receipt}/innehall").text
    assert elsa.get(f"{receipt}.pdf").data.startswith(b"%PDF-")

    case = case_of(house, receipt.rpartition("/")[2])
    anna = Desk(house)
    page = anna.get(f"{at(case)}/anmalan").text
    assert names(page) == ["teckning.jpg", "frånvaro.pdf"]
    links = re.findall(rf'href="({at(case)}/bilagor/[0-9a-f]+)"', page)
    assert [anna.get(link).data[:3] for link in links] == [b"\xff\xd8\xff", b"%PD"]


def test_files_chosen_and_not_uploaded_go_along_when_somebody_just_continues(elsa: Reporter) -> None:
    draft = elsa.write()
    answer = choose(elsa, draft, ("a.zip", packed()))

    assert answer.headers["Location"] == f"/anmal/utkast/{draft}/sedan"
    assert names(elsa.get(path(draft)).text) == ["a.zip"]


def test_every_button_keeps_what_was_chosen_and_leads_where_it_says(elsa: Reporter) -> None:
    draft = elsa.write()
    assert choose(elsa, draft, ("a.zip", packed("a")), later="yes").headers["Location"].endswith("/sparat")
    checked = choose(elsa, draft, ("b.zip", packed("b")), till="?till=kontrollera")
    assert checked.headers["Location"].endswith("/kontrollera")
    stays = choose(elsa, draft, ("c.zip", packed("c")), till="?till=kontrollera", ladda="ja")
    assert stays.headers["Location"] == f"{path(draft)}?till=kontrollera"

    assert names(elsa.get(path(draft)).text) == ["a.zip", "b.zip", "c.zip"]


def test_without_a_file_the_way_goes_on(elsa: Reporter) -> None:
    draft = elsa.write()

    assert choose(elsa, draft).headers["Location"] == f"/anmal/utkast/{draft}/sedan"
    assert choose(elsa, draft, ("", b"")).headers["Location"] == f"/anmal/utkast/{draft}/sedan"
    assert elsa.get(f"{path(draft)}/filer").headers["Location"] == path(draft)


def test_a_file_is_taken_away_again(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    choose(elsa, draft, ("a.zip", packed("a")), ("b.zip", packed("b")), ladda="ja")
    [first, _] = re.findall(r'name="ta-bort" value="([0-9a-f]+)"', elsa.get(path(draft)).text)

    answer = choose(elsa, draft, **{"ta-bort": first})

    assert answer.headers["Location"] == path(draft)
    assert names(elsa.get(path(draft)).text) == ["b.zip"]
    assert len(contents(house)) == 1


def test_the_same_page_posted_twice_keeps_each_file_once(elsa: Reporter) -> None:
    draft = elsa.write()
    for _ in range(2):
        choose(elsa, draft, ("a.zip", packed()), ladda="ja")

    assert names(elsa.get(path(draft)).text) == ["a.zip"]


def test_a_deleted_draft_takes_its_files_along(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    choose(elsa, draft, ("a.zip", packed()), ladda="ja")
    page = f"/anmal/utkast/{draft}/ta-bort"
    elsa.post(page, elsa.fields(page))

    assert (contents(house), rows(house), file_keys(house)) == (set(), [], {})


def test_a_file_that_waits_is_said_to_and_can_not_be_opened(told: tuple[House, ToldScanner], elsa: Reporter) -> None:
    house, scanner = told
    scanner.says = Verdict.UNKNOWN
    draft = elsa.write()
    choose(elsa, draft, ("a.zip", packed()), ladda="ja")
    assert "Väntar på kontroll" in elsa.get(path(draft)).text
    receipt = elsa.send(draft).headers["Location"]
    case = case_of(house, receipt.rpartition("/")[2])
    anna, [row] = Desk(house), rows(house)

    assert "Väntar på kontroll" in anna.get(f"{at(case)}/anmalan").text
    assert anna.get(f"{at(case)}/bilagor/{row.id}").status_code == 404

    scanner.says = Verdict.INFECTED
    house.sweep.run()
    assert "kan innehålla skadlig kod och är borttagen" in anna.get(f"{at(case)}/anmalan").text
    assert anna.get(f"{at(case)}/bilagor/{row.id}").status_code == 404
    assert "En bilaga har stoppats: den kan innehålla skadlig kod" in anna.get(at(case)).text
    assert "En bilaga har stoppats" in Desk(house, MARIA).get("/arbete/notiser").text
    for page in (receipt, f"{receipt}/innehall", "/anmal/mina"):
        assert "En fil som du skickade har stoppats." in elsa.get(page).text


@pytest.mark.parametrize(("language", "words"), [("sv", "2 filer som du skickade"), ("en", "2 files that you sent")])
def test_the_receipt_counts_the_files_that_were_stopped(
    told: tuple[House, ToldScanner], elsa: Reporter, language: str, words: str
) -> None:
    house, scanner = told
    scanner.says = Verdict.UNKNOWN
    draft = elsa.write()
    choose(elsa, draft, ("a.zip", packed()), ("b.zip", packed("b")), ladda="ja")
    receipt = elsa.send(draft).headers["Location"]
    scanner.says = Verdict.INFECTED
    house.sweep.run()
    elsa.get(f"{receipt}?sprak={language}")

    assert words in elsa.get(receipt).text


def test_a_file_is_given_to_be_saved_and_never_shown_and_the_log_says_who_had_it(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    choose(elsa, draft, ("rum 1 – ”Åsas”.zip", packed()), ladda="ja")
    case = case_of(house, elsa.send(draft).headers["Location"].rpartition("/")[2])
    [row] = rows(house)
    answer = Desk(house, MARIA).get(f"{at(case)}/bilagor/{row.id}")

    assert answer.data == packed()
    assert answer.headers["Content-Type"] == "application/zip"
    named = "rum%201%20%E2%80%93%20%E2%80%9D%C3%85sas%E2%80%9D.zip"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"bilaga.zip\"; filename*=UTF-8''{named}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    [entry] = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=1).documents
    assert (entry.fields["what"], entry.fields["actor"]) == (f"attachment:{row.id}", MARIA.staff)
    assert set(file_keys(house).values()) == {Retention.FIVE_YEARS_NOT_OPENED}
