"""Somebody with very many drafts is shown them, and loses nothing."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.records.drafts import MOST
from tests.functions.browser import Forms
from tests.functions.reporter_browser import Reporter
from tests.houses import demo_house

ADD = "/anmal/tillagg/beskriv"
WRITTEN = "Kim berättade i dag att det har hänt igen."


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


def form_in(answer: TestResponse) -> dict[str, list[str]]:
    """What the page keeps of what was typed."""
    forms = Forms()
    forms.feed(answer.text)
    return forms.found[ADD]


def test_one_draft_too_many_is_not_begun_and_all_that_there_are_are_shown(elsa: Reporter) -> None:
    drafts = [elsa.begin() for _ in range(MOST)]

    answer = elsa.post("/anmal/utkast", elsa.fields("/anmal", "/anmal/utkast"))

    assert answer.status_code == 409
    assert "Du har redan 20 utkast" in answer.text
    assert all(f'/anmal/utkast/{draft}"' in answer.text for draft in drafts)
    assert "/anmal/tillagg" not in answer.text


def test_the_last_draft_begun_twice_is_one_and_no_refusal(elsa: Reporter) -> None:
    for _ in range(MOST - 1):
        elsa.begin()
    fields = elsa.fields("/anmal", "/anmal/utkast")

    answers = [elsa.post("/anmal/utkast", fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_what_was_typed_is_kept_in_the_page_until_there_is_room_for_it(elsa: Reporter) -> None:
    sent = elsa.write()
    page = f"/anmal/utkast/{sent}/beskriv"
    late = {**elsa.fields(page, page), "concern_description": WRITTEN}
    elsa.send(sent)
    drafts = [elsa.begin() for _ in range(MOST)]
    told = elsa.post(page, late)

    refused = elsa.post(ADD, form_in(told))
    removal = f"/anmal/utkast/{drafts[0]}/ta-bort"
    elsa.post(removal, elsa.fields(removal))
    done = elsa.post(ADD, form_in(refused))

    assert [answer.status_code for answer in (told, refused, done)] == [409, 409, 303]
    assert WRITTEN in elsa.get(done.headers["Location"]).text


def test_of_many_drafts_the_newest_are_shown_whole_and_every_one_can_be_reached(elsa: Reporter) -> None:
    drafts = [elsa.begin() for _ in range(MOST)]
    shown = elsa.get("/anmal/mina").text

    assert all(f'href="/anmal/utkast/{draft}"' in shown for draft in drafts)
    assert shown.count("Finns kvar till och med") == 3
