"""Meetings in the chronologies: the own in the own file, those with the unit in the case, and every showing logged."""

from datetime import date, timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.booking.bookings import TOLD_OF, Attendance, BookingAction
from shared.domain.booking.invitations import Terms
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.calendar import local_date
from shared.domain.cases import CasePerson
from shared.domain.ids import CaseId, ItemId, UnitId
from shared.domain.inviting import Post
from shared.domain.letters import Addressed, How, LetterKind
from shared.domain.principals import Principal
from shared.domain.queries import CASE_DISCLOSURES
from shared.ports.store import Document, Store, Unavailable
from shared.records.inviting import Wanted
from shared.records.own_file import OwnNote
from shared.records.told_meetings import ToldMeeting
from tests.adapters.faulty_store import FaultyStore
from tests.functions.inbox_browser import resident
from tests.houses import HandClock, demo_house
from tests.letters import draft_in, named, text
from tests.meetings import book, meeting_house, sent, times, town
from tests.own_files import NAME, NUMBER, RELEASE, knowing, noted, nova, novas_case
from tests.people import ANNA, MARIA
from tests.records.reports import Forms
from tests.records.test_letters import annas_case

DAY = date(2026, 11, 4)


def told(house: House, who: Principal | None = None) -> list[ToldMeeting]:
    page = house.own_file.page(who or nova(house))
    return [one for one in page.entries if isinstance(one, ToldMeeting)]


def in_the_case(house: House, who: Principal = ANNA, number: str = NUMBER) -> list[ToldMeeting]:
    page = house.journal.page(who, novas_case(house, number))
    assert page is not None
    return [one.what for one in page.entries if isinstance(one.what, ToldMeeting)]


def booked(house: House, who: Principal | None = None) -> ItemId:
    start = times(house.offer, DAY, house.clock.now())[0]
    return book(house, who or nova(house), start)


def test_a_meeting_is_told_of_from_the_booking_to_whether_the_person_came(store: Store) -> None:
    clock = HandClock()
    house = meeting_house(store, clock=clock)
    knowing(house)
    id = booked(house)
    later = times(house.offer, DAY + timedelta(days=1), clock.now())[0]
    house.meetings.move(nova(house), id, later, sent(nova(house)))
    clock.at = later + timedelta(hours=2)
    vera = house.municipality.staff[next(one for one in house.municipality.staff if one == "vera")]
    holder = Principal(ANNA.kind, staff=vera.id, unit=vera.unit, roles=vera.roles)
    house.staff_meetings.attended(holder, id, Attendance.CAME, sent(holder))

    (own,) = told(house)
    assert [each.what for each in own.history] == [BookingAction.CONFIRMED, BookingAction.MOVED, BookingAction.CAME]
    assert [each.by_staff for each in own.history] == [False, False, True]
    assert (own.id, own.start, own.cancelled) == (id, later, False)
    assert in_the_case(house) == [own]
    assert told(house, resident(house, "191212121212")) == []
    assert in_the_case(house, number="191212121212") == []


def test_a_meeting_that_is_off_stays_and_says_who_called_it_off() -> None:
    house = meeting_house()
    knowing(house)
    id = booked(house)
    house.staff_meetings.call_off(MARIA, id, ("Vera är sjuk", "Vi ställer in."), sent(MARIA))

    (own,) = told(house)
    assert own.cancelled
    assert own.history[-1].by_staff
    assert "sjuk" not in repr(own)


def test_what_is_only_held_is_no_meeting_yet() -> None:
    house = meeting_house()
    knowing(house)
    start = times(house.offer, DAY, house.clock.now())[0]
    what = (house.offer.meetings["samtal"], house.offer.meetings["samtal"].forms[0])
    house.meetings.hold(nova(house), what, start, sent(nova(house)))

    assert told(house) == []


def test_a_case_tells_of_no_meeting_with_another_unit() -> None:
    house = meeting_house(offer=town(unit=UnitId("annan")))
    knowing(house)
    booked(house)

    assert len(told(house)) == 1
    assert in_the_case(house) == []


def test_a_meeting_that_is_moved_again_and_again_remembers_the_booking_and_the_latest() -> None:
    house = meeting_house()
    id = booked(house)
    for number in range(TOLD_OF + 3):
        start = times(house.offer, DAY + timedelta(days=1 + number % 2), house.clock.now())[0]
        house.meetings.move(nova(house), id, start, sent(nova(house), number=number))

    (own,) = told(house)
    assert len(own.history) == TOLD_OF
    assert own.history[0].what is BookingAction.CONFIRMED


@pytest.mark.parametrize("size", [3, 12])
def test_meetings_stand_among_notes_over_all_pages_once_each(store: Store, size: int) -> None:
    house = meeting_house(store)
    knowing(house)
    case = novas_case(house)
    for day in range(1, size):
        noted(house, case, f"Dag {day}.", RELEASE, day)
    id = booked(house)
    cursor: str | None = None
    found: list[object] = []
    while True:
        page = house.own_file.page(nova(house), cursor)
        found += page.entries
        cursor = page.cursor
        if cursor is None:
            break

    assert [one.id for one in found if isinstance(one, ToldMeeting)] == [id]
    assert isinstance(found[0], ToldMeeting), "what is ahead stands first"
    assert sum(isinstance(one, OwnNote) for one in found) == size - 1


def test_the_child_of_a_report_without_a_number_has_no_meetings_there() -> None:
    house = meeting_house()
    booked(house, resident(house, ""))

    assert CasePerson(name=NAME).number == ""
    assert in_the_case(house, number="") == []


def test_a_page_with_meetings_writes_one_entry_that_names_them_and_nothing_is_shown_without_it() -> None:
    house = meeting_house(faulty := FaultyStore(MemoryStore()))
    knowing(house)
    case = novas_case(house)
    noted(house, case, "Mamma ringde.", RELEASE)
    id = booked(house)
    before = len(entries(house, case))
    house.own_file.page(nova(house))

    assert [one.fields["reason"] for one in entries(house, case)[: -before or None]] == [id]
    faulty.fail_commits_before(9)
    with pytest.raises(Unavailable):
        house.own_file.page(nova(house))


def test_a_meeting_that_somebody_else_was_invited_to_stands_in_the_case_and_says_that_staff_booked_it() -> None:
    house = demo_house()
    case = annas_case(house)
    today = local_date(house.clock.now())
    terms = Terms("radgivning", ("anna.exempel",), (MeetingForm.PHONE,), today, today + timedelta(days=28))
    start = house.inviting.free(terms)[0].start
    post = Post(Addressed(named(), text(LetterKind.MEETING_INVITATION)), How.PRINT, "")
    draft = draft_in(house, case, LetterKind.MEETING_INVITATION)
    house.inviting.invite(ANNA, case, Wanted(terms, start), post, submission=Forms(ANNA).new(), draft=draft)
    page = house.journal.page(ANNA, case)

    assert page is not None
    (one,) = [entry.what for entry in page.entries if isinstance(entry.what, ToldMeeting)]
    assert (one.start, [each.by_staff for each in one.history]) == (start, [True])


def entries(house: House, case: CaseId) -> list[Document]:
    """What the log says of the case, newest first."""
    return list(house.store.query(CASE_DISCLOSURES, {"case": case}, limit=50).documents)
