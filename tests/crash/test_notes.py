"""Notes released, objected to and answered while the power goes: none is lost or half, and the counts are theirs."""

import subprocess
import sys
from pathlib import Path

import pytest

from shared.app import House
from shared.domain.ids import CaseId, ItemId
from shared.domain.notes import NoteKind
from shared.domain.queries import CASE_TIMELINE, NOTES_OF_CASE, OBJECTIONS_OPEN
from shared.ports.store import Document
from shared.records.trail import verify
from tests.crash.noting_child import house_on
from tests.house.tree import ROOT
from tests.people import ANNA

TURNS, EACH = 5, 4


def promised(path: Path, case: str, turn: int) -> tuple[str, list[list[str]]]:
    """The case, and what the child was promised in it before it was killed."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.noting_child", str(path), case], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert child.stdout is not None
    lines = [child.stdout.readline().decode().split() for _ in range(1 + EACH + turn)]
    child.kill()
    rest = child.stdout.read().decode().splitlines(keepends=True)
    child.wait()
    child.stdout.close()
    whole = [one.split() for one in rest if one.endswith("\n")]
    return lines[0][0], [*lines[1:], *whole]


def everything(house: House, case: CaseId) -> tuple[list[Document], list[Document]]:
    """All notes and all entries of the chain, oldest entry first."""
    found: list[list[Document]] = []
    for shape in (NOTES_OF_CASE, CASE_TIMELINE):
        cursor: str | None = None
        documents: list[Document] = []
        while True:
            page = house.store.query(shape, {"case": case}, limit=100, cursor=cursor)
            documents += page.documents
            if (cursor := page.cursor) is None:
                break
        found.append(documents)
    return found[0], found[1][::-1]


@pytest.mark.timeout(120)
def test_notes_survive_kills_at_any_moment(tmp_path: Path) -> None:
    path, case, told = tmp_path / "store.db", "", []
    for turn in range(TURNS):
        case, more = promised(path, case, turn)
        told += more
    house = house_on(path)
    notes, entries = everything(house, CaseId(case))
    found = {one.id: house.journal.open(ANNA, CaseId(case), ItemId(one.id)) for one in notes}

    waiting = {id for what, id in told if what == "said"} - {id for what, id in told if what == "answered"}
    for what, id in told:
        if what in {"said", "answered"}:
            said = house.objections.one(ANNA, CaseId(case), ItemId(id))
            assert said is not None
            assert not said.open or id in waiting
            continue
        opened = found[id]
        assert opened is not None
        assert what != "added" or len(opened[0].additions) == 1
        assert what != "released" or opened[1] is not None
    page = house.journal.page(ANNA, CaseId(case))
    assert page is not None
    assert page.contacts is not None
    assert (
        page.contacts.of(NoteKind.CALL) == len(notes) == len([one for one in entries if "signed" in repr(one.fields)])
    )
    document = house.store.get("cases", case)
    assert document is not None
    open_ones = house.store.count(OBJECTIONS_OPEN, {"case": case, "open": True}, cap=100)
    assert document.fields["unheard"] == open_ones, "what is unread is counted in the same batch"
    assert verify(entries, str(document.fields["audit_head"]))
    house.store.close()
