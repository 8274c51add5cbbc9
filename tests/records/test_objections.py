"""Objections as they are kept: made by the one who may read, sealed, with a clock that the answer stops."""

from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain import objections
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.ids import CaseId, ItemId, SubmissionId
from shared.domain.notices import NoticeKind
from shared.domain.objection_items import Objection
from shared.domain.principals import Principal
from shared.domain.queries import CASE_TIMELINE, DEADLINES_OF_CASE
from shared.ports.store import NotFound, Store, Unavailable
from shared.records.submissions import Submission
from shared.records.trail import verify
from tests.adapters.faulty_store import FaultyStore
from tests.functions.inbox_browser import resident
from tests.houses import HandClock, demo_house
from tests.own_files import OBJECTION, RELEASE, WITHHOLD, knowing, noted, nova, novas_case, object_to, review
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER
from tests.records.reports import Forms
from tests.records.test_journal import together
from tests.registers import MOTHER


def released(house: House) -> tuple[CaseId, ItemId]:
    knowing(house)
    case = novas_case(house)
    return case, noted(house, case, "Mamma ringde.", RELEASE)


def answer(house: House, case: CaseId, one: Objection, text: str = "Vi har rättat det.", by: Principal = ANNA) -> None:
    house.objections.answer(by, case, one.id, text, title="kurator", submission=Forms(by).new(text=text))


def clocks(house: House, case: CaseId) -> list[tuple[object, object]]:
    found = house.store.query(DEADLINES_OF_CASE, {"case": case}, limit=25).documents
    return [(one.fields["state"], one.fields["due"]) for one in found if one.fields["name"] == objections.CLOCK]


def test_what_the_person_says_is_noted_with_a_clock_and_the_caseworker_is_told(store: Store) -> None:
    house = demo_house(store)
    case, note = released(house)
    object_to(house, note)
    (one,) = house.objections.own(nova(house), note)
    document = house.store.get("objections", one.id)

    assert (one.text, one.at, one.answer) == (OBJECTION, MONDAY, None)
    assert [(state, due) for state, due in clocks(house, case)] == [("running", one.due)]
    assert one.due - MONDAY > timedelta(days=29)
    assert next(one.kind for one in house.notices.newest(ANNA)) is NoticeKind.NOTE_OBJECTED_TO
    assert document is not None
    assert OBJECTION not in repr(document.fields)


def test_the_answer_is_read_by_the_person_and_stops_the_clock(store: Store) -> None:
    house = demo_house(store)
    case, note = released(house)
    object_to(house, note)
    (one,) = house.objections.of_note(SAMIR, case, note)
    answer(house, case, one)
    (read,) = house.objections.own(nova(house), note)
    entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=20).documents
    stored = house.store.get("cases", case)

    assert read.answer is not None
    assert (read.text, read.answer.text) == (OBJECTION, "Vi har rättat det.")
    assert [state for state, _ in clocks(house, case)] == ["met"]
    assert [entry.fields["action"] for entry in entries[:2]] == ["objection:answered", "note:objected_to"]
    assert stored is not None
    assert verify(list(reversed(entries)), str(stored.fields["audit_head"]))
    with pytest.raises(AlreadyDone):
        answer(house, case, one, "En gång till.")


def test_a_clock_that_nobody_answers_reminds_and_is_late() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    _, note = released(house)
    object_to(house, note)
    clock.advance(timedelta(days=33))
    house.sweep.run()

    told = [one for one in house.notices.newest(ANNA) if one.deadline == objections.CLOCK]
    assert [one.warning for one in told][:1] == ["overdue"]


def test_only_the_person_who_may_read_the_note_objects_to_it() -> None:
    house = demo_house()
    case, note = released(house)
    hidden = noted(house, case, "Hemligt.", WITHHOLD)

    def make(who: Principal, of: ItemId) -> None:
        house.objections.make(who, of, "Fel.", Submission("x", SubmissionId("1" * 32), {}))

    for who in (resident(house, MOTHER), resident(house, "191212121212"), ELSA, ANNA, SAMIR):
        with pytest.raises(NotFound):
            make(who, note)
        assert house.objections.own(who, note) == []
    for of in (hidden, ItemId("0" * 32)):
        with pytest.raises(NotFound):
            make(nova(house), of)


def test_what_is_withheld_again_takes_its_objections_with_it() -> None:
    house = demo_house()
    case, note = released(house)
    object_to(house, note)
    review(house, case, note, WITHHOLD, seen=1)

    assert house.objections.own(nova(house), note) == []
    assert len(house.objections.of_note(ANNA, case, note)) == 1


def test_only_who_writes_in_the_case_answers() -> None:
    house = demo_house()
    case, note = released(house)
    object_to(house, note)
    (one,) = house.objections.of_note(ANNA, case, note)

    with pytest.raises(NotAllowed):
        answer(house, case, one, by=SAMIR)
    with pytest.raises(NotFound):
        answer(house, case, one, by=STRANGER)
    with pytest.raises(NotFound):
        answer(house, novas_case(house), one)
    assert house.objections.of_note(STRANGER, case, note) == []
    answer(house, case, one, by=MARIA)


@pytest.mark.parametrize("text", ["", " \n", "x" * (objections.LONGEST + 1)])
def test_words_are_needed_and_not_too_many(text: str) -> None:
    house = demo_house()
    case, note = released(house)
    with pytest.raises(Incomplete):
        object_to(house, note, text)
    object_to(house, note)
    (one,) = house.objections.of_note(ANNA, case, note)
    with pytest.raises(Incomplete):
        answer(house, case, one, text)


def test_a_note_takes_so_many_and_no_more() -> None:
    house = demo_house()
    _, note = released(house)
    for _ in range(objections.MOST):
        object_to(house, note)

    with pytest.raises(NotOpen):
        object_to(house, note)


def test_two_who_answer_at_once_give_one_answer(store: Store) -> None:
    house = demo_house(store)
    case, note = released(house)
    object_to(house, note)
    (one,) = house.objections.of_note(ANNA, case, note)
    wrong = together(
        lambda: answer(house, case, one, "Annas.", ANNA), lambda: answer(house, case, one, "Marias.", MARIA)
    )

    assert [type(error) for error in wrong] == [AlreadyDone]


def test_sent_twice_it_stands_once_and_lost_it_can_be_sent_again() -> None:
    house = demo_house(faulty := FaultyStore(MemoryStore()))
    _, note = released(house)
    once = Submission(str(nova(house).person), SubmissionId("1" * 32), {"text": OBJECTION})

    assert house.directory.present().staff, "the directory is there from the first notice on"
    faulty.fail_commits_before(1)
    with pytest.raises(Unavailable):
        house.objections.make(nova(house), note, OBJECTION, once)
    faulty.fail_commits_after(1)
    for _ in range(2):
        house.objections.make(nova(house), note, OBJECTION, once)
    assert len(house.objections.own(nova(house), note)) == 1
