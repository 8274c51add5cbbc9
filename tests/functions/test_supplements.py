"""A resident sends what is asked for: with and without a script, in parts, late, twice, and never for somebody else."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest

from shared.app import House, use
from shared.domain.ids import CaseId, ItemId
from shared.domain.supplements import Standing
from tests.applications import BO, SARA
from tests.functions.applicant_browser import Applicant, plain
from tests.functions.file_pages import pdf
from tests.functions.inbox_browser import Person
from tests.houses import HandClock, demo_house
from tests.journeys.hostile_texts import HOSTILE
from tests.journeys.multipart import CONTENT_TYPE, multipart
from tests.people import ANNA
from tests.records.reports import Forms
from tests.supplements import applied_for, ask, own, supply

HARMFUL = ("<script>window", "<img src=x", "<svg/onload", "<iframe srcdoc", "<a href='javascript", "<b>x</b>")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


@pytest.fixture
def case(house: House) -> CaseId:
    return applied_for(house)


def hub(id: str) -> str:
    return f"/ansok/komplettering/{id}"


def item(house: House, id: ItemId, place: int = 0) -> str:
    return f"/ansok/komplettering/utkast/{id}/{own(house, id).supplement.items[place].id}"


def choose(sara: Applicant, page: str, *files: tuple[str, bytes], **fields: str) -> int:
    """Post the page of an item as a browser without a script does."""
    token = sara.fields(page, f"{page}/filer")["csrf_token"][0]
    body = multipart([("csrf_token", token), *fields.items()], [("filer", *one) for one in files])
    answer = sara.pages.post(f"{page}/filer", data=body, content_type=CONTENT_TYPE, base_url=sara.house.settings.origin)
    return answer.status_code


def send(sara: Applicant, id: str) -> str:
    """Press the button; where it led."""
    answer = sara.post(hub(id), sara.fields(hub(id)))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_the_own_matters_lead_to_what_is_asked_and_the_receipt_back(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    matters = Person(house, SARA).get("/mina").text
    assert matters.index("Vi väntar på dig") < matters.index("Kontoutdrag")
    assert hub(id) in matters

    page = item(house, id)
    assert choose(sara, page, ("avi.pdf", pdf()), words="Här är den.") == 303
    shown = sara.get(hub(id)).text
    assert "Inte skickat än:" in shown
    assert "1 fil, text" in shown
    receipt = send(sara, id)
    assert "Vi har fått det du skickade" in sara.get(receipt).text
    assert "En sak saknas fortfarande." in sara.get(receipt).text
    assert [one.standing for one in own(house, id).supplement.items] == [Standing.RECEIVED, Standing.MISSING]


def test_the_same_button_pressed_again_leads_to_the_same_receipt(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    choose(sara, item(house, id), words="Här.")
    posted = sara.fields(hub(id))
    first = sara.post(hub(id), posted).headers["Location"]

    assert sara.post(hub(id), posted).headers["Location"] == first
    assert len(own(house, id).sent) == 1


def test_what_has_changed_on_another_page_is_looked_at_before_it_is_sent(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    choose(sara, item(house, id), words="Här.")
    posted = sara.fields(hub(id))
    choose(sara, item(house, id), words="Här och där.")

    led = sara.post(hub(id), posted).headers["Location"]
    assert led == f"{hub(id)}?andrad=1"
    assert "Inget är skickat." in sara.get(led).text
    assert own(house, id).sent == []


def test_looking_makes_nothing(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    sara.get(hub(id))
    sara.get(item(house, id))

    assert house.own_supplements.draft(SARA, own(house, id).supplement) is None


def test_that_it_can_not_be_had_takes_a_reason(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    page = item(house, id)

    assert choose(sara, page, cannot="yes") == 422
    assert choose(sara, page, cannot="yes", words="Banken har stängt.") == 303
    send(sara, id)
    assert own(house, id).supplement.items[0].standing is Standing.CANNOT


def test_a_refused_file_costs_neither_the_others_nor_the_words(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    page = item(house, id)

    assert choose(sara, page, ("a.exe", b"MZ\x90\x00"), ("b.pdf", pdf()), words="Två.") == 422
    shown = sara.get(page).text
    assert "b.pdf" in shown
    assert "Två." in shown
    gone = sara.fields(page, f"{page}/filer")
    assert gone["csrf_token"]


def test_a_text_that_is_too_long_is_shown_back_and_not_kept(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)

    assert choose(sara, item(house, id), words="x" * 9000) == 422
    assert house.own_supplements.draft(SARA, own(house, id).supplement) is not None
    assert "x" * 8001 not in sara.get(item(house, id)).text


def test_files_come_in_parts_for_the_script(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    page, content = item(house, id), pdf()
    token = sara.fields(page, f"{page}/filer")["csrf_token"][0]
    head, whole = {"X-CSRF-Token": token}, sha256(content).hexdigest()
    origin = house.settings.origin
    begun = sara.pages.post(
        f"{page}/delar", data={"name": "avi.pdf", "size": len(content), "sha256": whole}, headers=head, base_url=origin
    ).get_json()
    there = f"{page}/delar/{begun['upload']}"
    sara.pages.put(f"{there}/0", data=content, headers={**head, "X-Part-SHA256": whole}, base_url=origin)
    done = sara.pages.post(f"{there}/klar", data={"name": "avi.pdf"}, headers=head, base_url=origin).get_json()

    assert [one["name"] for one in done["files"]] == ["avi.pdf"]
    send(sara, id)
    (file,) = own(house, id).sent[0].answers[0].files
    assert house.case_attachments.give(ANNA, case, file) is not None


def test_what_comes_late_is_received_and_the_receipt_says_so(house: House, case: CaseId, clock: HandClock) -> None:
    id = ask(house, case)
    clock.advance(timedelta(days=20))
    sara = Applicant(house)
    assert "Skicka ändå" in sara.get(hub(id)).text
    choose(sara, item(house, id), words="Här.")

    assert "Det kom efter sista dagen." in sara.get(send(sara, id)).text


def test_a_closed_one_shows_what_was_typed_and_whom_to_call(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    page = item(house, id)
    fields = {**sara.fields(page, f"{page}/filer"), "words": "Det här ville jag skicka till er."}
    house.supplements.close(ANNA, case, id, Forms(ANNA).new())

    answer = sara.post(f"{page}/filer", {**fields, "filer": []})
    assert answer.status_code == 409
    assert "Det här ville jag skicka till er." in answer.text
    assert "Du behöver inte skicka mer här." in answer.text
    assert "Skicka det som är klart" not in sara.get(hub(id)).text


def test_somebody_elses_is_not_there(house: House, case: CaseId) -> None:
    id, bo = ask(house, case), Applicant(house, BO)
    page, sent = item(house, id), supply(house, id, 0).result

    for path in (hub(id), page, f"{hub(id)}/kvitto/{sent}"):
        assert bo.get(path).status_code == 404
    elsewhere = ask(house, applied_for(house))
    assert Applicant(house).get(f"/ansok/komplettering/utkast/{elsewhere}/{page.rpartition('/')[2]}").status_code == 404
    assert Applicant(house).get(f"{hub(elsewhere)}/kvitto/{sent}").status_code == 404


def test_texts_that_would_run_are_shown_as_they_were_written(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    page = item(house, id)
    for text in HOSTILE:
        choose(sara, page, words=text[:7000])
        shown = sara.get(page).text + sara.get(hub(id)).text
        assert [one for one in HARMFUL if one in shown] == []


def test_words_written_when_the_login_had_ended_come_back(house: House, case: CaseId, clock: HandClock) -> None:
    id, sara = ask(house, case), Applicant(house)
    page = item(house, id)
    fields = {**sara.fields(page, f"{page}/filer"), "words": "Banken har inte svarat mig än.", "filer": []}
    clock.advance(timedelta(minutes=31))

    late = sara.post(f"{page}/filer", fields)
    assert late.headers["Location"].startswith("/logga-in?next=")
    sara.log_in(SARA)
    assert "Banken har inte svarat mig än." in sara.get(f"{page}/filer").text


def test_the_page_speaks_english(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)

    led = sara.get(f"{hub(id)}?sprak=en").headers["Location"]
    assert "Send by Monday 16 November" in plain(sara.get(led).text)


def test_an_item_saved_empty_is_said_to_be_and_how_to_say_that_it_cannot_be_had(house: House, case: CaseId) -> None:
    id, sara = ask(house, case), Applicant(house)
    page = item(house, id)
    token = sara.fields(page, f"{page}/filer")["csrf_token"][0]
    led = sara.post(f"{page}/filer", {"csrf_token": token, "words": "  "}).headers["Location"]
    shown = plain(sara.get(led).text)

    assert led == f"{hub(id)}?tomt={own(house, id).supplement.items[0].id}"
    assert "Inget är ifyllt för" in shown
    assert "kryssa i ”Jag kan inte få fram det här” och skriv varför" in shown
    assert shown.count(f'href="{page}"') == 2
    assert "Skicka det som är klart" not in shown


@pytest.mark.parametrize("unknown", ["", "nej", "<script>alert(1)</script>", "f" * 32])
def test_nothing_is_said_of_an_item_that_is_filled_in_or_not_there(house: House, case: CaseId, unknown: str) -> None:
    id, sara = ask(house, case), Applicant(house)
    choose(sara, item(house, id), words="Här.")
    filled = own(house, id).supplement.items[0].id

    for named in (filled, unknown):
        shown = sara.pages.get(hub(id), query_string={"tomt": named}, base_url=house.settings.origin).text
        assert "Inget är ifyllt för" not in shown
        assert "<script>alert(1)" not in shown
