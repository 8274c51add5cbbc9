"""The desk of a caseworker who decides without being named, with a name and a number that occur nowhere else."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from shared.adapters.memory_store import MemoryStore
from shared.adapters.municipality_file import load_municipality
from shared.adapters.sqlite_store import SqliteStore
from shared.app import House, assemble
from shared.domain.ids import CaseId, ItemId
from shared.domain.queries import SHAPES
from shared.ports.store import Store
from tests.functions.letter_desk import both, page_of, send
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import DECISION, Desk
from tests.houses import DEMO, kept
from tests.letters import letters_of
from tests.people import ANNA
from tests.records.reports import case_of

NAME: Final = "Vindela Kanariefågel"
NUMBER: Final = "070-174 06 41"
REASON: Final = "Skatanhotade"
SECRET: Final = ("Vindela", "Kanariefågel", "anna.exempel", "Anna Exempel", "1740641", "174 06 41", REASON)
"""Who decided, in every way that somebody could know it, and why it is not told."""
UNNAMED: Final = {**DECISION, "name_stands": "no", "name_reason": f"{REASON} i telefon."}
LETTERS: Final = {
    "decision": {},
    "investigation_opened": {"reason": "Vi behöver veta mer.", "next_step": "Vi hör av oss."},
    "communication": {
        "material": "Samtal med skolan.", "how_to_answer": "Ring oss.",
        "answer_by-day": "20", "answer_by-month": "11", "answer_by-year": "2026",
    },
}  # fmt: skip


def store_in(keeper: str, folder: Path) -> Store:
    """A store in memory or on disk."""
    return SqliteStore(folder / "store.db", shapes=SHAPES.values()) if keeper == "disk" else MemoryStore()


def renamed_house(store: Store) -> House:
    """A house where Anna has a name and a number that occur nowhere else."""
    known = load_municipality(DEMO.municipality)
    anna = replace(known.staff[ANNA.staff], name=NAME, phone=NUMBER)  # type: ignore[index]
    return assemble(DEMO, kept(store), replace(known, staff={**known.staff, anna.id: anna}))


def reported(elsa: Reporter) -> tuple[CaseId, str]:
    """The case about Love, whom the register knows, assessed by Anna; and where the reporter reads the receipt."""
    draft = elsa.write()
    elsa.answer(draft, "vem", child_given_name="Love", child_family_name="", child_person_id="201501012395")
    elsa.answer(draft, "sedan", feedback_requested="yes")
    receipt = elsa.send(draft).headers["Location"]
    case, anna = case_of(elsa.house, receipt.rpartition("/")[2]), Desk(elsa.house)
    assert anna.take(case).status_code == 303
    assert anna.assess(case).status_code == 303
    return case, receipt


def letter(house: House, case: CaseId, kind: str, how: str, who: Desk | None = None) -> tuple[str, ItemId]:
    """A letter to both guardians: as it was read through, and the id of one of them."""
    desk, before = who or Desk(house), letters_of(house, case)
    written = desk.write(page_of(case, kind), {**both(house), "how": how, **LETTERS[kind]})
    assert written.status_code == 303, written.text
    shown = desk.get(f"{page_of(case, kind)}/kontrollera").text
    assert send(desk, case, kind).status_code == 303
    return shown.partition("<main")[2], min(letters_of(house, case) - before)
