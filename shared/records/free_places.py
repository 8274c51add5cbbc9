"""Which times can be had, with whom and in which room: asked of the diaries, and of who is there to hold a meeting."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from shared.domain import calendar
from shared.domain.booking import staffing
from shared.domain.booking.bookings import Booking, Place, SlotTaken
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.booking.offer import Free, Offer
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.records.booking_diaries import diaries
from shared.records.vault import Vault


class FreePlaces:
    """`staff` answers who is employed now, by id."""

    def __init__(self, vault: Vault, offer: Offer, staff: Callable[[], Mapping[StaffId, Staff]]) -> None:
        self.offer = offer
        self._store = vault.store
        self._clock = vault.clock
        self._staff = staff

    def free(
        self, meeting: Offered, form: MeetingForm, days: tuple[date, date], apart: Collection[str] = ()
    ) -> list[Free]:
        """What can be booked on these Swedish days, in order; the times of the meetings `apart` count as free.

        Nothing with who has left, works in another unit or is away. One read for each staff member and room that the
        meeting could take.
        """
        now, here = self._clock.now(), staffing.here(meeting, self._staff())
        if not here:
            return []
        meeting = replace(meeting, staff=here)
        found = diaries(self._store, self.offer.needed(meeting, form))
        for one in found.values():
            for id in apart:
                one.strike(id)
        away = staffing.away(here, self._staff())
        taken = {id: diary.taken(now) for id, diary in found.items()}
        taken |= {id: replace(taken[id], spans=[*taken[id].spans, days_off]) for id, days_off in away.items()}
        return self.offer.free_times(meeting, form, taken, days, now)

    def place(
        self, meeting: Offered, form: MeetingForm, start: datetime, booking: Booking, *, apart: Collection[str]
    ) -> Place:
        """Who and which room, at this start: the same as before where they are free, else another; or `SlotTaken`."""
        day = calendar.local_date(start)
        free = next((one for one in self.free(meeting, form, (day, day), apart) if one.start == start), None)
        if free is None:
            raise SlotTaken
        turn = int(booking.id, 16)
        before = booking.place
        end = start + timedelta(minutes=meeting.length)
        return Place(
            start, end, end + timedelta(minutes=meeting.buffer),
            before.staff if before.staff in free.staff else free.staff[turn % len(free.staff)],
            "" if not free.rooms else before.room if before.room in free.rooms else free.rooms[turn % len(free.rooms)],
        )  # fmt: skip

    def still_offered(self, booking: Booking) -> None:
        """Raises `SlotTaken` when what is held is not offered any more: closed, blocked, or nobody is there."""
        meeting, start = self.offer.meetings.get(booking.service), booking.place.start
        if meeting is None:
            raise SlotTaken
        early = replace(meeting, lead=0)  # it was held in time
        day = calendar.local_date(start)
        free = (one for one in self.free(early, booking.form, (day, day), [booking.id]) if one.start == start)
        if not any(booking.place.staff in one.staff and booking.place.room in (one.rooms or ("",)) for one in free):
            raise SlotTaken
