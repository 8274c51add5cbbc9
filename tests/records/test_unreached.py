"""When a page to the duty does not arrive, the lead is told at once in the product, and outside it when it is day."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.messages import State
from shared.domain.notices import NoticeKind
from shared.ports.notices import NotTaken, Refused, Unclear
from tests.people import MARIA
from tests.records.outgoing_post import Post


@pytest.fixture
def post() -> Post:
    """The gateway refuses every page."""
    post = Post()
    post.sms.always = Refused("400")
    return post


def told(post: Post) -> list[bool]:
    """What the lead has been told of pages that failed: whether it is urgent."""
    return [one.acute for one in post.house.notices.newest(MARIA) if one.kind is NoticeKind.PAGE_FAILED]


def test_a_page_that_is_refused_is_told_to_the_lead_who_is_also_written_to(post: Post) -> None:
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(minutes=2))

    assert told(post) == [True]
    assert [one.to for one in post.email.taken] == ["maria.exempel@example.se"] * 2  # the report, and the page


def test_at_night_the_letter_about_it_waits_for_the_morning(post: Post) -> None:
    post.clock.at = datetime(2026, 11, 2, 22, 0, tzinfo=UTC)
    post.report()
    post.ring()
    assert (told(post), post.email.taken) == ([True], [])

    post.pass_time(timedelta(hours=9), timedelta(minutes=5))
    assert "maria.exempel@example.se" in {one.to for one in post.email.taken}


def test_a_page_that_the_gateway_took_and_the_phone_never_got_is_told_once(post: Post) -> None:
    post.sms.always = None
    post.report(acute=True)
    post.ring()
    secret = post.sms.taken[0].report_to.rpartition("/")[2]
    for _ in range(3):
        post.house.delivery.report(secret, State.FAILED)

    assert told(post) == [True]
    post.sending.sweep()
    assert len(post.email.taken) == 2


def test_a_page_that_fails_again_after_another_try_is_told_again(post: Post) -> None:
    post.report(acute=True)
    post.ring()
    post.house.troubled.again(MARIA, post.page.id)
    post.ring()

    assert told(post) == [True, True]


def test_a_page_of_which_nobody_knows_is_told_within_ten_minutes_and_once_while_it_is_tried_on(post: Post) -> None:
    post.sms.answers = [*[Unclear("503")] * 7, *[NotTaken("429")] * 3]
    post.sms.always = None
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(seconds=220))
    assert told(post) == []

    post.pass_time(timedelta(minutes=6))
    assert told(post) == [True]
    post.pass_time(timedelta(hours=1))
    assert (told(post), post.page.state) == ([True], State.SENT)


def test_a_page_of_which_nobody_ever_knew_is_told_once_more_when_it_is_given_up(post: Post) -> None:
    post.sms.always = Unclear("503")
    post.report(acute=True)
    post.ring()
    post.pass_time(timedelta(hours=4))

    assert (told(post), post.page.state) == ([True, True], State.DEAD)


def test_a_reminder_that_does_not_arrive_tells_nobody_more(post: Post) -> None:
    post.sms.always, post.email.always = None, Refused("550")
    post.report(acute=True)
    post.ring()

    assert told(post) == []
