"""A gateway in trouble: a message comes late rather than never, and whoever watches over the operation hears of it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared import log
from shared.adapters.memory_store import MemoryStore
from shared.domain import messages
from shared.domain.ids import StaffId
from shared.domain.messages import CLAIM, Channel, Reason, RecipientKind, State
from shared.ports.notices import NotTaken, Refused, Unclear
from shared.ports.store import Replace, Unavailable
from tests.adapters.faulty_store import FaultyStore
from tests.people import ANNA, MONDAY
from tests.records.outgoing_post import Post
from tests.records.reports import Forms
from tests.towns import TOWN
from tests.written_messages import RESIDENT


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    written = io.StringIO()
    log.start(written)
    yield written
    log.start()


# ── A gateway in trouble ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_gateway_that_is_down_for_an_hour_gets_it_late_and_once(post: Post) -> None:
    post.sms.always = NotTaken("503")
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(hours=1))
    assert (post.page.state, post.sms.taken) == (State.WAITING, [])
    assert post.sms.asked > 10

    post.sms.always = None
    post.pass_time(timedelta(minutes=6))
    assert (len(post.sms.taken), post.page.state) == (1, State.SENT)
    post.pass_time(timedelta(hours=1), timedelta(minutes=5))
    assert len(post.sms.taken) == 1


def test_what_the_gateway_refuses_is_not_tried_again_and_wakes_a_person(post: Post, lines: io.StringIO) -> None:
    post.sms.always = Refused("400")
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(hours=1), timedelta(minutes=1))

    assert (post.sms.asked, post.page.state, post.page.reason) == (1, State.DEAD, Reason.REFUSED)
    assert '"event": "message.dead"' in lines.getvalue()
    assert '"severity": "ERROR"' in lines.getvalue()


def test_a_gateway_that_never_answers_clearly_pages_a_bounded_number_of_times(post: Post) -> None:
    post.sms.always = Unclear("timeout")
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(hours=4))

    assert (post.sms.asked, post.page.state, post.page.reason) == (12, State.DEAD, Reason.UNCLEAR)


def test_a_gateway_that_answers_for_an_hour_that_it_is_down_still_gets_the_page(post: Post) -> None:
    post.sms.always = Unclear("503")
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(hours=1))
    assert post.page.state is State.WAITING

    post.sms.always = None
    post.pass_time(timedelta(minutes=31))
    assert (len(post.sms.taken), post.page.state) == (1, State.SENT)


def test_a_gateway_that_is_unclear_for_two_hours_costs_no_reminder(post: Post) -> None:
    post.email.always = Unclear("timeout")
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(hours=2), timedelta(minutes=1))
    reminder = next(one for one in post.messages if not one.urgent)
    assert reminder.state is State.WAITING

    post.email.always = None
    post.pass_time(timedelta(minutes=15), timedelta(minutes=1))
    assert post.stored(reminder).state is State.SENT


def test_a_defect_in_one_way_out_does_not_hold_up_the_other(post: Post, lines: io.StringIO) -> None:
    post.sms.always = ZeroDivisionError("Nova Exempel")
    post.report(acute=True)
    post.ring()

    assert len(post.email.taken) == 1
    assert "Nova" not in lines.getvalue()


def test_after_its_last_day_a_message_is_dead(post: Post) -> None:
    post.sms.always = NotTaken("down")
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(days=2), timedelta(minutes=5))

    assert (post.page.state, post.page.reason) == (State.DEAD, Reason.TOO_LATE)


def test_without_a_way_out_messages_wait_and_it_is_said_loudly(post: Post, lines: io.StringIO) -> None:
    post.sms.connected, post.sms.always = False, NotTaken("not_connected")
    post.report(acute=True)
    post.ring()
    post.sending.sweep()

    assert post.page.state is State.WAITING
    assert post.sending.unconnected == (Channel.SMS,)
    assert '"event": "messages.no_way_out", "kind": "sms"' in lines.getvalue()


def test_every_process_says_once_that_a_way_out_is_missing_before_anything_waits(
    post: Post, lines: io.StringIO
) -> None:
    post.sms.connected = False
    post.sending.sweep()
    post.sending.sweep()

    assert lines.getvalue().count('"event": "messages.no_way_out", "kind": "sms"') == 1
    assert '"severity": "WARNING"' in lines.getvalue()


def test_who_has_no_address_any_more_is_left_to_a_person(post: Post) -> None:
    anna = StaffId("anna.exempel")
    bare = {**TOWN.staff, anna: replace(TOWN.staff[anna], email="", phone="")}
    other = Post(town=replace(TOWN, staff=bare))
    case = other.report()
    other.house.caseworker.take(ANNA, case, Forms(ANNA).new())
    other.pass_time(timedelta(days=8), timedelta(hours=1))
    reminders = [one for one in other.messages if one.recipient.id == anna and not one.open]

    assert {(one.state, one.reason) for one in reminders} == {(State.DEAD, Reason.NO_ADDRESS)}


# ── A store in trouble ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fault", "times"), [("fail_commits_before", 1), ("fail_commits_before", 4), ("fail_commits_after", 1)]
)
def test_a_store_that_is_away_for_a_moment_after_the_gateways_yes_costs_no_second_message(
    fault: str, times: int
) -> None:
    store = FaultyStore(MemoryStore())
    post = Post(store)
    post.sms.answers = [lambda _: getattr(store, fault)(times)]
    post.report(acute=True)
    post.ring()
    post.sms.answers = []
    assert (len(post.sms.taken), post.page.state) == (1, State.SENT)

    post.pass_time(timedelta(minutes=10))
    assert len(post.sms.taken) == 1


def test_a_store_that_stays_away_leaves_the_page_unclear_and_it_is_sent_once_more(lines: io.StringIO) -> None:
    store = FaultyStore(MemoryStore())
    post = Post(store)
    post.sms.answers = [lambda _: store.fail_commits_before(100)]
    post.report(acute=True)
    with pytest.raises(Unavailable):
        post.ring()
    store.fail_commits_before(0)

    assert '"event": "message.not_noted"' in lines.getvalue()
    assert (post.page.state, post.page.unsure, post.paused <= 15) == (State.SENDING, 0, True)
    post.clock.advance(CLAIM)
    post.sending.sweep()
    assert (len(post.sms.taken), post.page.state, post.page.unsure) == (2, State.SENT, 1)


def test_a_resident_whose_note_was_lost_is_never_written_to_again() -> None:
    store = FaultyStore(MemoryStore())
    post = Post(store)
    post.report(acute=True)
    waiting = next(one for one in post.messages if not one.urgent)
    resident = post.write(replace(waiting, recipient=RESIDENT))
    claimed = post.write(messages.claimed(resident, Channel.SMS, post.clock.now()))
    store.fail_commits_before(100)
    with pytest.raises(Unavailable):
        post.sending._noting.note(claimed, messages.sent(claimed, post.clock.now()))
    store.fail_commits_before(0)
    post.pass_time(timedelta(minutes=5))
    post.sending.sweep()

    left = post.stored(claimed)
    assert (left.state, left.reason) == (State.DEAD, Reason.UNCLEAR)
    assert claimed.id not in {one.id for one in [*post.sms.taken, *post.email.taken]}


# ── The sweep ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sweep_sends_what_no_alarm_has_sent_and_leaves_what_may_not_leave_yet(post: Post) -> None:
    post.clock.at = datetime(2026, 11, 2, 22, 0, tzinfo=UTC)
    post.report(acute=True)

    assert post.sending.sweep() == 1
    assert (len(post.sms.taken), len(post.email.taken)) == (1, 0)
    assert post.sending.backlog().waiting == 1


def test_the_sweep_alarms_when_something_should_have_left_a_quarter_of_an_hour_ago(
    post: Post, lines: io.StringIO
) -> None:
    post.sms.always = NotTaken("down")
    post.report(acute=True)
    post.ring()
    post.clock.advance(timedelta(minutes=15))
    post.sending.sweep()
    assert "messages.late" not in lines.getvalue()

    post.clock.advance(timedelta(minutes=1))
    post.sending.sweep()
    assert '"event": "messages.late", "count": 1' in lines.getvalue()


def test_what_waits_for_the_morning_is_not_late(post: Post, lines: io.StringIO) -> None:
    post.clock.at = datetime(2026, 11, 2, 22, 0, tzinfo=UTC)
    post.report(acute=True)
    post.ring()
    post.clock.advance(timedelta(hours=8))
    post.sending.sweep()

    assert "messages.late" not in lines.getvalue()


def test_a_row_that_cannot_be_read_does_not_stop_the_rest(post: Post, lines: io.StringIO) -> None:
    post.report(acute=True)
    broken = post.document("messages", post.page.id)
    post.house.store.commit(
        [Replace("messages", broken.id, broken.rev, {**broken.fields, "template": "torn", "at": MONDAY})]
    )
    assert post.sending.sweep() == 2
    assert len(post.email.taken) == 1
    assert "sweep.failed" in lines.getvalue()


def test_no_line_in_the_log_holds_an_address_an_id_or_a_word(post: Post, lines: io.StringIO) -> None:
    post.sms.answers = [NotTaken("503"), Unclear("timeout")]
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(minutes=5))
    written = lines.getvalue()

    assert '"event": "message.looked_at"' in written
    for word in ("@example", "+46", "maria.exempel", post.page.id, "Jouren", "Nova", "aterkoppling"):
        assert word not in written


def test_after_a_month_what_left_is_forgotten_and_what_somebody_should_look_at_is_not(post: Post) -> None:
    post.email.always = Refused("550")
    post.report(acute=True)
    post.ring()
    post.clock.advance(timedelta(days=31))
    post.sending.sweep()

    assert [(one.recipient.kind, one.state) for one in post.messages] == [(RecipientKind.STAFF, State.DEAD)]
