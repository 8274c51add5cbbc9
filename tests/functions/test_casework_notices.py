"""What staff are told by itself: warnings about clocks, acute reports, and a sweep that has stopped."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.casework.notice_pages import TITLES
from shared.app import House, use
from shared.domain.deadlines import OVERDUE
from shared.domain.ids import CaseId, NoticeId
from shared.domain.notices import Notice, NoticeKind
from shared.records.item_rows import notice_row
from tests.functions.browser import without_tokens
from tests.functions.staff_browser import Desk, at, reported
from tests.houses import HandClock, demo_house
from tests.people import MARIA, MONDAY, SAMIR, UNIT


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


def test_there_is_nothing_to_tell_at_first(house: House) -> None:
    assert "Inga notiser." in Desk(house).get("/arbete/notiser").text


def test_the_lead_is_told_of_a_case_nobody_has_taken_and_can_mark_it_read(house: House, clock: HandClock) -> None:
    case = reported(house)
    clock.advance(timedelta(hours=5))
    house.sweep.run()
    maria = Desk(house, MARIA)
    page = maria.get("/arbete/notiser").text

    assert "Ingen har tagit ärendet än" in page
    assert f'href="{at(case)}"' in page
    assert "Kim" not in without_tokens(page)
    assert "Ingen har tagit" not in Desk(house, SAMIR).get("/arbete/notiser").text

    address = page.partition('action="/arbete/notiser/')[2].partition('"')[0]
    form = maria.fields("/arbete/notiser", f"/arbete/notiser/{address}")
    assert [maria.post(f"/arbete/notiser/{address}", form).status_code for _ in range(2)] == [303, 303]
    assert "Läst" in maria.get("/arbete/notiser").text


@pytest.mark.parametrize(("told", "said"), [(24, False), (25, True)])
def test_only_a_full_page_of_notices_says_that_there_may_be_more(house: House, told: int, said: bool) -> None:
    for number in range(told):
        notice = Notice(
            NoticeId(f"{number:032}"), 0, UNIT, MONDAY, NoticeKind.DEADLINE, CaseId("c" * 32),
            staff=SAMIR.staff, deadline="forhandsbedomning", warning=OVERDUE,
        )  # fmt: skip
        house.store.commit([notice_row(notice).write(None)])  # type: ignore[arg-type] # nothing of it is sealed

    assert ("De 25 senaste visas." in Desk(house, SAMIR).get("/arbete/notiser").text) is said


def test_who_may_not_see_a_page_of_the_desk_is_led_back_to_the_desk(house: House) -> None:
    page = Desk(house, SAMIR).get("/arbete/drift")

    assert (page.status_code, "Du har inte rätt att se det här" in page.text) == (403, True)
    assert 'href="/arbete" role="button"' in page.text
    assert "/lamna" not in page.text


def test_a_lead_is_warned_while_nothing_watches_the_clocks(house: House, clock: HandClock) -> None:
    maria = Desk(house, MARIA)
    assert "Fristerna bevakas inte just nu." in maria.get("/arbete/drift").text

    house.sweep.run()
    assert "Fristerna bevakas." in maria.get("/arbete/drift").text

    clock.advance(timedelta(minutes=16))
    assert "Fristerna bevakas inte just nu." in maria.get("/arbete/drift").text


def test_there_are_words_for_every_kind_of_notice() -> None:
    assert set(TITLES) | {NoticeKind.DEADLINE} == set(NoticeKind)
