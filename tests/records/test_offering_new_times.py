"""Somebody falls ill: everybody booked in the time is told at once where that is safe, and chooses a new time."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.memory_store import MemoryStore
from shared.domain import calendar
from shared.domain.booking.blocks import Block, Wished
from shared.domain.booking.bookings import State
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.resources import Span
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import ItemId
from shared.domain.municipality import Staff
from shared.domain.principals import Principal
from shared.domain.queries import CASE_DISCLOSURES
from shared.ports.store import Unavailable
from tests.adapters.faulty_store import FaultyStore
from tests.emulator import Emulator
from tests.meetings import hold, room, sent, staff, town
from tests.people import ANNA, MARIA
from tests.records.outgoing_post import Post
from tests.records.test_staff_meetings import OUTSIDERS, anna
from tests.safe_ways import ME, YOU, prove, with_codes

DAY = date(2026, 11, 5)
NINE, TEN, ELEVEN = (calendar.at(DAY, time(9)) + timedelta(minutes=30 * n) for n in (0, 2, 4))
WORDS = ("Tiden är spärrad.", "Välj en ny tid.")
OFF = "En tid som du har bokat är inställd. Logga in på localhost:8080 med e-legitimation."


def illness(store: FaultyStore | None = None) -> tuple[Post, Block, list[ItemId]]:
    """Two meetings of a morning and one of the week after; Anna is away that day, and one of two can be told safely."""
    post = with_codes(Post(store))
    house = post.house
    house.offer = town(staff("anna.exempel"), room(), length=30, buffer=0, ahead=60)
    prove(post)
    ids = []
    for who, start in ((ME, NINE), (YOU, TEN), (ME, NINE + timedelta(days=7))):
        id = hold(house, who, start, MeetingForm.PHONE, phone="031-390 06 30")
        house.meetings.confirm(who, id, sent(who))
        ids.append(id)
    block = house.blocks.set(ANNA, anna(house), Wished(DAY, DAY), sent(ANNA)).result
    found = house.blocks.find(ANNA, ItemId(block))
    assert found is not None
    return post, found, ids


def span(block: Block) -> Span:
    return Span(block.start, block.end)


def off(post: Post, block: Block) -> list[tuple[str, bool]]:
    """Who is off, and whether they are told."""
    found = post.house.staff_meetings.called_off(ANNA, anna(post.house), span(block))
    return [(one.booking.id, one.told) for one in found]


def states(post: Post, ids: list[ItemId]) -> list[object]:
    return [post.document("bookings", id).fields["state"] for id in ids]


def test_one_action_cancels_all_and_says_who_is_told_and_who_is_not() -> None:
    post, block, ids = illness()
    assert post.house.staff_meetings.call_off_all(ANNA, block, WORDS, sent(ANNA)) == 2
    assert states(post, ids) == [State.CANCELLED, State.CANCELLED, State.CONFIRMED]
    assert off(post, block) == [(ids[0], True), (ids[1], False)]
    post.ring()
    assert [one.text for one in post.email.taken] == [OFF]
    mine = post.house.meetings.open(ME, ids[0])
    assert mine is not None
    assert mine.told == WORDS[1]
    assert post.house.staff_meetings.affected(ANNA, anna(post.house), span(block)) == []


@pytest.mark.emulator
def test_one_action_does_the_same_in_firestore(emulator: Emulator) -> None:
    store = FirestoreStore(emulator.database("illness"))
    post, block, ids = illness(FaultyStore(store))
    assert post.house.staff_meetings.call_off_all(ANNA, block, WORDS, sent(ANNA)) == 2
    assert off(post, block) == [(ids[0], True), (ids[1], False)]
    assert len(post.house.staff_meetings.of_unit(MARIA, Span(NINE, NINE + timedelta(days=8)))) == 3
    post.ring()
    assert [one.text for one in post.email.taken] == [OFF]
    store.close()


def test_each_name_on_the_lists_is_logged() -> None:
    post, block, ids = illness()
    post.house.staff_meetings.affected(ANNA, anna(post.house), span(block))
    post.house.staff_meetings.call_off_all(ANNA, block, WORDS, sent(ANNA))
    off(post, block)
    for id in ids[:2]:
        found = post.house.store.query(CASE_DISCLOSURES, {"case": id}, limit=10).documents
        assert [one.fields["what"] for one in found] == ["meeting_list", "meeting_list"]


def test_sent_twice_it_is_done_once() -> None:
    post, block, _ = illness()
    once = sent(ANNA)
    assert [post.house.staff_meetings.call_off_all(ANNA, block, WORDS, once) for _ in range(2)] == [2, 0]
    post.ring()
    assert len(post.email.taken) == 1


@pytest.mark.parametrize("after", [True, False])
def test_trouble_in_the_middle_leaves_nothing_half_and_the_same_form_goes_on(after: bool) -> None:
    store = FaultyStore(MemoryStore())
    post, block, ids = illness(store)
    once = sent(ANNA)
    (store.fail_commits_after if after else store.fail_commits_before)(1)
    for _ in range(3):
        try:
            post.house.staff_meetings.call_off_all(ANNA, block, WORDS, once)
        except Unavailable:
            continue
    assert states(post, ids)[:2] == [State.CANCELLED, State.CANCELLED]
    post.ring()
    post.sending.sweep()
    assert len(post.email.taken) == 1


def test_who_has_moved_meanwhile_keeps_the_new_time() -> None:
    post, block, ids = illness()
    house = post.house
    found = house.staff_meetings._in_unit(block, span(block))
    assert len(found) == 2
    house.staff_meetings._in_unit = lambda *_: found  # type: ignore[method-assign]
    house.meetings.move(YOU, ids[1], TEN + timedelta(days=1), sent(YOU))
    house.meetings.cancel(ME, ids[0], "", sent(ME))
    assert house.staff_meetings.call_off_all(ANNA, block, WORDS, sent(ANNA)) == 0
    assert states(post, ids)[:2] == [State.CANCELLED, State.CONFIRMED]
    assert off(post, block) == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_others_call_nothing_off(who: Principal) -> None:
    post, block, ids = illness()
    assert post.house.staff_meetings.call_off_all(who, block, WORDS, sent(who)) == 0
    assert states(post, ids) == [State.CONFIRMED] * 3
    with pytest.raises(NotAllowed):
        post.house.staff_meetings.called_off(who, anna(post.house), span(block))


def test_a_colleague_of_another_unit_has_no_diary_here() -> None:
    post, block, _ = illness()
    other: Staff = replace(anna(post.house), unit="vuxenenheten")  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        post.house.staff_meetings.called_off(ANNA, other, span(block))
