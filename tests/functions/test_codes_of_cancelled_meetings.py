"""A code whose meeting has been cancelled: it tells that, and no page from before books, moves or confirms anything."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.booking.bookings import State
from shared.domain.queries import BOOKINGS_OF_PERSON
from tests.functions.letter_desk import loves_case
from tests.functions.staff_browser import Desk
from tests.houses import demo_house
from tests.invitations import DOOR, Guest, invite, starts
from tests.registers import MOTHER


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as made:
        yield made


def standing_meetings(house: House) -> list[str]:
    """What is held or booked for the person."""
    person = str(house.cipher.index("person", MOTHER))
    found = [
        house.store.query(BOOKINGS_OF_PERSON, {"person": person, "state": state.value}, limit=10).documents
        for state in (State.HELD, State.CONFIRMED)
    ]
    return [one.id for page in found for one in page]


@pytest.mark.parametrize("by", ["the person", "staff"])
def test_no_page_from_before_does_anything_once_the_meeting_is_cancelled(house: House, by: str) -> None:
    invitation = invite(Desk(house), loves_case(house))
    times = f"{DOOR}/mote/phone"
    early = Guest(house).opened(invitation)
    choosing, start = early.fields(times, times), starts(early.get(times))[3]
    inside = Guest(house).opened(invitation)
    meeting = inside.book()
    move, off = f"/boka/tid/{meeting}/flytta", f"/boka/tid/{meeting}/avboka"
    moving, later = early.fields(move, move), starts(early.get(move))[-1]
    again = early.fields(off)
    if by == "staff":
        page = f"/arbete/moten/{meeting}/avboka"
        anna = Desk(house)
        assert anna.post(page, {**anna.fields(page), "told": "Jag är sjuk.", "reason": "Sjuk"}).status_code == 303
    else:
        assert inside.answer(meeting, "avboka", reason="").status_code == 303

    for path, fields in ((times, {**choosing, "start": start}), (move, {**moving, "start": later}), (off, again)):
        answer = early.post(path, fields)
        assert answer.status_code in {303, 404, 409}, path
    assert standing_meetings(house) == []
    booking = house.store.get("bookings", meeting)
    assert booking is not None
    assert booking.fields["state"] == State.CANCELLED.value
    assert Guest(house).opened(invitation).get(f"{DOOR}/mote").headers["Location"].endswith(meeting)
