"""Meetings booked, moved and cancelled while the power goes: none is lost or half, no quarter belongs to nobody."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.sqlite_store import SqliteStore
from shared.domain.booking.atoms import atom
from shared.domain.booking.bookings import State
from shared.domain.queries import BOOKING_TRAIL, BOOKINGS_NOT_KEPT
from shared.ports.store import Document
from shared.records import trail
from shared.records.booking_diaries import diaries
from shared.records.booking_rows import read_place
from tests.house.tree import ROOT

TURNS, EACH = 6, 5


def promised(path: Path, turn: int) -> dict[str, str]:
    """What the child was promised before it was killed: state by meeting."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.booking_child", str(path), str(turn)], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert child.stdout is not None
    lines = [child.stdout.readline().decode().split() for _ in range(EACH + turn)]
    child.kill()
    rest = child.stdout.read().decode().splitlines()
    child.wait()
    child.stdout.close()
    whole = [one.split() for one in rest if len(one.split()) == 2]
    return {id: state for state, id in [*lines, *whole]}


def bookings(store: SqliteStore) -> list[Document]:
    found: list[Document] = []
    for state in State:
        cursor = None
        while True:
            page = store.query(BOOKINGS_NOT_KEPT, {"state": state.value}, limit=100, cursor=cursor)
            found += page.documents
            if (cursor := page.cursor) is None:
                break
    return found


@pytest.mark.timeout(120)
def test_meetings_survive_kills_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    told: dict[str, str] = {}
    for turn in range(TURNS):
        told |= promised(path, turn)
    store = SqliteStore(path)
    rows = {one.id: one for one in bookings(store)}
    assert {id: rows[id].fields["state"] for id in told} == told

    owners: Counter[str] = Counter()
    for id, row in rows.items():
        fields: Any = row.fields
        place = read_place(row)
        ids = [atom(one, quarter) for one in place.resources for quarter in place.quarters]
        there = {one for one, found in store.get_many("booking_atoms", ids).items() if found.fields["booking"] == id}
        keeps = fields["state"] in {State.HELD.value, State.CONFIRMED.value}
        assert there == (set(ids) if keeps else set())
        owners.update(there)
        entries = store.query(BOOKING_TRAIL, {"booking": id}, limit=100).documents
        assert trail.verify(entries, fields["audit_head"])
    assert max(owners.values()) == 1
    kept = [one.kept for one in diaries(store, ["vera", "maja", "eken", "linden"]).values()]
    assert sum(entry[1] for diary in kept for entry in diary.values()) == len(owners)
    store.close()
