"""Objections as they are kept: made by the one who may read, sealed, with a clock that the answer stops."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain import objections
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import CasePerson
from shared.domain.ids import CaseId, ItemId
from shared.domain.notices import NoticeKind
from shared.domain.objection_items import Objection
from shared.domain.principals import Principal
from shared.domain.queries import CASE_TIMELINE, DEADLINES_OF_CASE
from shared.ports.store import NotFound, Store, Unavailable
from shared.records.objections import Written
from shared.records.submissions import Sent
from shared.records.trail import verify
from tests.adapters.faulty_store import FaultyStore
from tests.cases import PROTECTION
from tests.directories import leaves
from tests.functions.inbox_browser import resident
from tests.houses import HandClock, demo_house
from tests.own_files import (
    NAME,
    NUMBER,
    OBJECTION,
    RELEASE,
    WITHHOLD,
    begun,
    knowing,
    noted,
    nova,
    novas_case,
    object_to,
    review,
    say,
)
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER
from tests.records.late_requests import UNASKED, decide
from tests.records.reports import Forms, filed_case
from tests.records.test_journal import together
from tests.registers import MOTHER, HandRegister


def released(house: House) -> tuple[CaseId, ItemId]:
    knowing(house)
    case = novas_case(house)
    return case, noted(house, case, "Mamma ringde.", RELEASE)


def answer(house: House, case: CaseId, one: Objection, text: str = "Vi har rättat det.", by: Principal = ANNA) -> None:
    house.objections.answer(by, case, one.id, text, title="kurator", submission=Forms(by).new(text=text))


def unheard(house: House, case: CaseId) -> int:
    found = house.files.case(ANNA, case)
    return -1 if found is None else found.unheard


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
    assert one.clock is not None
    assert [(state, due) for state, due in clocks(house, case)] == [("running", one.clock.due)]
    assert one.clock.due - MONDAY > timedelta(days=29)
    assert unheard(house, case) == 1
    assert next(one.kind for one in house.notices.newest(ANNA)) is NoticeKind.NOTE_OBJECTED_TO
    assert document is not None
    assert OBJECTION not in repr(document.fields)


def test_of_a_case_that_had_ended_somebody_hears_who_is_there(store: Store) -> None:
    house = demo_house(store)
    knowing(house)
    about_nova = replace(UNASKED, child=CasePerson(name=NAME, number=NUMBER))
    case = filed_case(house, about_nova)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    house.caseworker.assess(ANNA, case, PROTECTION, Forms(ANNA).new(), None)
    note = noted(house, case, "Mamma ringde.", RELEASE)
    decide(house, case)
    leaves(house, "anna.exempel", local_date(MONDAY) - timedelta(days=1))
    house.sweep.run()
    say(house, note)
    say(house, None, "Det är bråttom.", asks=False)

    kinds = {one.kind for one in house.notices.newest(MARIA)}
    assert {NoticeKind.FILE_ADDED_TO, NoticeKind.NOTE_OBJECTED_TO} <= kinds
    for one in house.objections.of_note(MARIA, case, note):
        answer(house, case, one, by=MARIA)


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
    assert unheard(house, case) == 0
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

    said = say(house, note)
    for who in (resident(house, MOTHER), resident(house, "191212121212"), ELSA, ANNA, SAMIR):
        draft = begun(house, note, replace(who, person=who.person or nova(house).person), text="Fel.")
        for of in (note, None):
            with pytest.raises(NotFound):
                house.objections.send(who, of, Written("Fel."), draft)
        assert house.objections.own(who, note) == []
        assert house.objections.own_one(who, said) is None
        assert not house.objections.may_send(who, None)
    for of in (hidden, ItemId("0" * 32)):
        with pytest.raises(NotFound):
            say(house, of)


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
    draft = begun(house, note, nova(house), text=OBJECTION)

    def send() -> Sent:
        return house.objections.send(nova(house), note, Written(OBJECTION), draft)

    assert house.directory.present().staff, "the directory is there from the first notice on"
    faulty.fail_commits_before(1)
    with pytest.raises(Unavailable):
        send()
    faulty.fail_commits_after(1)
    assert {send().result for _ in range(3)} == {one.id for one in house.objections.own(nova(house), note)}
    assert house.drafts.find(draft.id, draft.owner) is None
    assert house.objections.sent_before(nova(house), draft.id) == send().result


def test_what_is_added_has_a_clock_only_when_an_answer_is_asked_for(store: Store) -> None:
    house = demo_house(store)
    case, _ = released(house)
    quiet, asking = say(house, None, "Jag har fått praktik.", asks=False), say(house, None, "När hör ni av er?")
    found = [house.objections.own_one(nova(house), one) for one in (quiet, asking)]

    assert [one is not None and (one.clock is None, one.note, one.case) for one in found] == [
        (True, None, case), (False, None, case),
    ]  # fmt: skip
    assert len(clocks(house, case)) == 1
    assert [one.kind for one in house.notices.newest(ANNA)][:2] == [NoticeKind.FILE_ADDED_TO] * 2
    page = house.journal.page(ANNA, case)
    assert page is not None
    assert [one.id for one in page.unanswered] == [asking, quiet], "what has a clock is answered first"


def test_what_asks_for_no_answer_is_read_once_and_the_person_sees_when() -> None:
    house = demo_house()
    case, note = released(house)
    added, wrong = say(house, None, "Jag har fått praktik.", asks=False), say(house, note)

    for who in (SAMIR,):
        with pytest.raises(NotAllowed):
            house.objections.hear(who, case, added, Forms(who).new())
    with pytest.raises(NotOpen):
        house.objections.hear(ANNA, case, wrong, Forms(ANNA).new())
    house.objections.hear(ANNA, case, added, Forms(ANNA).new())
    with pytest.raises(AlreadyDone):
        house.objections.hear(MARIA, case, added, Forms(MARIA).new())
    found = house.objections.own_one(nova(house), added)
    assert found is not None
    assert (found.heard_at, unheard(house, case)) == (MONDAY, 1)


def test_only_so_much_waits_in_a_case_before_a_person_is_asked() -> None:
    house = demo_house()
    released(house)
    for _ in range(objections.MOST):
        say(house, None, asks=False)

    with pytest.raises(NotOpen):
        say(house, None, asks=False)


def test_what_was_said_is_the_persons_own_also_when_the_note_is_shown_no_more_but_not_when_the_file_is_closed() -> None:
    house = demo_house()
    case, note = released(house)
    said = say(house, note)
    review(house, case, note, WITHHOLD, seen=1)
    assert house.objections.own_one(nova(house), said) is not None
    assert house.objections.own_one(resident(house, "191212121212"), said) is None

    assert isinstance(house.register, HandRegister)
    house.register.down = True
    assert house.objections.own_one(nova(house), said) is None
