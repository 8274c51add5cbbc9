"""A process that signs, releases and answers until it is killed; each thing it was promised is a line of output."""

import sys
from itertools import count
from pathlib import Path

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.kept import Kept
from shared.adapters.local_keys import LocalKeyRing
from shared.adapters.sqlite_store import SqliteStore
from shared.app import House, assemble
from shared.domain.ids import CaseId, StaffId
from shared.domain.queries import DATA_KEYS_MADE
from shared.records.drafts import note_draft
from tests.houses import DEMO, HandClock, NotedAlarms
from tests.memory_files import MemoryFiles
from tests.notes import FORM, sign_note, written
from tests.own_files import RELEASE, knowing, novas_case, review
from tests.own_files import say as object_to_it
from tests.people import ANNA
from tests.records.reports import Forms
from tests.records.test_journal import add


def house_on(path: Path) -> House:
    """A house over documents and keys on this disk."""
    keys = SqliteStore(path.with_name("keys.db"), shapes=(DATA_KEYS_MADE,))
    clock = HandClock()
    ring = LocalKeyRing(keys, b"m" * 32, DEMO.tenant, clock)
    cipher = AesCipher(ring)
    files = MemoryFiles(cipher, DEMO.tenant)
    return assemble(
        DEMO, Kept(SqliteStore(path), ring, cipher, NotedAlarms(), files, clock, ring.standing, lambda: None)
    )


def main(path: str, case: str) -> None:
    """Write in the case, or in a new one, which is told first."""
    house = house_on(Path(path))
    knowing(house)
    id = CaseId(case) if case else novas_case(house)
    throw_away(house, id)
    say(id)
    for number in count():
        note = sign_note(house, id, written(f"Anteckning {number}"))
        say(f"signed {note}")
        if number % 3 == 1:
            add(house, id, note, "Mer.")
            say(f"added {note}")
        if number % 3 == 2:
            review(house, id, note, RELEASE)
            say(f"released {note}")
            said = object_to_it(house, note)
            say(f"said {said}")
            once = Forms(ANNA).new(text=said)
            house.objections.answer(ANNA, id, said, "Vi har rättat det.", title="kurator", submission=once)
            say(f"answered {said}")


def throw_away(house: House, id: CaseId) -> None:
    """Throw away the note that was begun when the one before was killed."""
    begun = house.drafts.find(*note_draft(id, StaffId(str(ANNA.staff)), FORM))
    if begun is not None:
        house.drafts.drop(begun)


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
