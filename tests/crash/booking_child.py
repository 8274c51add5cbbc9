"""A process that books, moves and cancels until it is killed; each meeting it was promised is a line on its output."""

import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from shared.adapters.sqlite_store import SqliteStore
from shared.domain import calendar
from shared.domain.booking.bookings import SlotTaken
from tests.meetings import ADVICE, book, meeting_house, room, sent, somebody, staff, town

_DAY: Final = date(2026, 11, 4)


def main(path: str, turn: int) -> None:
    """Work on the store at the path; people of another turn are other people."""
    store, keys = SqliteStore(Path(path)), SqliteStore(Path(path).with_name("keys.db"))
    offer = town(staff(), staff("maja"), room(), room("linden"), ahead=60)
    house = meeting_house(store, offer, keyed=keys)
    for number in count():
        me = somebody(turn * 100_000 + number)
        meeting = house.offer.meetings[ADVICE]
        free = house.meetings.free(meeting, meeting.forms[0], (_DAY, _DAY + timedelta(days=50)))
        try:
            id = book(house, me, free[number % len(free)].start)
            if number % 3 == 1:
                house.meetings.move(me, id, free[(number + 7) % len(free)].start, sent(me))
            if number % 2:
                house.meetings.cancel(me, id, "", sent(me))
        except SlotTaken:
            continue
        sys.stdout.write(f"{'cancelled' if number % 2 else 'confirmed'} {id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    assert calendar.is_working_day(_DAY)
    main(sys.argv[1], int(sys.argv[2]))
