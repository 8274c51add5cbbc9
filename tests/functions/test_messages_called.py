"""The call that gets a message sent: from the alarm keeper of one machine, the cloud's queue, and nobody else."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.app import use
from tests.cases import filed
from tests.cloud.deadlines_function import town
from tests.cloud.queues import TARGET
from tests.records.outgoing_post import Post
from tests.records.reports import filed_case

MESSAGE = "/intern/meddelande"


class Bench:
    """The function in a house that has a page to send, called as the alarm keeper calls it."""

    def __init__(self, post: Post) -> None:
        from functions.deadlines.main import app

        self.post = post
        self.client: FlaskClient = app.test_client()
        post.report(acute=True)

    def call(self, body: bytes, authorization: str | None = None) -> TestResponse:
        """The call; signed by us unless something else is said."""
        shown = self.post.house.tokens.sign(MESSAGE, body) if authorization is None else authorization
        return self.client.post(MESSAGE, data=body, headers={"Authorization": shown})

    @property
    def body(self) -> bytes:
        return json.dumps({"message": self.post.page.id}).encode()


@pytest.fixture
def bench() -> Iterator[Bench]:
    post = Post()
    post.house.__dict__["sending"] = post.sending
    with use(post.house):
        yield Bench(post)


def test_the_alarm_of_a_message_gets_it_sent_once(bench: Bench) -> None:
    assert [bench.call(bench.body).json, bench.call(bench.body).json] == [{"outcome": "sent"}, {"outcome": "over"}]
    assert len(bench.post.sms.taken) == 1


def test_a_message_that_is_gone_never_comes_again(bench: Bench) -> None:
    answer = bench.call(json.dumps({"message": "0" * 32}).encode())

    assert (answer.status_code, answer.json) == (200, {"outcome": "gone"})


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff", b"[" * 9000, b'{"message": "m1"}', b'{"message": 7}', b'{"message": "../x"}'],
)
def test_what_can_not_be_read_is_noted_and_never_comes_again(bench: Bench, body: bytes) -> None:
    answer = bench.call(body)

    assert (answer.status_code, answer.json) == (200, {"outcome": "malformed"})


def test_a_call_that_is_not_ours_sends_nothing(bench: Bench) -> None:
    other = bench.post.house.tokens.sign("/intern/larm", bench.body)
    for shown in ("", "Bearer x", other):
        assert bench.call(bench.body, shown).status_code == 403
    assert bench.post.sms.taken == []


def test_in_the_cloud_the_queue_calls_where_messages_are_sent_and_the_duty_phone_is_paged() -> None:
    with town() as here:
        filed_case(here.house, filed(acute=True))
        urls = {one.task.http_request.url for one in here.server.waiting.values()}
        assert f"{TARGET}{MESSAGE}" in urls

        assert sorted(here.deliver()) == ["sent", "sent"]
        pages = [one.out for one in here.house.practice_post.newest if one.out.urgent]
        assert [one.to for one in pages] == ["+46313900613"]
