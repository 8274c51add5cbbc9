"""A channel is a resident's own when the code sent there comes back: once, in time, from the same person's login."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from shared import log
from shared.domain.broken_rules import NotAllowed
from shared.domain.messages import Channel, Reason, State
from shared.domain.safe_channels import TRIES, Answered, Asked, Standing
from shared.ports.notices import NotTaken, Refused, Unclear
from shared.ports.store import Conflict
from tests.adapters.faulty_store import FaultyStore
from tests.people import ANNA, ELSA
from tests.records.outgoing_post import Post
from tests.safe_ways import (
    EMAIL,
    KEEPERS,
    ME,
    MINE,
    SMS,
    YOU,
    answer,
    ask,
    code,
    keeper,
    standing,
    trail,
    with_codes,
    wrong,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=KEEPERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FaultyStore]:
    with keeper(request.param, tmp_path) as kept:
        yield kept


@pytest.fixture
def post(store: FaultyStore) -> Post:
    return with_codes(Post(store))


# ── As it should be ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("channel", Channel)
def test_the_code_that_was_sent_confirms_the_channel(post: Post, channel: Channel) -> None:
    assert ask(post, channel) is Asked.SENT
    assert standing(post, channel) is Standing.ASKED
    sent = (post.email if channel is EMAIL else post.sms).taken[-1]
    assert (sent.to, sent.text) == (MINE[channel], f"Din kod är {code(post, channel)}. Den gäller i 15 minuter.")

    assert answer(post, code(post, channel), channel) is Answered.RIGHT
    own = post.house.safe_channels.own(ME)[channel]
    assert (own.standing, own.address) == (Standing.CONFIRMED, MINE[channel])
    assert trail(post, channel) == ["asked", "confirmed"]


def test_a_code_leaves_at_night_too(post: Post) -> None:
    post.clock.advance(timedelta(hours=14))
    ask(post)

    assert len(post.email.taken) == 1


def test_the_code_is_nowhere_when_it_has_left(post: Post) -> None:
    ask(post)
    (message,) = post.messages

    assert message.state is State.SENT
    assert post.house.store.get("sessions", f"code-{message.id}") is None


def test_a_login_for_work_has_no_channel(post: Post) -> None:
    desk = post.house.safe_channels
    for who in (ANNA, ELSA):
        for act in (
            lambda who=who: desk.own(who),
            lambda who=who: desk.ask(who, EMAIL, MINE[EMAIL], "sv"),
            lambda who=who: desk.answer(who, EMAIL, "123456"),
            lambda who=who: desk.take_away(who, EMAIL),
        ):
            with pytest.raises(NotAllowed):
                act()


# ── Hostile and unlucky ───────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_elses_code_opens_nothing(post: Post) -> None:
    ask(post)
    mine = code(post)
    ask(post, who=YOU, address="astrid@example.com")

    assert post.house.safe_channels.answer(YOU, EMAIL, mine) is Answered.WRONG
    assert standing(post) is Standing.ASKED
    assert answer(post, mine) is Answered.RIGHT


def test_a_code_by_one_way_does_not_confirm_the_other(post: Post) -> None:
    ask(post, SMS)
    by_sms = code(post, SMS)

    assert answer(post, by_sms, EMAIL) is Answered.NOTHING
    assert standing(post, EMAIL) is Standing.NONE


def test_a_used_code_is_worth_nothing(post: Post) -> None:
    ask(post)
    used = code(post)
    answer(post, used)

    assert answer(post, used) is Answered.NOTHING
    post.house.safe_channels.take_away(ME, EMAIL)
    assert answer(post, used) is Answered.NOTHING
    ask(post, address="other@example.com")
    assert answer(post, used) is Answered.WRONG


def test_a_code_that_has_grown_old_is_worth_nothing(post: Post) -> None:
    ask(post)
    post.clock.advance(15 * MINUTE)

    assert answer(post, code(post)) is Answered.EXPIRED
    assert standing(post) is Standing.ASKED


def test_the_code_of_an_address_that_was_changed_meanwhile_is_worth_nothing(post: Post) -> None:
    ask(post, SMS)
    before = code(post, SMS)
    ask(post, SMS, address="+46701740606")

    assert post.sms.taken[-1].to == "+46701740606"
    assert answer(post, before, SMS) is Answered.WRONG
    assert answer(post, code(post, SMS), SMS) is Answered.RIGHT
    assert post.house.safe_channels.own(ME)[SMS].address == "+46701740606"


def test_an_old_code_that_has_not_left_yet_is_not_sent_after_a_new_one(post: Post) -> None:
    post.email.answers = [NotTaken()]
    ask(post)
    ask(post, address="other@example.com")
    post.pass_time(5 * MINUTE)

    assert [one.to for one in post.email.taken] == ["other@example.com"]
    assert sorted(one.reason for one in post.messages) == [Reason.NONE, Reason.NOT_SAFE]


def test_sixteen_guesses_at_once_are_five(post: Post) -> None:
    ask(post)
    gate, right = Barrier(16), code(post)
    guesses = [wrong(post, by=n) for n in range(1, 17)]

    def guess(said: str) -> str:
        gate.wait()
        while True:
            try:
                return answer(post, said)
            except Conflict:
                continue  # too many at once: tried again, as a person would

    with ThreadPoolExecutor(16) as pool:
        said = list(pool.map(guess, guesses))
    assert (said.count(Answered.WRONG), said.count(Answered.OVER)) == (TRIES, 16 - TRIES)
    assert answer(post, right) is Answered.OVER


def test_a_new_code_after_five_wrong_ones_and_only_three_a_day(post: Post) -> None:
    for _ in range(3):
        assert ask(post) is Asked.SENT
        for n in range(1, TRIES + 1):
            answer(post, wrong(post, by=n))
        assert answer(post, code(post)) is Answered.OVER
        post.clock.advance(MINUTE)

    assert ask(post) is Asked.TOO_MANY
    post.house.safe_channels.take_away(ME, EMAIL)
    assert ask(post) is Asked.TOO_MANY
    assert ask(post, SMS) is Asked.SENT
    assert len(post.email.taken) == 3


def test_two_presses_at_once_send_one_code(post: Post) -> None:
    gate = Barrier(2)

    def press(_: int) -> Asked:
        gate.wait()
        return post.house.safe_channels.ask(ME, EMAIL, MINE[EMAIL], "sv")

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(press, range(2)))
    post.ring()
    assert said == [Asked.JUST_SENT, Asked.SENT]
    assert len(post.email.taken) == 1
    assert answer(post, code(post)) is Answered.RIGHT


@pytest.mark.parametrize("refusal", [Refused(), Unclear()])
def test_a_code_that_cannot_be_sent_troubles_nobody_at_work(post: Post, refusal: Exception) -> None:
    post.email.answers = [refusal]
    lines = io.StringIO()
    log.start(lines)
    try:
        ask(post)
    finally:
        log.start()

    (message,) = post.messages
    assert (message.state, message.troubled) == (State.DEAD, False)
    assert '"alarm"' not in lines.getvalue()
    assert post.house.store.get("sessions", f"code-{message.id}") is None


def test_a_code_that_could_not_leave_in_its_time_never_does(post: Post) -> None:
    post.email.always = NotTaken()
    ask(post)
    post.pass_time(20 * MINUTE)
    post.email.always = None
    post.pass_time(60 * MINUTE)

    assert post.email.taken == []
    assert [one.reason for one in post.messages] == [Reason.TOO_LATE]
