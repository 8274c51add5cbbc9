"""A message is claimed, handed over and noted: once, late rather than never, and never after it has become stale."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from shared import log
from shared.domain import messages
from shared.domain.ids import MessageId
from shared.domain.messages import Channel, Reason, Recipient, RecipientKind, State
from shared.ports.notices import NotTaken, Outgoing
from shared.ports.store import Delete
from shared.records.sending import Outcome
from tests.cases import PROTECTION
from tests.people import ANNA, MONDAY
from tests.records.outgoing_post import Post
from tests.records.reports import Forms


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


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


def kill(out: Outgoing) -> None:
    raise Killed


# ── As it should be ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_acute_report_reaches_the_duty_phone_without_any_sweep(post: Post) -> None:
    post.report(acute=True)
    post.ring()

    assert [one.to for one in post.sms.taken] == ["+46313900613"]
    assert (post.page.state, post.page.sent_at) == (State.SENT, MONDAY)


def test_what_has_left_is_not_sent_again_whoever_asks(post: Post) -> None:
    post.report(acute=True)
    post.ring()

    assert [post.send(post.page), post.send(post.page)] == [Outcome.OVER, Outcome.OVER]
    assert post.sending.sweep() == 0
    assert len(post.sms.taken) == 1


def test_a_message_that_is_not_there_is_nobodys(post: Post) -> None:
    assert post.sending.send(MessageId("0" * 32)) is Outcome.GONE


# ── Two senders, and one that dies ────────────────────────────────────────────────────────────────────────────────────


def test_two_senders_at_the_same_moment_send_once(post: Post) -> None:
    for _ in range(20):
        post.report(acute=True)
        both, page = Barrier(2), next(one for one in post.messages if one.urgent and one.state is State.WAITING)

        def go(page: MessageId = page.id, both: Barrier = both) -> None:
            both.wait(5)
            post.another_sender().send(page)

        threads = [Thread(target=go) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(post.sms.taken) == 20


def test_while_one_sender_waits_for_the_gateway_no_other_sends(post: Post) -> None:
    post.report(acute=True)
    seen: list[Outcome] = []
    post.sms.answers = [lambda out: seen.append(post.another_sender().send(MessageId(out.id)))]
    post.ring()

    assert (seen, len(post.sms.taken)) == ([Outcome.EARLY], 1)


def test_a_sender_killed_before_the_gateway_took_it_is_followed_by_another(post: Post) -> None:
    post.report(acute=True)
    post.sms.answers = [Killed()]
    with pytest.raises(Killed):
        post.sending.send(post.page.id)
    assert post.page.state is State.SENDING

    post.sending.send(post.page.id)  # the alarm keeper calls again, and is told to come back when the claim is over
    post.pass_time(messages.CLAIM)
    assert (len(post.sms.taken), post.page.state) == (1, State.SENT)


def test_a_sender_killed_after_the_gateway_took_it_may_page_twice_but_never_not_at_all(post: Post) -> None:
    post.report(acute=True)
    post.sms.answers = [kill]
    with pytest.raises(Killed):
        post.sending.send(post.page.id)
    post.pass_time(messages.CLAIM)
    post.sending.sweep()

    assert [one.id for one in post.sms.taken] == [post.page.id] * 2
    assert (post.page.state, post.page.unsure) == (State.SENT, 1)


def test_a_resident_never_gets_a_second_one_after_such_a_death(post: Post) -> None:
    post.report(acute=True)
    to_resident = replace(post.page, recipient=Recipient(RecipientKind.RESIDENT, "p" * 32))
    post.write(messages.claimed(to_resident, Channel.SMS, post.clock.now()))
    post.clock.advance(messages.CLAIM)

    assert post.sending.send(to_resident.id) is Outcome.DEAD
    assert (post.stored(to_resident).reason, post.sms.taken) == (Reason.UNCLEAR, [])


def test_a_resident_is_not_written_to_while_nobody_knows_a_safe_way(post: Post) -> None:
    post.report(acute=True)
    post.write(replace(post.page, recipient=Recipient(RecipientKind.RESIDENT, "p" * 32)))
    post.ring()

    assert post.sms.taken == []


def test_the_gateways_word_may_come_before_ours(post: Post) -> None:
    post.report(acute=True)

    def tell(out: Outgoing) -> None:
        post.house.delivery.report(out.report_to.rpartition("/")[2], State.DELIVERED)

    post.sms.answers = [tell]
    post.ring()

    assert post.page.state is State.DELIVERED


def test_a_message_deleted_while_it_is_sent_is_no_error(post: Post) -> None:
    post.report(acute=True)
    post.sms.answers = [lambda out: post.house.store.commit([Delete("messages", out.id)])]
    post.ring()

    assert [one.recipient.kind for one in post.messages] == [RecipientKind.STAFF]


# ── Stale ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_about_a_child_who_has_been_seen_to_is_dropped(post: Post) -> None:
    post.sms.always = NotTaken("down")
    case = post.report(acute=True)
    post.ring()
    forms = Forms(ANNA)
    post.house.caseworker.take(ANNA, case, forms.new())
    post.house.caseworker.assess(ANNA, case, PROTECTION, forms.new(), None)
    post.sms.always = None
    post.pass_time(timedelta(minutes=10))

    assert (post.page.state, post.sms.taken) == (State.DROPPED, [])


def test_that_nobody_has_the_case_is_not_said_when_somebody_took_it_meanwhile(post: Post) -> None:
    post.email.always = NotTaken("down")
    case = post.report()
    post.pass_time(timedelta(hours=4), timedelta(minutes=5))
    post.house.caseworker.take(ANNA, case, Forms(ANNA).new())
    post.email.always = None
    post.pass_time(timedelta(hours=1), timedelta(minutes=1))

    assert [one.state for one in post.messages] == [State.DROPPED]
    assert post.email.taken == []
