"""The journal and the own file over Firestore: both who write at once are kept, and pages hold everything once."""

from pathlib import Path

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.domain.notes import Note, NoteKind
from shared.domain.queries import NOTES_OF_CASE
from tests.emulator import Emulator
from tests.houses import demo_house
from tests.letters import recipient, send_letter
from tests.notes import note_draft_of, sign_note, written
from tests.own_files import RELEASE, WITHHOLD, knowing, noted, nova, novas_case
from tests.people import ANNA, MARIA
from tests.records.reports import Forms
from tests.records.test_journal import page_of, together, whole
from tests.records.test_letters import annas_case
from tests.records.test_own_file import texts

pytestmark = [pytest.mark.slow, pytest.mark.emulator]


def firestore(emulator: Emulator, path: Path) -> FirestoreStore:
    return FirestoreStore(emulator.database(str(path)), patience=60, try_s=20)


def test_two_who_write_at_once_are_both_kept_and_both_counted(emulator: Emulator, tmp_path: Path) -> None:
    house = demo_house(firestore(emulator, tmp_path))
    case = annas_case(house)
    drafts = {who: note_draft_of(house, case, who) for who in (ANNA, MARIA)}

    def sign(by: str) -> None:
        who = {"anna": ANNA, "maria": MARIA}[by]
        once = Forms(who).new()
        house.journal.sign(who, case, written(), title="kurator", submission=once, draft=drafts[who])

    assert together(lambda: sign("anna"), lambda: sign("maria")) == []
    counts = page_of(house, case).contacts
    assert counts is not None
    notes = house.store.query(NOTES_OF_CASE, {"case": case}, limit=10).documents
    assert (len(notes), counts.of(NoteKind.CALL)) == (2, 2)


def test_the_chronology_holds_everything_once(emulator: Emulator, tmp_path: Path) -> None:
    house = demo_house(firestore(emulator, tmp_path))
    case = annas_case(house)
    for number in range(23):
        sign_note(house, case, written(f"Anteckning {number}", happened=f"2026-10-{number // 2 + 1:02}"))
    send_letter(house, case, recipient())

    found = [one.form.text for one in whole(house, case) if isinstance(one, Note)]
    assert sorted(found) == sorted(f"Anteckning {number}" for number in range(23))


def test_the_own_file_holds_what_is_released_and_nothing_else(emulator: Emulator, tmp_path: Path) -> None:
    house = demo_house(firestore(emulator, tmp_path))
    knowing(house)
    case = novas_case(house)
    for day in range(1, 11):
        noted(house, case, f"Dag {day}.", RELEASE if day % 2 else WITHHOLD, day)

    assert texts(house, nova(house)) == [f"Dag {day}." for day in range(9, 0, -2)]
