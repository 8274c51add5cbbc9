"""Sending a report: checked first, and once, however often and whatever happens."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from shared.domain.ids import DraftId
from shared.domain.queries import REPORTS_OF_REPORTER
from shared.ports.store import Document
from shared.records.drafts import report_owner
from tests.adapters.faulty_store import FaultyStore
from tests.functions.reporter_browser import Reporter
from tests.houses import HandClock, demo_house
from tests.people import CIA, ELSA


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store() -> FaultyStore:
    return FaultyStore(MemoryStore())


@pytest.fixture
def house(store: FaultyStore, clock: HandClock) -> Iterator[House]:
    with use(demo_house(store, clock)) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


def reports(house: House) -> list[Document]:
    found = house.store.query(REPORTS_OF_REPORTER, {"reporter": ELSA.person}, limit=25)
    return list(found.documents)


# ── Checking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_missing_is_told_with_links_and_nothing_can_be_sent(elsa: Reporter) -> None:
    draft = elsa.begin()
    page = elsa.get(f"/anmal/utkast/{draft}/kontrollera").text

    assert "Du behöver svara på 3 frågor till" in page
    assert f'href="/anmal/utkast/{draft}/beskriv?till=kontrollera#concern_description"' in page
    assert "Skicka anmälan" not in page


def test_sending_an_unfinished_report_by_hand_is_refused_with_what_is_missing(elsa: Reporter, house: House) -> None:
    ready, draft = elsa.check(elsa.write()), elsa.begin()

    answer = elsa.post(f"/anmal/utkast/{draft}/skicka", {**ready, "checked": "1"})

    assert answer.status_code == 422
    assert "Du behöver svara på 3 frågor till" in answer.text
    assert reports(house) == []


def test_sending_takes_a_confirmation(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    fields = elsa.check(draft)
    del fields["confirm"]

    answer = elsa.post(f"/anmal/utkast/{draft}/skicka", fields)

    assert answer.status_code == 422
    assert 'href="#confirm"' in answer.text
    assert reports(house) == []


def test_every_answer_has_a_link_to_change_it_that_says_what(elsa: Reporter) -> None:
    page = elsa.get(f"/anmal/utkast/{elsa.write()}/kontrollera").text

    assert 'Ändra<span class="govuk-visually-hidden"> Barnets förnamn (Barnet)</span>' in page


def test_before_sending_at_night_the_page_says_when_it_is_read(elsa: Reporter, clock: HandClock, house: House) -> None:
    draft = elsa.write()
    clock.advance(timedelta(hours=12))

    page = Reporter(house).get(f"/anmal/utkast/{draft}/kontrollera").text

    assert "Nu har vi stängt. Det du skickar läses tisdag" in page


def test_a_draft_changed_in_another_window_is_shown_again_before_it_is_sent(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    checked = elsa.check(draft)
    elsa.answer(draft, "vem", child_given_name="Alex")

    answer = elsa.post(f"/anmal/utkast/{draft}/skicka", checked)

    assert answer.status_code == 303
    assert "Utkastet har ändrats" in elsa.get(answer.headers["Location"]).text
    assert reports(house) == []


def test_a_draft_begun_with_other_questions_is_looked_through_before_it_is_sent(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    begun = house.drafts.find(DraftId(draft), report_owner(ELSA))
    assert begun is not None
    house.drafts.save(replace(begun, version="0"), begun.answers)

    answer = elsa.send(draft)

    assert "Frågorna har ändrats sedan du började." in elsa.get(answer.headers["Location"]).text
    assert reports(house) == []
    assert elsa.send(draft).headers["Location"].startswith("/anmal/kvitto/")


# ── Once ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_report_sent_again_gives_the_same_receipt(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    fields = elsa.check(draft)

    first, again = (elsa.post(f"/anmal/utkast/{draft}/skicka", fields) for _ in range(2))

    assert first.headers["Location"] == again.headers["Location"]
    assert len(reports(house)) == 1


def test_eight_parallel_sends_give_one_receipt(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    fields = elsa.check(draft)

    def send(browser: Reporter) -> tuple[int, str]:
        answer = browser.post(f"/anmal/utkast/{draft}/skicka", fields)
        return answer.status_code, answer.headers.get("Location", "")

    token = elsa.pages.get_cookie("session")
    assert token is not None
    browsers = [Reporter(house, None) for _ in range(8)]
    for one in browsers:
        one.pages.set_cookie("session", token.value, domain="localhost")
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, browsers))

    assert len(answers) == 1
    assert len(reports(house)) == 1


def test_an_answer_lost_after_the_commit_still_gives_the_receipt(
    elsa: Reporter, house: House, store: FaultyStore
) -> None:
    draft = elsa.write()
    fields = elsa.check(draft)
    store.fail_commits_after(1)

    answer = elsa.post(f"/anmal/utkast/{draft}/skicka", fields)

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/anmal/kvitto/{reports(house)[0].id}"


def test_when_nothing_can_be_saved_the_page_says_so_with_a_phone_number_and_a_way_to_try_again(
    elsa: Reporter, house: House, store: FaultyStore
) -> None:
    draft = elsa.write()
    fields = elsa.check(draft)
    store.fail_commits_before(1)

    answer = elsa.post(f"/anmal/utkast/{draft}/skicka", fields)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert all(words in answer.text for words in ("Skicka igen", "031-390 06 00", 'name="confirm" value="yes"'))
    assert elsa.post(f"/anmal/utkast/{draft}/skicka", fields).status_code == 303
    assert len(reports(house)) == 1


def test_an_answer_that_could_not_be_saved_comes_back_in_the_page(elsa: Reporter, store: FaultyStore) -> None:
    draft = elsa.begin()
    path = f"/anmal/utkast/{draft}/beskriv"
    fields = {**elsa.fields(path, path), "concern_description": "Kim har blåmärken på armarna."}
    store.fail_commits_before(1)

    answer = elsa.post(path, fields)

    assert answer.status_code == 503
    assert answer.text.count("Kim har blåmärken på armarna.") == 2


def test_an_answer_saved_while_another_page_was_saved_is_kept(elsa: Reporter, store: FaultyStore) -> None:
    draft = elsa.write()
    path = f"/anmal/utkast/{draft}/bakgrund"
    fields = {**elsa.fields(path, path), "why_now": "Det har blivit värre."}
    store.conflict_commits(2)

    assert elsa.post(path, fields).status_code == 303
    assert "Det har blivit värre." in elsa.get(path).text


def test_what_is_typed_after_sending_is_shown_and_can_go_on_as_a_new_report(elsa: Reporter) -> None:
    draft = elsa.write()
    path = f"/anmal/utkast/{draft}/beskriv"
    fields = {**elsa.fields(path, path), "concern_description": "En sak till: Kim sov i klassrummet."}
    elsa.send(draft)

    late = elsa.post(path, fields)

    assert late.status_code == 409
    assert "En sak till: Kim sov i klassrummet." in late.text
    added = elsa.post("/anmal/tillagg/beskriv", fields)
    assert "En sak till" in elsa.get(added.headers["Location"]).text
    assert elsa.draft_in(added) != draft


def test_after_sending_only_what_differs_from_the_report_is_shown(elsa: Reporter) -> None:
    draft = elsa.begin()
    elsa.answer(draft, "vem", child_given_name="Kim", child_family_name="Exempel", child_person_id="197701172392")
    elsa.answer(draft, "beskriv", concern_description="Kim har blåmärken\r\noch vill inte gå hem.")
    elsa.answer(draft, "bakgrund", why_now="Det har blivit värre efter jul.")
    pages = {slug: f"/anmal/utkast/{draft}/{slug}" for slug in ("beskriv", "bakgrund")}
    fields = {slug: elsa.fields(path, path) for slug, path in pages.items()}
    elsa.send(draft)

    same = elsa.post(pages["beskriv"], fields["beskriv"])
    other = elsa.post(pages["bakgrund"], {**fields["bakgrund"], "effect_on_child": "Kim sover dåligt och är rädd."})

    assert (same.status_code, "kom inte med" in same.text) == (409, False)
    (shown,) = re.findall(r'class="tf-paper".*?</section>', other.text, re.DOTALL)
    assert "Kim sover dåligt och är rädd." in shown
    assert "Det har blivit värre efter jul." not in shown
    assert 'name="why_now" value="Det har blivit värre efter jul."' in other.text


def test_a_page_that_does_not_exist_of_a_report_that_was_sent_is_no_fault(elsa: Reporter) -> None:
    draft = elsa.write()
    fields = elsa.fields(f"/anmal/utkast/{draft}/beskriv", f"/anmal/utkast/{draft}/beskriv")
    elsa.send(draft)

    assert elsa.post(f"/anmal/utkast/{draft}/finns-inte", fields).status_code == 409


def test_the_page_of_a_draft_that_was_sent_leads_to_the_receipt(elsa: Reporter) -> None:
    draft = elsa.write()
    receipt = elsa.send(draft).headers["Location"]

    assert f'href="{receipt}"' in elsa.get(f"/anmal/utkast/{draft}/vem").text


def test_a_post_after_the_login_ended_is_kept_for_the_same_person_only(
    elsa: Reporter, house: House, clock: HandClock
) -> None:
    draft = elsa.begin()
    path = f"/anmal/utkast/{draft}/beskriv"
    fields = {**elsa.fields(path, path), "concern_description": "Kim har blåmärken på armarna."}
    clock.advance(timedelta(minutes=16))

    assert elsa.post(path, fields).headers["Location"].startswith("/logga-in")
    elsa.log_in(CIA)
    assert "blåmärken" not in elsa.get(path).text
    elsa.log_in(ELSA)
    assert "Kim har blåmärken på armarna." in elsa.get(path).text


def test_a_sending_costs_at_most_twelve_writes_and_four_reads(elsa: Reporter, house: House) -> None:
    draft = elsa.write()
    fields = elsa.check(draft)
    house.store.clear()  # type: ignore[attr-defined]

    elsa.post(f"/anmal/utkast/{draft}/skicka", fields)

    cost = house.store.cost(without={"sessions", "day_keys"})  # type: ignore[attr-defined]
    assert cost.writes <= 12
    assert cost.reads <= 4
