"""The clock of a supplement on every keeper: one reminder over a safe channel, and staff told when the day is over."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.domain.cases import Case
from shared.domain.deadlines import State
from shared.domain.ids import CaseId
from shared.domain.messages import Channel, Message, Reason, Template
from shared.domain.messages import State as Sent
from shared.domain.queries import DEADLINES_OF_CASE
from shared.domain.supplements import CLOCK
from shared.ports.notices import NotTaken
from shared.ports.store import Unavailable
from shared.records.deadlines import read_deadline
from tests.adapters.faulty_store import FaultyStore
from tests.applications import SARA
from tests.people import ANNA, MARIA
from tests.records.outgoing_post import Post
from tests.safe_ways import KEEPERS, keeper, prove, with_codes
from tests.supplements import LAST_DAY, applied_for, ask, ask_again, asked, own, supply

DAY = timedelta(days=1)


@pytest.fixture(params=KEEPERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FaultyStore]:
    with keeper(request.param, tmp_path) as kept:
        yield kept


@pytest.fixture
def post(store: FaultyStore) -> Post:
    return with_codes(Post(store))


@pytest.fixture
def case(post: Post) -> CaseId:
    return applied_for(post.house)


def standing(post: Post, case: CaseId) -> Case:
    found = post.house.files.case(ANNA, case)
    assert found is not None
    return found


def clocks(post: Post, case: CaseId) -> list[State]:
    """Every deadline of that name that the case ever had, in the order of their days."""
    found = post.house.store.query(DEADLINES_OF_CASE, {"case": case}, limit=25).documents
    return [one.state for one in map(read_deadline, found) if one.name == CLOCK]


def reminders(post: Post) -> list[Message]:
    return [one for one in post.messages if one.template is Template.WAITS]


def test_whoever_is_reachable_is_reminded_once_three_days_before_and_staff_are_not(post: Post, case: CaseId) -> None:
    prove(post, who=SARA)
    ask(post.house, case)
    post.clock.advance(12 * DAY)
    post.ring()
    post.ring()

    assert len(reminders(post)) == 1
    assert "Du har något att göra klart" in post.email.taken[-1].text
    assert not [one for one in post.house.notices.newest(ANNA) if one.deadline == CLOCK]


def test_whoever_has_sent_everything_is_reminded_of_nothing(post: Post, case: CaseId) -> None:
    prove(post, who=SARA)
    supply(post.house, ask(post.house, case), 0, 1)
    post.clock.advance(12 * DAY)
    post.ring()

    assert reminders(post) == []


def test_a_moved_day_moves_the_reminder(post: Post, case: CaseId) -> None:
    prove(post, who=SARA)
    id = ask(post.house, case)
    ask_again(post.house, case, id, {}, last_day=LAST_DAY + 10 * DAY)
    post.clock.advance(12 * DAY)
    post.ring()
    assert reminders(post) == []

    post.clock.advance(10 * DAY)
    post.ring()
    assert len(reminders(post)) == 1
    assert clocks(post, case) == [State.CANCELLED, State.RUNNING]
    assert len(post.house.inbox.page(SARA).letters) == 2


def test_whoever_has_been_asked_with_two_days_left_is_not_reminded_at_once(post: Post, case: CaseId) -> None:
    prove(post, who=SARA)
    ask(post.house, case, asked(last_day=date(2026, 11, 4)))
    post.clock.advance(DAY)
    post.ring()

    assert reminders(post) == []


def test_after_the_last_day_the_caseworker_is_told_once_a_week_and_nothing_else_happens(
    post: Post, case: CaseId
) -> None:
    id = ask(post.house, case)
    before = standing(post, case)
    told: dict[str, set[str]] = {str(ANNA.staff): set(), str(MARIA.staff): set()}
    for _ in range(30):
        post.clock.advance(DAY)
        post.ring()
        for who in (ANNA, MARIA):
            told[str(who.staff)] |= {one.id for one in post.house.notices.newest(who) if one.deadline == CLOCK}

    assert [len(one) for one in told.values()] == [3, 0]
    assert standing(post, case) == before
    assert own(post.house, id).open


def test_a_message_that_still_waits_is_dropped_when_everything_has_come(post: Post, case: CaseId) -> None:
    prove(post, who=SARA)
    id = ask(post.house, case)
    post.ring()
    post.email.connected = True
    post.clock.advance(12 * DAY)
    post.house.sweep.run()
    waiting = reminders(post)
    supply(post.house, id, 0, 1)
    post.ring()

    (one,) = reminders(post)
    assert waiting[0].state is Sent.WAITING
    assert (one.state, one.reason) == (Sent.DROPPED, Reason.DONE)
    assert Channel.EMAIL in post.senders


def test_a_crash_between_asking_and_setting_the_alarm_costs_no_reminder_and_makes_none_twice(
    post: Post, case: CaseId
) -> None:
    prove(post, who=SARA)
    post.alarms.down = True  # what was asked is stored, and the process ends before any alarm is set
    ask(post.house, case)
    post.clock.advance(12 * DAY)
    for _ in range(3):
        post.house.sweep.run()
        post.sending.sweep()
    assert len(post.email.taken) == len(reminders(post)) == 1

    post.alarms.down = False
    post.house.sweep.run()
    post.ring()
    post.clock.advance(DAY)
    post.ring()
    assert len(post.email.taken) == len(reminders(post)) == 1


def test_a_crash_when_the_reminder_is_due_leaves_it_to_the_sweep_once(
    post: Post, case: CaseId, store: FaultyStore
) -> None:
    prove(post, who=SARA)
    ask(post.house, case)
    post.clock.advance(12 * DAY)
    store.fail_commits_before(1)  # the alarm has rung, and the process ends before it has written anything
    with suppress(Unavailable):
        post.ring()
    post.alarms.wakes.clear()  # and the queue forgets it
    for _ in range(2):
        post.house.sweep.run()
        post.sending.sweep()
    assert len(post.email.taken) == len(reminders(post)) == 1


def test_a_reminder_that_no_gateway_took_in_time_is_never_sent(post: Post, case: CaseId) -> None:
    prove(post, who=SARA)
    ask(post.house, case)
    post.clock.advance(12 * DAY)
    post.email.always = NotTaken("503")
    post.ring()
    assert [one.state for one in reminders(post)] == [Sent.WAITING]
    post.pass_time(4 * DAY, timedelta(hours=3))
    post.email.always = None
    post.pass_time(DAY, timedelta(hours=3))

    (one,) = reminders(post)
    assert (one.state, one.reason) == (Sent.DEAD, Reason.TOO_LATE)
    assert one.id not in {out.id for out in post.email.taken}
