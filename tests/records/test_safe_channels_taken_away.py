"""A channel that is taken away, or was never proved, is gone; an answer that is lost changes nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.domain.safe_channels import Answered, Asked, Standing, channel_id
from shared.ports.keys import KeyGone
from shared.ports.store import Unavailable
from shared.records.safe_channel_rows import COLLECTION, channel_key
from tests.adapters.faulty_store import FaultyStore
from tests.records.outgoing_post import Post
from tests.safe_ways import (
    EMAIL,
    KEEPERS,
    ME,
    MINE,
    SMS,
    answer,
    ask,
    code,
    keeper,
    prove,
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


# ── Taken away, and never proved ──────────────────────────────────────────────────────────────────────────────────────


def test_what_is_taken_away_is_gone_with_its_key(post: Post) -> None:
    prove(post)
    assert ME.person is not None
    before = post.document(COLLECTION, channel_id(ME.person, EMAIL))
    key = channel_key(before)
    assert key is not None
    for _ in range(2):
        post.house.safe_channels.take_away(ME, EMAIL)

    after = post.document(COLLECTION, channel_id(ME.person, EMAIL))
    assert ("sealed" in before.fields, "sealed" in after.fields, "key" in after.fields) == (True, False, False)
    with pytest.raises(KeyGone):
        post.house._vault.sealing.open(before, key, ("address",))
    assert trail(post) == ["asked", "confirmed", "taken_away"]


def test_it_can_be_stated_again_and_its_trail_goes_on(post: Post) -> None:
    prove(post)
    post.house.safe_channels.take_away(ME, EMAIL)
    post.clock.advance(MINUTE)
    prove(post, address="other@example.com")

    assert trail(post) == ["asked", "confirmed", "taken_away", "asked", "confirmed"]


def test_what_was_never_proved_is_forgotten_after_a_day(post: Post) -> None:
    ask(post)
    prove(post, SMS)
    post.clock.advance(timedelta(days=1) - MINUTE)
    post.house.sweep.run()
    assert standing(post) is Standing.ASKED
    post.clock.advance(2 * MINUTE)
    post.house.sweep.run()

    assert (standing(post), standing(post, SMS)) == (Standing.NONE, Standing.CONFIRMED)
    assert trail(post) == ["asked", "lapsed"]


def test_the_key_of_a_living_channel_is_never_taken_for_unused(post: Post) -> None:
    prove(post)
    post.clock.advance(timedelta(days=3))
    post.house.sweep.run()

    assert post.house.safe_channels.own(ME)[EMAIL].address == MINE[EMAIL]


# ── Answers that are lost ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fault", ["fail_commits_after", "repeat_commits", "conflict_commits"])
def test_a_lost_or_doubled_answer_changes_nothing(post: Post, store: FaultyStore, fault: str) -> None:
    ask(post, SMS)  # today's key is there
    getattr(store, fault)(1)
    assert post.house.safe_channels.ask(ME, EMAIL, MINE[EMAIL], "sv") is Asked.SENT
    post.ring()
    assert len(post.email.taken) == 1

    getattr(store, fault)(1)
    assert answer(post, wrong(post)) is Answered.WRONG
    assert post.house.safe_channels.own(ME)[EMAIL].tries == 1
    getattr(store, fault)(1)
    assert answer(post, code(post)) is Answered.RIGHT
    getattr(store, fault)(1)
    post.house.safe_channels.take_away(ME, EMAIL)
    assert trail(post) == ["asked", "wrong_code", "confirmed", "taken_away"]


def test_a_write_that_failed_confirms_and_counts_nothing(post: Post, store: FaultyStore) -> None:
    ask(post)
    for said in (wrong(post), code(post)):
        store.fail_commits_before(1)
        with pytest.raises(Unavailable):
            answer(post, said)
    assert standing(post) is Standing.ASKED
    assert answer(post, code(post)) is Answered.RIGHT
