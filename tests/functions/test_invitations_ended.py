"""A code's page that closed by itself leads back to its door, and says what came along and what did not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.app import use
from tests.functions.letter_desk import loves_case
from tests.functions.staff_browser import Desk
from tests.houses import HandClock, demo_house
from tests.invitations import DOOR, Guest, invite

LOST = "Det sista du valde eller skrev kom inte med."


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def guest(clock: HandClock) -> Iterator[Guest]:
    with use(demo_house(clock=clock)) as house:
        yield Guest(house).opened(invite(Desk(house), loves_case(house)))


def test_what_was_pressed_too_late_is_said_to_be_lost(guest: Guest, clock: HandClock) -> None:
    meeting = guest.ready()
    page = f"/boka/tid/{meeting}/kontrollera"
    fields = guest.fields(page)
    clock.advance(timedelta(minutes=16))
    late = guest.post(page, fields).headers["Location"]

    assert LOST in guest.get(late).text
    assert "Det du har bokat finns kvar." in guest.get(late).text


def test_who_only_looked_has_lost_nothing(guest: Guest, clock: HandClock) -> None:
    clock.advance(timedelta(minutes=16))
    door = guest.get(f"{DOOR}/mote").headers["Location"]

    assert "Sidan stängdes" in guest.get(door).text
    assert LOST not in guest.get(door).text
