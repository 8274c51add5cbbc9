"""Who has a safe channel is told once that an answer stands in the own file, in words that say nothing of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.app import House
from shared.domain.ids import CaseId, ItemId
from shared.domain.messages import Message, RecipientKind
from shared.ports.store import Conflict, Unavailable
from tests.adapters.faulty_store import FaultyStore
from tests.own_files import RELEASE, knowing, noted, nova, novas_case, object_to, say
from tests.people import ANNA
from tests.records.outgoing_post import Post
from tests.records.reports import Forms
from tests.records.test_told_of_a_letter import WORDS
from tests.registers import HandRegister
from tests.safe_ways import EMAIL, KEEPERS, MINE, YOU, keeper, prove, with_codes


@pytest.fixture(params=KEEPERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FaultyStore]:
    with keeper(request.param, tmp_path) as kept:
        yield kept


@pytest.fixture
def post(store: FaultyStore) -> Post:
    made = with_codes(Post(store))
    knowing(made.house)
    return made


@pytest.fixture
def said(post: Post) -> tuple[CaseId, ItemId, ItemId]:
    """Nova says that a note is wrong: the case, the note, and what she said."""
    case = novas_case(post.house)
    note = noted(post.house, case, "Mamma ringde.", RELEASE)
    object_to(post.house, note)
    (one,) = post.house.objections.own(nova(post.house), note)
    return case, note, one.id


def answer(house: House, case: CaseId, said: ItemId) -> None:
    once = Forms(ANNA).new(said=said)
    house.objections.answer(ANNA, case, said, "Vi har rättat det.", title="kurator", submission=once)


def told(post: Post) -> list[Message]:
    return [one for one in post.messages if one.recipient.kind is RecipientKind.RESIDENT and not one.waited_for]


def test_who_has_a_safe_channel_is_told_once_in_words_that_say_nothing(
    post: Post, said: tuple[CaseId, ItemId, ItemId]
) -> None:
    prove(post, who=nova(post.house))
    answer(post.house, said[0], said[2])
    for _ in range(3):
        post.ring()
        post.sending.sweep()
        post.pass_time(timedelta(hours=1))

    mine = [one for one in post.email.taken if one.to == MINE[EMAIL]]
    assert [one.text for one in mine] == [WORDS]


def test_nobody_else_is_told_and_neither_is_anybody_of_what_was_only_read(
    post: Post, said: tuple[CaseId, ItemId, ItemId]
) -> None:
    prove(post, who=YOU, address="astrid@example.com")
    answer(post.house, said[0], said[2])
    prove(post, who=nova(post.house))
    added = say(post.house, None, "Jag har flyttat.", asks=False)
    post.house.objections.hear(ANNA, said[0], added, Forms(ANNA).new())

    assert told(post) == []


def test_answer_and_notice_are_written_together_or_not_at_all(
    post: Post, store: FaultyStore, said: tuple[CaseId, ItemId, ItemId]
) -> None:
    case, note, one = said
    prove(post, who=nova(post.house))
    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        answer(post.house, case, one)
    (kept,) = post.house.objections.own(nova(post.house), note)
    assert (kept.answer, told(post)) == (None, [])

    answer(post.house, case, one)
    assert len(told(post)) == 1


@pytest.mark.parametrize("fault", ["fail_commits_after", "repeat_commits", "conflict_commits"])
def test_an_answer_whose_own_answer_was_lost_is_told_of_once(
    post: Post, store: FaultyStore, said: tuple[CaseId, ItemId, ItemId], fault: str
) -> None:
    prove(post, who=nova(post.house))
    once = Forms(ANNA).new(said=said[2])
    getattr(store, fault)(1)
    for _ in range(2):
        try:
            post.house.objections.answer(ANNA, said[0], said[2], "Rättat.", title="kurator", submission=once)
        except (Conflict, Unavailable):
            continue

    assert len(told(post)) == 1


def test_the_own_matters_tell_of_an_answer_while_the_file_opens(
    post: Post, said: tuple[CaseId, ItemId, ItemId]
) -> None:
    house, since = post.house, post.clock.now() - timedelta(days=14)
    assert house.objections.answered_since(nova(house), since) is None
    answer(house, said[0], said[2])

    assert house.objections.answered_since(nova(house), since) == post.clock.now()
    assert house.objections.answered_since(nova(house), post.clock.now() + timedelta(seconds=1)) is None
    assert house.objections.answered_since(YOU, since) is None
    assert isinstance(house.register, HandRegister)
    house.register.down = True
    assert house.objections.answered_since(nova(house), since) is None
