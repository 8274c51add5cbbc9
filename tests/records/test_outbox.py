"""What is told to whom outside the house: written with its cause, once, without a word about anybody."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.domain.ids import StaffId
from shared.domain.messages import Channel, Reason, RecipientKind, State, Template
from shared.ports.notices import Refused
from shared.ports.store import Unavailable, Write
from tests.people import ANNA, MARIA, MONDAY
from tests.records.outgoing_post import Post
from tests.records.reports import Forms
from tests.towns import TOWN

EVENING = datetime(2026, 11, 2, 19, 0, tzinfo=UTC)
"""Eight o'clock in Stockholm."""


@pytest.fixture
def post() -> Post:
    return Post()


def told(post: Post) -> list[tuple[str, str]]:
    """Kind and id of every recipient, oldest first."""
    return [(one.recipient.kind.value, one.recipient.id) for one in post.messages]


# ── Who is told ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_acute_report_pages_the_duty_phone_and_writes_to_the_lead(post: Post) -> None:
    post.report(acute=True)

    assert told(post) == [("duty_phone", ""), ("staff", "maria.exempel")]
    assert (post.page.channel, post.page.template) == (Channel.SMS, Template.PAGE)


def test_an_ordinary_report_by_day_tells_nobody_outside(post: Post) -> None:
    post.report()
    post.ring()

    assert post.messages == []


def test_a_report_in_the_evening_pages_the_duty_phone(post: Post) -> None:
    post.clock.at = EVENING
    post.report()
    post.ring()

    assert told(post) == [("duty_phone", "")]
    assert [one.to for one in post.sms.taken] == ["+46313900613"]


def test_an_acute_report_in_the_evening_pages_once(post: Post) -> None:
    post.clock.at = EVENING
    post.report(acute=True)
    post.ring()

    assert [one.to for one in post.sms.taken] == ["+46313900613"]


def test_a_case_nobody_takes_for_four_hours_reaches_the_lead(post: Post) -> None:
    post.report()
    post.pass_time(timedelta(hours=4, minutes=5), timedelta(minutes=5))

    assert told(post) == [("staff", "maria.exempel")]
    assert [one.to for one in post.email.taken] == ["maria.exempel@example.se"]


def test_the_caseworker_is_reminded_and_when_it_is_late_the_lead_too(post: Post) -> None:
    case = post.report()
    post.house.caseworker.take(ANNA, case, Forms(ANNA).new())
    post.pass_time(timedelta(days=16), timedelta(hours=1))
    late = datetime(2026, 11, 17, tzinfo=UTC)

    before = {one.recipient.id for one in post.messages if one.clock == "forhandsbedomning" and one.at < late}
    after = {one.recipient.id for one in post.messages if one.clock == "forhandsbedomning" and one.at >= late}
    assert (before, after) == ({"anna.exempel"}, {"anna.exempel", "maria.exempel"})


def test_a_lead_who_has_the_case_is_written_to_once(post: Post) -> None:
    case = post.report()
    post.house.caseworker.take(MARIA, case, Forms(MARIA).new())
    post.pass_time(timedelta(days=16), timedelta(hours=1))
    late = [one for one in post.messages if one.clock == "forhandsbedomning" and one.at.day == 17]

    assert [one.recipient.id for one in late] == ["maria.exempel"]


def test_where_nobody_leads_the_unit_the_page_still_goes_out() -> None:
    maria = StaffId("maria.exempel")
    without = replace(TOWN, staff={id: one for id, one in TOWN.staff.items() if id != maria})
    post = Post(town=without)
    post.report(acute=True)

    assert told(post) == [("duty_phone", "")]


# ── With its cause, and once ──────────────────────────────────────────────────────────────────────────────────────────


class Refusing(MemoryStore):
    """A store that does not take a batch which tells anybody."""

    def commit(self, writes: Sequence[Write]) -> None:
        if any(one.collection == "messages" for one in writes):
            raise Unavailable
        super().commit(writes)


def test_a_report_that_is_not_stored_tells_nobody() -> None:
    post = Post(store=Refusing())
    with pytest.raises(Unavailable):
        post.report(acute=True)

    assert (post.messages, post.alarms.wakes) == ([], {})


def test_without_the_alarm_keeper_the_report_is_received_and_the_sweep_sends(post: Post) -> None:
    post.alarms.down = True
    post.report(acute=True)
    post.sending.sweep()

    assert len(post.sms.taken) == 1
    assert post.page.state is State.SENT


def test_a_reminder_that_rings_twice_has_one_message(post: Post) -> None:
    post.clock.at = EVENING
    post.report()
    wakes = [one for one in post.alarms.wakes.values() if "deadline" in one.payload]
    for _ in range(3):
        for wake in wakes:
            said = wake.payload
            post.house.deadlines.ring(said["deadline"], int(said["epoch"]), int(said["hop"]))  # type: ignore[arg-type]

    assert told(post) == [("duty_phone", "")]


# ── Nothing about anybody ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_row_holds_ids_alone_and_no_address(post: Post) -> None:
    post.report(acute=True)
    post.ring()
    for one in post.messages:
        fields = json.dumps(dict(post.document("messages", one.id).fields), default=str)
        for word in ("@", "+46", "031-", "390 06", "3139006", "Nova", "hungrig", "Maria Exempel", "Logga"):
            assert word not in fields


def test_an_alarm_carries_the_messages_id_alone(post: Post) -> None:
    post.report(acute=True)
    wakes = [one for one in post.alarms.wakes.values() if "message" in one.payload]

    assert [dict(one.payload) for one in wakes] == [{"message": one.id} for one in post.messages]
    assert all(len(one.name) == 32 for one in wakes)


def test_what_is_sent_is_the_neutral_words_and_nothing_else(post: Post) -> None:
    post.report(acute=True)
    post.ring()
    (page,), (mail,) = post.sms.taken, post.email.taken

    assert page.text == "Jouren behövs nu. Logga in på arbetsytan som vanligt."
    assert mail.text == "Du har ett ärende att titta på. Logga in på arbetsytan som vanligt."
    assert (mail.subject, mail.report_to) == ("Du har något att titta på", "")
    assert page.report_to.startswith("http://localhost:8080/aterkoppling/")


def test_what_came_in_at_night_is_written_to_the_lead_in_the_morning_and_pages_at_once(post: Post) -> None:
    post.clock.at = datetime(2026, 11, 2, 22, 30, tzinfo=UTC)
    post.report(acute=True)
    post.pass_time(timedelta(minutes=1))
    assert (len(post.sms.taken), len(post.email.taken)) == (1, 0)

    post.clock.at = datetime(2026, 11, 3, 5, 59, 45, tzinfo=UTC)
    post.ring()
    assert post.email.taken == []
    post.pass_time(timedelta(seconds=15))
    assert {one.to for one in post.email.taken} == {"maria.exempel@example.se"}


def test_everybody_is_a_recipient_of_a_kind_that_is_known(post: Post) -> None:
    post.report(acute=True)

    assert {one.recipient.kind for one in post.messages} <= {RecipientKind.STAFF, RecipientKind.DUTY_PHONE}
    assert {one.not_before for one in post.messages} == {MONDAY}


def test_twenty_reminders_of_one_morning_leave_as_one_letter(post: Post) -> None:
    cases = [post.report() for _ in range(20)]
    for case in cases:
        post.house.caseworker.take(ANNA, case, Forms(ANNA).new())
    post.pass_time(timedelta(days=8), timedelta(minutes=10))
    day = datetime(2026, 11, 9, tzinfo=UTC).date()
    morning = [one for one in post.messages if one.recipient.id == ANNA.staff and one.at.date() == day]

    assert len([one for one in morning if one.clock == "forhandsbedomning"]) == 20
    assert len([one for one in morning if one.state is State.SENT]) == 1
    assert {one.reason for one in morning if one.state is not State.SENT} == {Reason.SAID}


def test_what_happens_after_the_letter_left_has_a_letter_of_its_own(post: Post) -> None:
    post.report(acute=True)
    post.ring()
    post.clock.advance(timedelta(minutes=1))
    post.report(acute=True)
    post.ring()

    assert len(post.email.taken) == 2


def test_when_the_letter_that_others_wait_behind_cannot_go_the_next_one_does(post: Post) -> None:
    post.email.answers = [Refused("550")]
    post.report(acute=True)
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(minutes=5))
    letters = [one for one in post.messages if not one.urgent]

    assert sorted(one.state for one in letters) == [State.DEAD, State.SENT]
    assert len(post.email.taken) == 1
