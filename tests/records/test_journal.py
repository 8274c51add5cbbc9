"""The journal as it is kept: sealed to the last word, in the chain, nothing lost between two writers or in a crash."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import CaseId, ItemId
from shared.domain.letters import Letter
from shared.domain.notes import Care, Note, NoteKind
from shared.domain.principals import Principal
from shared.domain.queries import CASE_DISCLOSURES, CASE_TIMELINE, EVENTS_SINCE, NOTES_OF_CASE
from shared.ports.store import Conflict, NotFound, Store, Unavailable
from shared.records.journal import Journal, JournalPage, Milestone
from shared.records.trail import verify
from tests.adapters.faulty_store import FaultyStore
from tests.houses import demo_house
from tests.letters import recipient, send_letter
from tests.notes import WORDS, note_draft_of, sign_note, written
from tests.people import ANNA, ELSA, MARIA, SAMIR, STRANGER
from tests.records.reports import Forms
from tests.records.test_letters import annas_case


def page_of(house: House, case: CaseId, cursor: str | None = None, by: Principal = ANNA) -> JournalPage:
    found: JournalPage | None = house.journal.page(by, case, cursor)
    assert found is not None
    return found


def whole(house: House, case: CaseId) -> list[object]:
    """Everything of the chronology, newest first."""
    cursor: str | None = None
    found: list[object] = []
    while True:
        page = page_of(house, case, cursor)
        found += [one.what for one in page.entries]
        cursor = page.cursor
        if cursor is None:
            return found


def add(house: House, case: CaseId, note: ItemId, text: str, by: Principal = ANNA) -> None:
    house.journal.add(by, case, note, text, title="kurator", submission=Forms(by).new(text=text))


def notes_of(house: House, case: CaseId) -> list[str]:
    return [one.id for one in house.store.query(NOTES_OF_CASE, {"case": case}, limit=100).documents]


def test_a_note_read_from_the_store_is_the_note_that_was_signed(store: Store) -> None:
    house = demo_house(store)
    case = annas_case(house)
    what = written("Text", NoteKind.VISIT, Care.VIOLENCE, Care.THIRD_PERSON, happened="2026-11-01T08:15")
    found = house.journal.open(SAMIR, case, sign_note(house, case, what))

    assert found is not None
    note, review = found
    assert review is None
    assert (note.form, note.by, note.title) == (what, ANNA.staff, "socialsekreterare")


def test_nothing_of_a_note_lies_open(store: Store) -> None:
    house = demo_house(store)
    case = annas_case(house)
    note = sign_note(house, case, written(WORDS, NoteKind.VISIT, Care.VIOLENCE))
    add(house, case, note, "Nova bytte skola.")

    for collection, id in (("notes", note), ("note_counts", case)):
        document = house.store.get(collection, id)
        assert document is not None
        clear = repr({name: value for name, value in document.fields.items() if name != "sealed"})
        assert [one for one in (WORDS, "Karin", "visit", "violence", "told", "bytte") if one in clear] == []
    assert set(house.store.get("notes", note).fields["sealed"]) == {"note", "added"}  # type: ignore[union-attr,arg-type]


def test_writing_and_adding_are_in_the_chain_and_in_the_figures_without_a_word() -> None:
    house = demo_house()
    case = annas_case(house)
    add(house, case, sign_note(house, case), "Nova bytte skola.")
    entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=20).documents
    document = house.store.get("cases", case)
    events = house.store.query(EVENTS_SINCE, {"kind": "orosanmalan"}, limit=50).documents

    assert document is not None
    assert verify(list(reversed(entries)), str(document.fields["audit_head"]))
    assert [one.fields["action"] for one in entries[:2]] == ["note:added_to", "note:signed"]
    assert {"note:signed", "note:added_to"} <= {one.fields["step"] for one in events}
    assert "Nova" not in repr([one.fields for one in (*entries, *events)])


def test_the_chronology_holds_notes_letters_and_milestones_once_each_over_all_pages(store: Store) -> None:
    house = demo_house(store)
    case = annas_case(house)
    for number in range(25):
        sign_note(house, case, written(f"Anteckning {number}", happened=f"2026-10-{number // 2 + 1:02}"))
    for _ in range(3):
        send_letter(house, case, recipient())
    found = whole(house, case)

    assert len(page_of(house, case).entries) >= 20
    assert sorted(one.form.text for one in found if isinstance(one, Note)) == sorted(
        f"Anteckning {number}" for number in range(25)
    )
    assert sum(isinstance(one, Letter) for one in found) == 3
    assert [one for one in found if isinstance(one, Milestone)].count(Milestone.REPORT) == 1
    assert found.count(Milestone.ASSESSMENT) == 1


def test_contacts_are_counted_with_each_note_and_not_by_reading_through() -> None:
    house = demo_house()
    case = annas_case(house)
    assert page_of(house, case).contacts is None
    for kind in (NoteKind.CALL, NoteKind.ATTEMPT, NoteKind.ATTEMPT, NoteKind.OTHER):
        sign_note(house, case, written(kind=kind))
    counts = page_of(house, case).contacts

    assert counts is not None
    assert [counts.of(kind) for kind in NoteKind] == [1, 0, 0, 2, 1]


def test_what_is_shown_is_written_in_the_disclosure_log_first() -> None:
    house = demo_house(faulty := FaultyStore(MemoryStore()))
    case = annas_case(house)
    note = sign_note(house, case)
    page_of(house, case)
    house.journal.open(ANNA, case, note)
    shown = [one.fields["what"] for one in house.store.query(CASE_DISCLOSURES, {"case": case}, limit=20).documents]
    assert {"journal", "note"} <= set(shown)

    faulty.fail_commits_before(4)
    with pytest.raises(Unavailable):
        house.journal.page(ANNA, case)
    with pytest.raises(Unavailable):
        house.journal.open(ANNA, case, note)


def test_a_foreign_journal_does_not_exist() -> None:
    house = demo_house()
    case, another = annas_case(house), annas_case(house)
    note = sign_note(house, case)

    for outsider in (STRANGER, ELSA):
        assert house.journal.page(outsider, case) is None
        assert house.journal.open(outsider, case, note) is None
        with pytest.raises(NotFound):
            add(house, case, note, "Mer.", outsider)
    assert house.journal.open(ANNA, another, note) is None
    with pytest.raises(NotFound):
        add(house, another, note, "Mer.")
    with pytest.raises(NotAllowed):
        add(house, case, note, "Mer.", SAMIR)


def test_a_draft_of_a_note_is_its_writers_alone() -> None:
    house = demo_house()
    case = annas_case(house)
    annas, marias = note_draft_of(house, case, ANNA), note_draft_of(house, case, MARIA)

    assert annas.id != marias.id
    assert house.drafts.find(annas.id, marias.owner) is None
    assert house.drafts.find(annas.id, case) is None


def test_the_same_note_is_signed_once_however_often_it_is_sent() -> None:
    house = demo_house()
    case = annas_case(house)
    draft, once = note_draft_of(house, case), Forms(ANNA).new()

    def send(journal: Journal) -> str:
        return journal.sign(ANNA, case, written(), title="kurator", submission=once, draft=draft).result

    assert send(house.journal) == send(house.journal)
    assert len(notes_of(house, case)) == 1
    with pytest.raises(Conflict):
        house.journal.sign(ANNA, case, written(), title="", submission=Forms(ANNA).new(), draft=draft)


def test_a_write_that_is_lost_leaves_the_draft_and_a_lost_answer_is_found_again() -> None:
    house = demo_house(faulty := FaultyStore(MemoryStore()))
    case = annas_case(house)
    draft, once = note_draft_of(house, case), Forms(ANNA).new()

    faulty.fail_commits_before(1)
    with pytest.raises(Unavailable):
        house.journal.sign(ANNA, case, written(), title="kurator", submission=once, draft=draft)
    assert house.drafts.find(draft.id, draft.owner) is not None
    assert page_of(house, case).contacts is None
    faulty.fail_commits_after(1)
    house.journal.sign(ANNA, case, written(), title="kurator", submission=once, draft=draft)

    assert house.drafts.find(draft.id, draft.owner) is None
    counts = page_of(house, case).contacts
    assert counts is not None
    assert (len(notes_of(house, case)), counts.of(NoteKind.CALL)) == (1, 1)


def together(*acts: Callable[[], object]) -> list[BaseException]:
    """Do all of it at the same instant; what went wrong."""
    gate, wrong = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - told by the test
            wrong.append(error)

    threads = [Thread(target=run, args=(one,)) for one in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return wrong


def test_two_who_write_at_once_are_both_kept_and_both_counted(store: Store) -> None:
    house = demo_house(store)
    case = annas_case(house)
    drafts = {who: note_draft_of(house, case, who) for who in (ANNA, MARIA)}

    def sign(who: Principal) -> None:
        once = Forms(who).new()
        house.journal.sign(who, case, written(), title="kurator", submission=once, draft=drafts[who])

    assert together(lambda: sign(ANNA), lambda: sign(MARIA)) == []
    counts = page_of(house, case).contacts
    assert counts is not None
    assert (len(notes_of(house, case)), counts.of(NoteKind.CALL)) == (2, 2)


def test_two_who_add_at_once_are_both_kept(store: Store) -> None:
    house = demo_house(store)
    case = annas_case(house)
    note = sign_note(house, case)

    assert together(lambda: add(house, case, note, "Ett.", ANNA), lambda: add(house, case, note, "Två.", MARIA)) == []
    found = house.journal.open(ANNA, case, note)
    assert found is not None
    assert {one.text for one in found[0].additions} == {"Ett.", "Två."}
