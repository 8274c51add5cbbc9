"""A video meeting to try: booked for one of the test people, its room open soon; and the room, which is none."""

import uuid
from dataclasses import replace
from datetime import time
from typing import Final

from shared.app import House
from shared.demo.eid_people import people
from shared.domain import calendar
from shared.domain.booking.bookings import SlotTaken, TooManyMeetings
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.resources import Hours
from shared.domain.ids import ItemId, PersonIndex, SubmissionId
from shared.domain.principals import Kind, Principal
from shared.records.submissions import Submission

WHO: Final = "karin.lindexempel"
HOLDER: Final = "anna.exempel"
_ALWAYS: Final = tuple(Hours(day, time(), time(23, 45)) for day in range(1, 8))
_WISHES: Final = {
    "interpreter": "yes", "language": "Finska", "interpreter_gender": "any", "interpreter_how": "remote",
    "stranger": "", "needs": [], "needs_text": "", "support_person": "", "phone": "070-174 06 05", "prepare": "",
}  # fmt: skip


def book_now(house: House) -> ItemId | None:
    """Book the next quarter of an hour with Anna for Karin, at any hour; None when there is none to be had today."""
    usual = next((one for one in house.offer.meetings.values() if MeetingForm.VIDEO in one.forms), None)
    if usual is None or HOLDER not in house.offer.resources:
        return None
    holder = replace(house.offer.resources[HOLDER], hours=_ALWAYS, away=())
    soon = replace(usual, lead=0, every=15, staff=(HOLDER,))
    offer = replace(house.offer, meetings={soon.id: soon}, resources={**house.offer.resources, HOLDER: holder})
    desk, now = house.meetings_at(house.places_of(replace(offer, closed=frozenset()))), house.clock.now()
    today = calendar.local_date(now)
    person = people()[WHO]
    who = Principal(
        Kind.RESIDENT, PersonIndex(house.cipher.index("person", person.personnummer)), person.name, assurance=3
    )
    try:
        free = desk.free(soon, MeetingForm.VIDEO, (today, today))
        if not free:
            return None
        held = desk.hold(who, (soon, MeetingForm.VIDEO), free[0].start, _once(who), _WISHES)
        return ItemId(desk.confirm(who, ItemId(held.result), _once(who)).result)
    except (SlotTaken, TooManyMeetings):
        return None


def _once(who: Principal) -> Submission:
    return Submission(str(who.person), SubmissionId(uuid.uuid4().hex), {})
