"""A meeting is reminded of once, the day before, where the person has said it is safe; and never when it is off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from shared.domain import calendar
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.meeting_messages import TOO_LATE
from shared.domain.ids import ItemId, StaffId
from shared.domain.message_texts import when
from shared.domain.messages import Message, Reason, State, Template
from shared.ports.alarms import Wake
from shared.ports.notices import NotTaken
from shared.ports.store import Unavailable
from shared.records.sending import Backlog
from tests.adapters.faulty_store import FaultyStore
from tests.meetings import hold, room, sent, staff, town
from tests.people import ANNA
from tests.records.outgoing_post import Post
from tests.safe_ways import EMAIL, KEEPERS, ME, MINE, SMS, keeper, prove, with_codes
from tests.towns import TOWN

DAY = date(2026, 11, 5)
NINE = calendar.at(DAY, time(9))
LATER = calendar.at(date(2026, 11, 6), time(9))
HOUR = timedelta(hours=1)


@pytest.fixture(params=KEEPERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FaultyStore]:
    with keeper(request.param, tmp_path) as kept:
        yield kept


@pytest.fixture
def post(store: FaultyStore) -> Post:
    quiet = replace(TOWN.staff[StaffId("anna.exempel")], email="", phone="")
    made = with_codes(Post(store, replace(TOWN, staff={**TOWN.staff, quiet.id: quiet})))  # nothing leaves to staff
    made.house.offer = town(staff("anna.exempel"), room(), ahead=60)
    return made


def booked(post: Post, start: datetime = NINE) -> ItemId:
    """A call with Anna; its id."""
    id = hold(post.house, ME, start, MeetingForm.PHONE)
    post.house.meetings.confirm(ME, id, sent(ME))
    return id


def until(post: Post, at: datetime) -> None:
    """Time goes by to this instant, and alarms ring."""
    post.pass_time(at - post.clock.now(), every=timedelta(minutes=10))


def reminders(post: Post) -> list[Message]:
    return [one for one in post.messages if one.template is Template.REMIND]


def test_the_person_is_reminded_once_the_day_before_in_words_that_say_when_and_nothing_more(post: Post) -> None:
    prove(post)
    booked(post)
    until(post, NINE - timedelta(hours=24, minutes=20))
    assert post.email.taken == []
    until(post, NINE + HOUR)
    (out,) = post.email.taken
    assert (out.to, out.subject) == (MINE[EMAIL], "Du har en tid")
    assert (
        out.text
        == "Du har en tid på torsdag kl. 09.00. Logga in på localhost:8080 med e-legitimation om du vill se mer."
    )
    assert [one.state for one in reminders(post)] == [State.SENT]


def test_who_has_no_safe_channel_is_not_reminded_and_nobody_is_troubled(post: Post) -> None:
    booked(post)
    until(post, NINE + HOUR)
    (one,) = reminders(post)
    assert (one.state, one.reason, one.troubled) == (State.DROPPED, Reason.NOT_SAFE, False)
    assert (post.email.taken, post.sms.taken) == ([], [])


def test_a_channel_that_is_proved_after_the_booking_is_used_and_one_that_is_taken_away_is_not(post: Post) -> None:
    booked(post)
    prove(post, SMS)
    booked(post, LATER)
    until(post, NINE - HOUR)
    assert [one.to for one in post.sms.taken] == [MINE[SMS]]
    post.house.safe_channels.take_away(ME, SMS)
    until(post, LATER)
    assert len(post.sms.taken) == 1


def test_a_moved_meeting_is_reminded_of_at_its_new_time_alone(post: Post) -> None:
    prove(post)
    id = booked(post)
    post.house.meetings.move(ME, id, LATER, sent(ME))
    until(post, LATER + HOUR)
    (out,) = post.email.taken
    assert "fredag kl. 09.00" in out.text
    assert sorted(one.state for one in reminders(post)) == [State.DROPPED, State.SENT]


def test_a_meeting_that_is_moved_back_is_reminded_of_once_at_its_first_time(post: Post) -> None:
    prove(post)
    id = booked(post)
    post.house.meetings.move(ME, id, LATER, sent(ME))
    post.house.meetings.move(ME, id, NINE, sent(ME))
    until(post, LATER + HOUR)
    (out,) = post.email.taken
    assert "torsdag kl. 09.00" in out.text


@pytest.mark.parametrize("by_staff", [True, False])
def test_a_cancelled_meeting_is_not_reminded_of(post: Post, by_staff: bool) -> None:
    prove(post)
    id = booked(post)
    if by_staff:
        post.house.staff_meetings.call_off(ANNA, id, ("Sjuk", "Inställt"), sent(ANNA))
    else:
        post.house.meetings.cancel(ME, id, "", sent(ME))
    until(post, NINE + HOUR)
    assert [one.state for one in reminders(post)] == [State.DROPPED]
    said = [one.text for one in post.email.taken]
    off = "En tid som du har bokat är inställd. Logga in på localhost:8080 med e-legitimation."
    assert said == ([off] if by_staff else [])


def test_staff_who_cancel_for_somebody_without_a_safe_channel_send_nothing(post: Post) -> None:
    id = booked(post)
    found = post.house.staff_meetings.find(ANNA, id)
    assert found is not None
    assert post.house.staff_meetings.reachable(found) is False
    post.house.staff_meetings.call_off(ANNA, id, ("Sjuk", "Inställt"), sent(ANNA))
    until(post, NINE + HOUR)
    assert (post.email.taken, post.sms.taken) == ([], [])
    assert [one.template for one in post.messages if one.template is Template.OFF] == []


def test_what_is_cancelled_stands_among_the_persons_own_meetings_until_it_would_have_been(post: Post) -> None:
    id = booked(post)
    post.house.staff_meetings.call_off(ANNA, id, ("Sjuk", "Inställt"), sent(ANNA))
    assert [(one.id, one.cancelled) for one in post.house.meetings.off(ME)] == [(id, True)]
    assert post.house.meetings.ahead(ME) == []


def test_a_gateway_that_is_down_for_an_hour_makes_the_reminder_late_and_no_more(post: Post) -> None:
    prove(post)
    booked(post)
    until(post, NINE - timedelta(hours=24, minutes=10))
    post.email.always = NotTaken("down")
    until(post, NINE - timedelta(hours=23))
    assert post.email.taken == []
    post.email.always = None
    until(post, NINE)
    assert len(post.email.taken) == 1


def test_a_reminder_that_could_not_be_sent_in_time_is_for_the_lead_to_see(post: Post) -> None:
    prove(post)
    id = booked(post)
    post.email.always = NotTaken("down")
    until(post, NINE - TOO_LATE + timedelta(hours=2))
    (one,) = reminders(post)
    assert (one.state, one.reason, str(one.case), one.troubled) == (State.DEAD, Reason.TOO_LATE, str(id), True)


def test_nobody_is_disturbed_at_night(post: Post) -> None:
    prove(post)
    post.house.offer = town(staff("anna.exempel"), room(), ahead=60, lead=0)
    early = calendar.at(DAY, time(9))
    booked(post, early)
    (one,) = reminders(post)
    assert calendar.local(one.not_before).time() >= time(7)


def test_who_books_for_the_day_after_is_not_reminded_at_once(post: Post) -> None:
    prove(post)
    post.house.offer = town(staff("anna.exempel"), room(), ahead=60, lead=0)
    booked(post, calendar.at(date(2026, 11, 3), time(10)))
    assert reminders(post) == []


def test_a_held_time_is_not_reminded_of(post: Post) -> None:
    prove(post)
    hold(post.house, ME, NINE, MeetingForm.PHONE)
    until(post, NINE)
    assert post.email.taken == []


def test_a_reminder_weeks_ahead_waits_for_nobody_and_its_alarm_hops(post: Post) -> None:
    prove(post)
    far = calendar.at(date(2026, 12, 17), time(9))
    booked(post, far)
    post.pass_time(timedelta(minutes=2))
    assert post.sending.backlog() == Backlog(0, None)
    wakes: list[Wake] = [one for one in post.alarms.wakes.values() if one.at > post.clock.now()]
    assert max(one.at for one in wakes) - post.clock.now() <= timedelta(days=25)
    post.pass_time(far - post.clock.now(), every=timedelta(hours=1))
    assert len(post.email.taken) == 1


def test_a_confirmation_whose_answer_is_lost_is_reminded_of_once(post: Post, store: FaultyStore) -> None:
    prove(post)
    id = hold(post.house, ME, NINE, MeetingForm.PHONE)
    once = sent(ME)
    store.fail_commits_after(1)
    try:
        post.house.meetings.confirm(ME, id, once)
    except Unavailable:
        post.house.meetings.confirm(ME, id, once)
    post.clock.at = NINE - timedelta(hours=23)
    post.sending.sweep()
    until(post, NINE)
    assert len(post.email.taken) == 1


def test_a_mistake_of_an_hour_when_the_clocks_change_is_not_made() -> None:
    assert when(datetime(2026, 10, 25, 8, tzinfo=UTC), "sv") == "söndag kl. 09.00"
    assert when(datetime(2026, 10, 24, 7, tzinfo=UTC), "en") == "Saturday at 09.00"
