"""Messages that did not arrive are seen by the lead of the unit alone, and what is done about them is written down."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import MessageId, UnitId
from shared.domain.messages import Message, State
from shared.domain.principals import Kind, Principal, Role
from shared.ports.notices import NotTaken, Outgoing, Refused
from shared.ports.store import NotFound, Replace
from shared.ports.store import Refused as NotACursor
from shared.records.delivery import PATH, report_path
from shared.records.troubled_messages import TRAIL, TroubledMessages
from tests.people import ANNA, ELSA, MARIA
from tests.records.outgoing_post import Post

STRANGER = replace(MARIA, unit=UnitId("annan-enhet"))


@pytest.fixture
def post() -> Post:
    """A page that the gateway has refused."""
    post = Post()
    post.sms.answers = [Refused("400")]
    post.report(acute=True)
    post.ring()
    return post


def desk(post: Post) -> TroubledMessages:
    return post.house.troubled


def trail(post: Post, message: Message) -> list[dict[str, Any]]:
    """The message's own trail, oldest first."""
    return [dict(post.document(TRAIL, f"{message.id}-{number:06d}").fields) for number in range(1, message.entries + 1)]


def test_the_lead_sees_what_did_not_arrive(post: Post) -> None:
    assert [one.id for one in desk(post).page(MARIA).messages] == [post.page.id]
    assert desk(post).count(MARIA) == 1


def test_the_gravest_stand_first_and_the_newest_first_among_each(post: Post) -> None:
    first = post.page
    written = [
        replace(first, rev=0, id=MessageId(f"{n:032x}"), urgent=n < 30, at=first.at + timedelta(minutes=n))
        for n in range(1, 90)
    ]
    for one in written:
        post.write(one)

    read, cursor = list[Message](), None
    sizes = []
    while True:
        found = desk(post).page(MARIA, cursor)
        sizes.append(len(found.messages))
        read += found.messages
        if (cursor := found.cursor) is None:
            break

    assert sizes == [25, 5 + 25, 25, 10]
    assert [(one.urgent, one.at) for one in read] == sorted(
        ((one.urgent, one.at) for one in [first, *written]), reverse=True
    )


@pytest.mark.parametrize("cursor", ["", "3x", "1x", "2", "x"])
def test_a_place_that_is_none_in_the_list_is_refused(post: Post, cursor: str) -> None:
    with pytest.raises(NotACursor):
        desk(post).page(MARIA, cursor)


def test_the_lead_of_another_unit_sees_nothing_of_it_and_can_do_nothing_about_it(post: Post) -> None:
    assert desk(post).page(STRANGER).messages == []
    for act in (desk(post).again, desk(post).settle):
        with pytest.raises(NotFound):
            act(STRANGER, post.page.id)


@pytest.mark.parametrize("who", [ANNA, ELSA, replace(MARIA, unit=None), Principal(Kind.ANONYMOUS)])
def test_nobody_else_sees_any(post: Post, who: Principal) -> None:
    for ask in (desk(post).page, desk(post).count):
        with pytest.raises(NotAllowed):
            ask(who)
    with pytest.raises(NotAllowed):
        desk(post).again(who, post.page.id)
    assert post.page.state is State.DEAD


def test_what_is_tried_again_leaves_at_once_and_is_written_down(post: Post) -> None:
    desk(post).again(MARIA, post.page.id)
    post.ring()
    (entry,) = trail(post, post.page)

    assert (len(post.sms.taken), post.page.state) == (1, State.SENT)
    assert (entry["action"], entry["actor"], entry["previous"]) == ("message:again", "maria.exempel", "")
    assert desk(post).count(MARIA) == 0


def test_a_second_click_tries_it_only_once(post: Post) -> None:
    desk(post).again(MARIA, post.page.id)
    desk(post).again(MARIA, post.page.id)
    post.ring()

    assert (len(post.sms.taken), post.page.entries) == (1, 1)


def test_what_fails_once_more_comes_back_with_its_trail(post: Post) -> None:
    desk(post).again(MARIA, post.page.id)
    post.sms.answers = [Refused("400")]
    post.ring()
    desk(post).settle(MARIA, post.page.id)
    first, second = trail(post, post.page)

    assert [first["action"], second["action"]] == ["message:again", "message:handled"]
    assert second["previous"] != ""
    assert post.page.head not in {"", second["previous"]}
    assert desk(post).count(MARIA) == 0


def test_what_was_not_delivered_is_settled_and_stays_as_it_is(post: Post) -> None:
    failed = replace(post.page, state=State.FAILED)
    post.write(failed)
    desk(post).settle(MARIA, post.page.id)

    assert (post.page.state, post.page.handled) == (State.FAILED, True)


def test_a_message_on_its_way_cannot_be_tried_again_beside_itself() -> None:
    post = Post()
    post.sms.always = NotTaken("down")
    post.report(acute=True)
    post.ring()
    desk(post).again(MARIA, post.page.id)

    assert (post.page.state, post.page.entries) == (State.WAITING, 0)


def test_another_try_of_what_is_done_by_then_is_dropped(post: Post) -> None:
    case = post.document("cases", post.page.case)
    clocks: Any = case.fields["clocks"]
    over = {**clocks, "skyddsbedomning": {**clocks["skyddsbedomning"], "state": "met"}}
    post.house.store.commit([Replace("cases", case.id, case.rev, {**case.fields, "clocks": over})])
    desk(post).again(MARIA, post.page.id)
    post.ring()

    assert (post.page.state, post.sms.taken) == (State.DROPPED, [])


def test_another_try_has_a_day_from_now(post: Post) -> None:
    post.clock.advance(timedelta(days=30))
    desk(post).again(MARIA, post.page.id)
    post.ring()

    assert len(post.sms.taken) == 1


def test_a_message_that_is_not_there_is_nobodys(post: Post) -> None:
    with pytest.raises(NotFound):
        desk(post).again(MARIA, MessageId("0" * 32))


def test_the_trail_names_the_lead_and_no_recipient(post: Post) -> None:
    desk(post).settle(MARIA, post.page.id)
    (entry,) = trail(post, post.page)

    assert set(entry) == {
        "message", "number", "previous", "action", "at", "schema", "actor", "actor_kind", "actor_unit", "actor_roles",
    }  # fmt: skip
    assert Role.TEAM_LEAD in entry["actor_roles"]


def test_what_the_lead_did_while_it_was_sent_stays_in_its_trail() -> None:
    post = Post()
    post.report(acute=True)

    def meanwhile(_: Outgoing) -> None:
        secret = report_path(post.page.id, post.house.cipher).removeprefix(PATH)
        assert post.house.delivery.report(secret, State.FAILED)
        desk(post).again(MARIA, post.page.id)

    post.sms.answers = [meanwhile]
    post.send(post.page)

    assert (post.page.state, post.page.entries) == (State.SENT, 1)
    assert [one["action"] for one in trail(post, post.page)] == ["message:again"]
