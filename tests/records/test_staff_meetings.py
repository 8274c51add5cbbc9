"""Staff see what is booked with them, the lead sees the unit's, and whatever names a person is written down."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from shared.adapters.sqlite_store import SqliteStore
from shared.app import House
from shared.domain import calendar
from shared.domain.booking.bookings import Attendance, MeetingOver, NotYetOver, State
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.resources import Span
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.domain.principals import Principal
from shared.domain.queries import BOOKING_TRAIL, CASE_DISCLOSURES
from shared.ports.store import NotFound
from shared.records.trail import verify
from tests.directories import RONJA
from tests.meetings import ADVICE, book, hold, meeting_house, room, sent, somebody, staff, town
from tests.people import ANNA, ELSA, MARIA, SAMIR, STRANGER

DAY = date(2026, 11, 4)
NINE = calendar.at(DAY, time(9))
SPAN = Span(calendar.start_of_day(DAY), calendar.end_of_day(DAY))
ME = somebody()
OUTSIDERS = (SAMIR, STRANGER, RONJA, ELSA, ME, replace(ANNA, roles=frozenset()))


def annas_house(store: SqliteStore | None = None) -> House:
    """Meetings are with Anna alone."""
    return meeting_house(store, town(staff("anna.exempel"), room()))


def anna(house: House) -> Staff:
    return house.municipality.staff[StaffId("anna.exempel")]


def shown(house: House, id: str) -> list[tuple[object, object]]:
    """Who has been shown what of the meeting, newest first."""
    found = house.store.query(CASE_DISCLOSURES, {"case": id}, limit=25).documents
    return [(one.fields["actor"], one.fields["what"]) for one in found]


@pytest.mark.parametrize("who", [ANNA, MARIA])
def test_who_holds_the_meeting_and_the_lead_see_it_and_every_opening_is_logged(who: Principal) -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    assert [one.id for one in house.staff_meetings.of(who, anna(house), SPAN)] == [id]
    assert shown(house, id) == []
    opened = house.staff_meetings.open(who, id)
    assert opened is not None
    assert (opened.name, opened.form) == ("Tolvan Exempel", MeetingForm.VISIT)
    assert shown(house, id) == [(who.staff, "meeting")]
    assert [one.name for one in house.staff_meetings.opened(who, anna(house), SPAN)] == ["Tolvan Exempel"]
    assert sorted(shown(house, id)) == [(who.staff, "meeting"), (who.staff, "meeting_list")]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_for_others_the_meeting_does_not_exist_and_nothing_is_logged(who: Principal) -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    assert house.staff_meetings.open(who, id) is None
    for look in (house.staff_meetings.of, house.staff_meetings.opened, house.staff_meetings.affected):
        with pytest.raises(NotAllowed):
            look(who, anna(house), SPAN)
    with pytest.raises(NotFound):
        house.staff_meetings.call_off(who, id, ("Sjuk", "Inställt"), sent(who))
    with pytest.raises(NotFound):
        house.staff_meetings.attended(who, id, Attendance.CAME, sent(who))
    assert shown(house, id) == []


@pytest.mark.parametrize("who", [ANNA, SAMIR, RONJA, ELSA, replace(STRANGER)])
def test_the_units_meetings_are_for_its_lead(who: Principal) -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    assert [one.id for one in house.staff_meetings.of_unit(MARIA, SPAN)] == [id]
    with pytest.raises(NotAllowed):
        house.staff_meetings.of_unit(who, SPAN)


def test_a_time_that_is_only_held_is_nobody_elses_business_yet() -> None:
    house = annas_house()
    id = hold(house, ME, NINE)
    assert house.staff_meetings.of_unit(MARIA, SPAN) == []
    assert house.staff_meetings.open(ANNA, id) is None


def test_staff_cancel_and_the_person_reads_what_was_written_for_them_and_the_time_is_free() -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    house.staff_meetings.call_off(ANNA, id, ("Jag är sjuk", "Vi ställer in."), sent(ANNA))
    mine = house.meetings.open(ME, id)
    assert mine is not None
    assert (mine.state, mine.told) == (State.CANCELLED, "Vi ställer in.")
    meeting = house.offer.meetings[ADVICE]
    assert NINE in [one.start for one in house.meetings.free(meeting, MeetingForm.VISIT, (DAY, DAY))]
    assert [one.cancelled for one in house.staff_meetings.of(ANNA, anna(house), SPAN)] == [True]
    with pytest.raises(MeetingOver):
        house.staff_meetings.call_off(ANNA, id, ("Igen", "Igen"), sent(ANNA))


def test_whether_the_person_came_is_said_once_the_meeting_has_begun_and_the_last_word_counts() -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    with pytest.raises(NotYetOver):
        house.staff_meetings.attended(ANNA, id, Attendance.MISSED, sent(ANNA))
    house.clock.at = NINE  # type: ignore[attr-defined]
    house.staff_meetings.attended(ANNA, id, Attendance.MISSED, sent(ANNA))
    house.staff_meetings.attended(MARIA, id, Attendance.CAME, sent(MARIA))
    found = house.staff_meetings.find(ANNA, id)
    assert found is not None
    assert found.attendance is Attendance.CAME
    trail = house.store.query(BOOKING_TRAIL, {"booking": id}, limit=10).documents
    assert [one.fields["action"] for one in trail][2:] == ["meeting_missed", "meeting_held_with"]
    row = house.store.get("bookings", id)
    assert row is not None
    assert verify(trail, str(row.fields["audit_head"]))
    assert not any(word in repr(row) for word in ("missed", "came"))


def test_when_both_cancel_at_once_one_of_them_does_it_and_the_other_is_told(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.db")
    house = annas_house(store)
    for number in range(6):
        me = somebody(number)
        id = book(house, me, NINE + timedelta(days=number % 3))
        gate = Barrier(2)

        def act(number: int, me: Principal = me, id: object = id, gate: Barrier = gate) -> str:
            gate.wait()
            try:
                if number:
                    house.meetings.cancel(me, id, "Jag", sent(me))  # type: ignore[arg-type]
                else:
                    house.staff_meetings.call_off(ANNA, id, ("Vi", "Vi"), sent(ANNA))  # type: ignore[arg-type]
            except MeetingOver as over:
                return over.code
            return "done"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(act, range(2))) == ["done", "meeting_over"]
        assert store.get("bookings", id).fields["audit_number"] == 3  # type: ignore[union-attr]
    store.close()


def test_a_meeting_whose_key_is_erased_is_not_listed_with_a_name() -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    found = house.staff_meetings.find(ANNA, id)
    assert found is not None
    house.kept.ring.erase(found.key)
    assert house.staff_meetings.opened(ANNA, anna(house), SPAN) == []
    assert house.staff_meetings.open(ANNA, id) is None


def test_many_meetings_are_all_listed() -> None:
    house = meeting_house(offer=town(staff("anna.exempel"), length=15, buffer=0, every=15, ahead=200))
    start: datetime = NINE
    for number in range(12):
        book(house, somebody(number), start + timedelta(minutes=15 * number), MeetingForm.PHONE)
    assert len(house.staff_meetings.of_unit(MARIA, SPAN)) == 12
