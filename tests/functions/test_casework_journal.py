"""The journal at the desk: written and kept while it is written, read through, signed once, then only added to."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.notes import Care, NoteKind
from tests.functions.staff_browser import Desk, at, taken
from tests.houses import demo_house
from tests.notes import WORDS, sign_note, written
from tests.people import ANNA, MARIA, SAMIR
from tests.records.reports import Forms
from tests.supplements import applied_for

NOTE = {
    "kind": "call", "happened-day": "2", "happened-month": "11", "happened-year": "2026", "happened-time": "9.30",
    "with_whom": ["guardian", "school"], "participants": "Karin", "text": WORDS, "source": "told", "weight": "fact",
    "care": ["third_person"],
}  # fmt: skip


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def journal(case: CaseId) -> str:
    return f"{at(case)}/journal"


def write(desk: Desk, case: CaseId, go: str = "", **answers: object) -> TestResponse:
    return desk.write(f"{journal(case)}/skriv", {**NOTE, **answers}, go)


def keep(desk: Desk, case: CaseId, fields: dict[str, object]) -> TestResponse:
    """What the browser does by itself while somebody writes."""
    return desk.keep(f"{journal(case)}/skriv", fields)


def plain(page: TestResponse) -> str:
    return page.text.replace("\xa0", " ").replace("<bdi>", "").replace("</bdi>", "")


def test_a_note_about_somebody_who_applies_asks_of_the_applicant_and_of_no_child(house: House) -> None:
    pages = [Desk(house).get(f"{journal(case)}/skriv").text for case in (applied_for(house), taken(house))]

    offered = [[code in page for code in ('value="applicant"', 'value="child"', 'value="guardian"')] for page in pages]
    assert offered == [[True, False, False], [False, True, True]]


def test_a_note_is_written_read_through_signed_and_stands_in_the_journal(house: House) -> None:
    case, anna = taken(house), Desk(house)
    assert write(anna, case).headers["Location"] == f"{journal(case)}/skriv/kontrollera"
    read = plain(anna.get(f"{journal(case)}/skriv/kontrollera"))
    for words in ("Telefonsamtal", WORDS, "Uppgift", "inte att ändra eller ta bort"):
        assert words in read

    signed = anna.sign(f"{journal(case)}/skriv")

    assert signed.headers["Location"].startswith(f"{journal(case)}#a-")
    shown = plain(anna.get(journal(case)))
    for words in (WORDS, "Telefonsamtal · Vårdnadshavare, skola eller förskola", "I dag kl. 09.30", "Karin",
                  "Undertecknad av Anna Exempel, socialsekreterare", "Uppgifter om någon annan"):  # fmt: skip
        assert words in shown
    assert "Skrev i journalen" in anna.get(at(case)).text
    assert WORDS not in anna.get(f"{journal(case)}/skriv").text


def test_contacts_are_counted_on_the_case(house: House) -> None:
    case = taken(house)
    for kind in (NoteKind.ATTEMPT, NoteKind.ATTEMPT, NoteKind.VISIT):
        sign_note(house, case, written(kind=kind))
    shown = plain(Desk(house, SAMIR).get(journal(case)))

    assert "<dt>Försök till kontakt</dt><dd>2</dd>" in shown
    assert "<dt>Besök i hemmet</dt><dd>1</dd>" in shown
    assert "<dt>Möten</dt><dd>0</dd>" in shown


def test_an_empty_note_is_told_everything_it_lacks(house: House) -> None:
    answer = Desk(house).write(f"{journal(taken(house))}/skriv", {})

    assert answer.status_code == 422
    for words in ("Välj vad anteckningen gäller", "Skriv vilken dag det hände", "Välj hur du vet det"):
        assert answer.text.count(words) == 2


def test_a_time_that_has_not_been_is_put_right(house: House) -> None:
    case, anna = taken(house), Desk(house)

    answer = write(anna, case, **{"happened-time": "23.00"})

    assert answer.status_code == 422
    assert answer.text.count("Klockslaget har inte varit än") == 2
    assert WORDS in answer.text
    assert anna.get(f"{journal(case)}/skriv/kontrollera").status_code == 303


def test_who_is_interrupted_finds_the_half_sentence_again(house: House) -> None:
    case, anna = taken(house), Desk(house)
    fields: dict[str, object] = {**anna.fields(f"{journal(case)}/skriv"), "text": "Mamma säger att No"}

    kept = keep(anna, case, fields)

    assert "connect-src 'self'" in anna.get(f"{journal(case)}/skriv").headers["Content-Security-Policy"]
    assert (kept.status_code, kept.headers["X-Draft"], kept.headers["X-Saved-At"]) == (204, "1", "10.00")
    again = keep(anna, case, {**fields, "seen": "1", "text": "Mamma säger att Nova"})
    assert again.headers["X-Draft"] == "2"
    shown = plain(Desk(house).get(f"{journal(case)}/skriv"))
    assert "Mamma säger att Nova" in shown
    assert "Utkast sparat i dag kl. 10.00" in shown
    assert "Mamma säger" not in Desk(house, MARIA).get(f"{journal(case)}/skriv").text


def test_keeping_by_itself_never_writes_over_another_window(house: House) -> None:
    case, anna = taken(house), Desk(house)
    old: dict[str, object] = {**anna.fields(f"{journal(case)}/skriv")}
    write(anna, case, "later", text="Det nyare.")

    assert keep(anna, case, {**old, "text": "Det gamla."}).status_code == 409
    told = anna.post(f"{journal(case)}/skriv", {**old, **NOTE, "text": "Det gamla."})
    assert told.status_code == 409
    assert "Du har skrivit på två ställen" in told.text
    assert "Det nyare." in told.text
    assert "Det gamla." in told.text


def test_keeping_by_itself_is_refused_like_any_post_of_an_outsider(house: House) -> None:
    case = taken(house)
    fields: dict[str, object] = {**Desk(house).fields(f"{journal(case)}/skriv"), "text": "Hej"}

    assert keep(Desk(house, None), case, fields).status_code == 403
    samir = Desk(house, SAMIR)
    token = samir.fields("/arbete/notiser", "/logga-in/ut")["csrf_token"]
    assert keep(samir, case, {**fields, "csrf_token": token}).status_code == 403
    assert samir.get(f"{journal(case)}/skriv").status_code == 403


def test_signing_twice_is_signing_once_and_what_changed_is_not_signed(house: House) -> None:
    case, anna = taken(house), Desk(house)
    write(anna, case)
    form = anna.fields(f"{journal(case)}/skriv/kontrollera")
    write(anna, case, "later", text="Ändrat sedan.")

    assert anna.post(f"{journal(case)}/skriv/kontrollera", form).headers["Location"].endswith("andrad=1")
    assert "Utkastet har ändrats" in anna.get(f"{journal(case)}/skriv/kontrollera?andrad=1").text
    form = anna.fields(f"{journal(case)}/skriv/kontrollera")
    answers = [anna.post(f"{journal(case)}/skriv/kontrollera", form) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert anna.get(journal(case)).text.count("Ändrat sedan.") == 1


def test_an_addition_is_read_through_and_stands_below_the_note(house: House) -> None:
    case, maria = taken(house), Desk(house, MARIA)
    page = f"{journal(case)}/{sign_note(house, case)}"
    more = f"{page}/tillagg"

    shown = maria.post(more, {**maria.fields(page, more), "text": "Det var i tisdags.", "go": "check"})
    assert shown.status_code == 200
    assert "Läs igenom tillägget" in shown.text
    assert "Tillägg</strong>" not in maria.get(page).text
    back = maria.resend(shown, more, go="edit")
    assert ">Det var i tisdags.</textarea>" in back.text
    signed = maria.resend(shown, more, go="sign")
    assert signed.headers["Location"] == page
    assert maria.resend(shown, more, go="sign").headers["Location"] == page
    read = plain(maria.get(page))
    assert read.count("Det var i tisdags.") == 1
    assert WORDS in read
    assert "Maria Exempel" in read
    assert "Det var i tisdags." in Desk(house, SAMIR).get(journal(case)).text


@pytest.mark.parametrize("text", ["", " \n ", "x" * 8001])
def test_an_addition_without_words_or_with_too_many_is_put_right(house: House, text: str) -> None:
    case, anna = taken(house), Desk(house)
    page = f"{journal(case)}/{sign_note(house, case)}"

    answer = anna.post(f"{page}/tillagg", {**anna.fields(page, f"{page}/tillagg"), "text": text, "go": "sign"})

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text


def test_a_colleague_reads_and_is_offered_nothing_to_write(house: House) -> None:
    case, samir = taken(house), Desk(house, SAMIR)
    note = sign_note(house, case)

    assert f"{journal(case)}/skriv" not in samir.get(journal(case)).text
    assert "/tillagg" not in samir.get(f"{journal(case)}/{note}").text
    assert samir.get(f"{journal(case)}/skriv").status_code == 403


def test_what_does_not_exist_and_what_is_not_ours_is_not_found(house: House) -> None:
    case, anna = taken(house), Desk(house)

    for path in ("x", "0" * 32, "0" * 32 + "/tillagg"):
        assert anna.get(f"{journal(case)}/{path}").status_code in {404, 405}
    assert anna.get(f"{journal(case)}?efter=x").status_code == 404


def test_a_long_journal_goes_on_page_by_page(house: House) -> None:
    case, anna = taken(house), Desk(house)
    for number in range(25):
        sign_note(house, case, written(f"Rad-{number:02}."))
    first = anna.get(journal(case)).text
    onward = first.split("efter=")[1].split('"')[0]
    second = anna.get(f"{journal(case)}?efter={onward}").text

    rows = [f"Rad-{number:02}." for number in range(25)]
    assert all((one in first) != (one in second) for one in rows)
    assert "Till början" in second


def test_every_care_and_somebodys_markup_is_shown_as_words(house: House) -> None:
    case = taken(house)
    sign_note(house, case, written("<b>Hej</b>\nnästa rad", NoteKind.OTHER, *Care))
    shown = Desk(house).get(journal(case)).text

    assert "&lt;b&gt;Hej&lt;/b&gt;" in shown
    assert "Våld, hot eller var någon finns" in shown
    assert "Barnet enskilt" in shown


def test_a_note_whose_case_was_given_away_meanwhile_is_shown_back(house: House) -> None:
    case, anna = taken(house), Desk(house)
    fields = {**anna.fields(f"{journal(case)}/skriv"), **NOTE}
    colleague = house.municipality.staff[SAMIR.staff]  # type: ignore[index]
    house.caseworker.assign(MARIA, case, colleague, Forms(MARIA).new())

    refused = anna.post(f"{journal(case)}/skriv", fields)

    assert refused.status_code == 403
    assert WORDS in refused.text
    assert ANNA.staff
