"""Adding to the own file: words and files, read by staff, given back to the person and to nobody else."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.ids import CaseId, ItemId
from shared.domain.received_files import Verdict
from shared.records.drafts import MOST, OWN_FILE, own_file_draft, own_file_owner
from tests.functions.file_pages import photo
from tests.functions.inbox_browser import resident
from tests.functions.own_browser import NAME, NUMBER, Own, kim
from tests.functions.staff_browser import Desk, at, taken
from tests.functions.test_casework_journal import plain
from tests.houses import demo_house
from tests.own_files import RELEASE, knowing, noted
from tests.people import ANNA, SAMIR
from tests.records.papers import ToldScanner
from tests.registers import person

WORDS = "Jag har fått plats på praktiken."


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        opened.scanner = ToldScanner()
        knowing(opened, person(NUMBER, NAME), child=NUMBER)
        yield opened


def added(house: House, answer: str = "no", *files: tuple[str, bytes]) -> tuple[CaseId, str]:
    """Kim has added something; the case and where it is read."""
    case = taken(house)
    noted(house, case, "Mamma ringde.", RELEASE)
    own = Own(house)
    draft = own.begin(None)
    own.write(draft, WORDS, answer=answer)
    if files:
        own.show(draft, *files)
    return case, own.send(draft)


def test_a_photograph_comes_with_the_words_and_both_get_it_back_in_a_sandbox(house: House) -> None:
    case, said = added(house, "yes", ("intyg.png", photo()))
    own, anna = Own(house), Desk(house, ANNA)
    receipt = own.get(said).text
    assert "intyg." in receipt
    mine = own.get(said + "/filer/" + receipt.partition("/filer/")[2][:32])
    page = anna.get(f"{at(case)}/sagt/{said.rpartition('/')[2]}").text
    theirs = anna.get(f"{at(case)}/bilagor/{page.partition('/bilagor/')[2][:32]}")

    assert mine.data == theirs.data != b""
    for given in (mine, theirs):
        assert str(given.mimetype).startswith("image/")
        assert given.headers["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in given.headers["Content-Security-Policy"]
        assert given.headers["X-Content-Type-Options"] == "nosniff"


def test_what_asks_for_no_answer_is_marked_as_read_and_the_person_sees_it(house: House) -> None:
    case, said = added(house)
    own, anna = Own(house), Desk(house, ANNA)
    assert "Vi har inte läst det än." in own.get(said).text
    assert "Den som akten gäller har lagt till något i akten" in anna.get("/arbete/notiser").text
    page = f"{at(case)}/sagt/{said.rpartition('/')[2]}"
    assert "Ditt svar" not in Desk(house, SAMIR).get(page).text
    assert anna.post(f"{page}/last", anna.fields(page, f"{page}/last")).headers["Location"] == f"{at(case)}/journal"

    assert "Läst av Mottagningen barn och unga" in own.get(said).text
    assert "har läst det du skrev" in own.get("/journal").text
    assert "Läst: det som personen la till" in anna.get(f"{at(case)}/journal").text


def test_a_file_that_waits_for_the_scanner_is_seen_and_not_given_out(house: House) -> None:
    house.scanner = ToldScanner(Verdict.UNKNOWN)
    case, said = added(house, "no", ("intyg.png", photo()))
    found = house.objections.one(ANNA, case, ItemId(said.rpartition("/")[2]))
    assert found is not None
    (file,) = found.files
    own, anna = Own(house), Desk(house, ANNA)

    for page in (own.get(said), anna.get(f"{at(case)}/sagt/{said.rpartition('/')[2]}")):
        assert "Väntar på kontroll" in page.text
    assert own.get(f"{said}/filer/{file}").status_code == 404
    assert anna.get(f"{at(case)}/bilagor/{file}").status_code == 404
    house.scanner.says = Verdict.INFECTED
    house.sweep.run()
    assert "Stoppad" in own.get(said).text
    assert "skadlig kod" in plain(anna.get(f"{at(case)}/sagt/{said.rpartition('/')[2]}"))
    report = house.store.get("reports", str(house.files.case(ANNA, case).report))  # type: ignore[union-attr]
    assert report is not None
    assert report.fields["stopped_files"] == 0, "the reporter is not told of somebody else's file"


def test_nobody_else_reads_it_or_gets_its_files(house: House) -> None:
    _, said = added(house, "no", ("intyg.png", photo()))
    file = Own(house).get(said).text.partition("/filer/")[2][:32]
    other = Own(house, resident(house, "191212121212"))

    assert [other.get(path).status_code for path in (said, f"{said}/filer/{file}")] == [404, 404]
    assert Own(house).get(f"{said}/filer/{'0' * 32}").status_code == 404
    assert WORDS not in other.get("/journal").text


def test_a_draft_is_put_aside_taken_up_again_and_deleted_with_its_files(house: House) -> None:
    noted(house, taken(house), "Mamma ringde.", RELEASE)
    own = Own(house)
    draft = own.begin(None)
    own.write(draft, WORDS, answer="no")
    own.show(draft, ("intyg.png", photo()))
    assert "Du har börjat skriva något" in own.get("/journal").text
    assert "Inget är skickat än." in own.get(f"{draft}/sparat").text
    assert Own(house, resident(house, "191212121212")).get(f"{draft}/text").status_code == 404

    gone = own.post(f"{draft}/ta-bort", own.fields(f"{draft}/ta-bort"))
    assert gone.headers["Location"] == "/journal"
    assert own.get(f"{draft}/text").status_code == 404
    assert list(house.kept.files.kept("")) == []


@pytest.mark.parametrize(
    "text", ["<script>ran=1</script>", "</textarea><b>x</b>", "{{7*7}} \u202e<img src=x onerror=ran=1>"]
)
def test_whatever_is_written_is_text_on_every_page_and_on_paper(house: House, text: str) -> None:
    case = taken(house)
    noted(house, case, "Mamma ringde.", RELEASE)
    own, anna = Own(house), Desk(house, ANNA)
    draft = own.begin(None)
    own.write(draft, text, answer="yes")
    pages = [own.get(f"{draft}/text"), own.get(f"{draft}/kontrollera")]
    said = own.send(draft)
    staff = f"{at(case)}/sagt/{said.rpartition('/')[2]}"
    pages += [own.get(said), own.get("/journal"), anna.get(f"{at(case)}/journal"), anna.get(staff)]
    pages.append(anna.post(staff, {**anna.fields(staff), "text": text, "go": "check"}))

    for page in pages:
        assert page.status_code == 200
        assert [one for one in ("<script>ran", "<b>x", "<img src=x", "49 ") if one in page.text] == []
    assert own.get("/journal/akten.pdf").data.startswith(b"%PDF")


def test_who_at_work_has_read_what_was_written_is_told(house: House) -> None:
    case, said = added(house)
    Desk(house, ANNA).get(f"{at(case)}/sagt/{said.rpartition('/')[2]}")

    assert "Läste det du har skrivit" in Own(house).get("/journal/lasare").text


def test_nobody_writes_on_more_than_twenty_things_at_a_time_and_what_is_begun_goes_on(house: House) -> None:
    noted(house, taken(house), "Mamma ringde.", RELEASE)
    own, drafts, owner = Own(house), house.drafts, own_file_owner(kim(house))
    page = own.fields("/journal", "/journal/lagg-till")
    for other in range(MOST):
        id = own_file_draft(f"{other:032x}", ItemId(f"{other:032x}"))
        drafts.begin(OWN_FILE, id, owner, form="own_file_objection", version="1", answers={})

    refused = own.post("/journal/lagg-till", page)
    drafts.drop(drafts.of(owner)[0])
    begun = own.post("/journal/lagg-till", page)

    assert refused.status_code == 409
    assert "finns kvar" in refused.text
    assert begun.status_code == 303
    assert own.post("/journal/lagg-till", page).headers["Location"] == begun.headers["Location"]
    assert len(drafts.of(owner)) == MOST
