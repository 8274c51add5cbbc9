"""Who writes in the journal, what a note must say, and that what is signed never changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain import journaling
from shared.domain.broken_rules import Incomplete, NotAllowed, NotOpen
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId
from shared.domain.notes import Contacts, Note, NoteForm, NoteKind
from shared.domain.principals import ANONYMOUS, SYSTEM, Principal
from tests.cases import decided, filed, preliminary_form, received, taken
from tests.notes import written
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER


def annas() -> Case:
    return taken(received())


def sign(case: Case, form: NoteForm | None = None, by: Principal = ANNA, before: Contacts | None = None) -> Change:
    said = form or written()
    return journaling.sign(case, before, said, id=ItemId("1" * 32), title="kurator", by=by, now=MONDAY)


def signed(case: Case) -> Note:
    note = sign(case).items[0]
    assert isinstance(note, Note)
    return note


@pytest.mark.parametrize("by", [ANNA, MARIA])
def test_the_caseworker_and_the_lead_write(by: Principal) -> None:
    note, contacts = sign(annas(), by=by).items

    assert isinstance(note, Note)
    assert isinstance(contacts, Contacts)
    assert (note.by, note.title, note.signed_at) == (by.staff, "kurator", MONDAY)
    assert contacts.of(NoteKind.CALL) == 1


@pytest.mark.parametrize("by", [SAMIR, STRANGER, ELSA, ANONYMOUS, SYSTEM], ids=lambda one: one.name or one.kind)
def test_nobody_else_writes_or_adds(by: Principal) -> None:
    case = annas()

    with pytest.raises(NotAllowed):
        sign(case, by=by)
    with pytest.raises(NotAllowed):
        journaling.add(case, signed(case), "Mer.", title="", by=by, now=MONDAY)


def test_what_happened_before_a_case_ended_may_be_written_afterwards() -> None:
    ended = decided(received(filed(feedback=False)), preliminary_form()).case

    assert not ended.open
    assert sign(ended).case == ended


@pytest.mark.parametrize(
    ("field", "nothing"),
    [("kind", None), ("happened", ""), ("with_whom", ()), ("source", None), ("weight", None), ("text", " ")],
)
def test_a_note_says_everything_it_must(field: str, nothing: object) -> None:
    with pytest.raises(Incomplete) as told:
        sign(annas(), replace(written(), **{field: nothing}))  # type: ignore[arg-type]

    assert told.value.fields == (field,)


@pytest.mark.parametrize("happened", ["2026-11-03", "2026-11-02T10:01", "2026-13-01", "2026-11-02T25:00", "i går"])
def test_what_has_not_happened_is_not_written_down(happened: str) -> None:
    with pytest.raises(Incomplete):
        sign(annas(), written(happened=happened))


def test_a_day_without_a_time_stands_at_its_beginning_also_when_clocks_change() -> None:
    assert journaling.happened_at("2026-10-25") == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert journaling.happened_at("2026-10-25T02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert journaling.happened_at("2026-03-29T02:30") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_each_kind_is_counted_for_itself() -> None:
    case = annas()
    before: Contacts | None = None
    for kind in (NoteKind.CALL, NoteKind.VISIT, NoteKind.CALL):
        after = sign(case, written(kind=kind), before=before).items[1]
        assert isinstance(after, Contacts)
        before = after

    assert before is not None
    assert [before.of(kind) for kind in NoteKind] == [2, 1, 0, 0, 0]


def test_an_addition_stands_below_and_changes_nothing_that_was_signed() -> None:
    case = annas()
    note = signed(case)
    (after,) = journaling.add(case, note, "Det var måndag.", title="kurator", by=MARIA, now=MONDAY).items

    assert isinstance(after, Note)
    assert replace(after, additions=()) == note
    assert [(one.by, one.text) for one in after.additions] == [(MARIA.staff, "Det var måndag.")]


@pytest.mark.parametrize("text", ["", "  \n", "x" * (journaling.LONGEST + 1)])
def test_an_addition_has_words_and_not_too_many(text: str) -> None:
    case = annas()

    with pytest.raises(Incomplete):
        journaling.add(case, signed(case), text, title="", by=ANNA, now=MONDAY)


def test_a_full_note_takes_no_more_and_another_cases_note_none() -> None:
    case = annas()
    note = signed(case)
    for minute in range(journaling.MOST_ADDITIONS):
        at = MONDAY + timedelta(minutes=minute)
        (more,) = journaling.add(case, note, "Mer.", title="", by=ANNA, now=at).items
        assert isinstance(more, Note)
        note = more

    with pytest.raises(NotOpen):
        journaling.add(case, note, "Mer.", title="", by=ANNA, now=MONDAY)
    with pytest.raises(NotAllowed):
        journaling.add(replace(case, id=CaseId("2" * 32)), signed(case), "Mer.", title="", by=ANNA, now=MONDAY)
