"""The queue: what is late first, the unassigned first in each group, and no child's name."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.app import House, use
from tests.functions.browser import without_tokens
from tests.functions.staff_browser import Desk, assessed, at, reported, taken
from tests.houses import HandClock, demo_house
from tests.people import MARIA, SAMIR


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


def test_the_workplace_begins_with_the_queue(house: House) -> None:
    assert Desk(house).get("/arbete").headers["Location"] == "/arbete/ko"


def test_an_empty_queue_is_good_news(house: House) -> None:
    assert "Inget att göra i dag. Kön är tom." in Desk(house).get("/arbete/ko").text


def test_a_new_report_stands_in_the_queue_with_its_clocks_and_without_names(house: House) -> None:
    case = reported(house)
    page = Desk(house).get("/arbete/ko").text

    assert f'href="{at(case)}"' in page
    assert "I dag 24.00" in page
    assert "dag 0 av 14" in page
    assert "Kim" not in without_tokens(page)
    assert "1977" not in page


def test_what_is_late_comes_first_and_is_said_in_words(house: House, clock: HandClock) -> None:
    late = reported(house)
    clock.advance(timedelta(days=1))
    new = reported(house)
    page = Desk(house).get("/arbete/ko").text

    assert page.index(late) < page.index(new)
    assert "Försenad 10 tim" in page


def test_a_case_is_taken_from_the_queue_and_then_has_its_caseworker(house: House) -> None:
    case = reported(house)
    anna = Desk(house)

    answer = anna.post(f"{at(case)}/ta", anna.fields("/arbete/ko", f"{at(case)}/ta"))

    assert answer.headers["Location"] == at(case)
    assert anna.case(case).assignee == "anna.exempel"
    assert f"{at(case)}/ta" not in anna.get("/arbete/ko").text


def test_the_queue_can_be_narrowed_and_says_when_nothing_matches(house: House) -> None:
    case = taken(house)

    assert case in Desk(house).get("/arbete/ko?visa=mine").text
    samirs = Desk(house, SAMIR).get("/arbete/ko?visa=mine").text
    assert case not in samirs
    assert "Inga ärenden matchar urvalet." in samirs


@pytest.mark.parametrize("query", ["visa=allt", "grupp=snart", "efter=x", "efter=9."])
def test_an_address_that_no_page_of_ours_links_to_is_not_found(house: House, query: str) -> None:
    assert Desk(house).get(f"/arbete/ko?{query}").status_code == 404


def test_page_after_page_shows_every_case_once(house: House) -> None:
    cases = {reported(house) for _ in range(27)}
    anna, seen, path = Desk(house), [], "/arbete/ko"
    while path:
        page = anna.get(path).text
        seen += [case for case in cases if f'href="{at(case)}"' in page]
        path = next(
            (part.partition('"')[0] for part in page.split('href="') if part.startswith("/arbete/ko?efter")), ""
        )

    assert sorted(seen) == sorted(cases)


def test_the_queue_costs_at_most_thirty_two_reads_and_writes_nothing(house: House) -> None:
    for _ in range(30):
        reported(house)
    anna = Desk(house)
    anna.get("/arbete/ko")
    house.store.clear()  # type: ignore[attr-defined]

    anna.get("/arbete/ko")

    cost = house.store.cost(without=("sessions",))  # type: ignore[attr-defined]
    assert cost.reads <= 32
    assert cost.writes == 0


def test_a_case_with_its_decision_ahead_waits_under_later(house: House) -> None:
    assessed(house)

    assert "Senare" in Desk(house, MARIA).get("/arbete/ko").text
