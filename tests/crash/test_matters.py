"""Applications, supplements, own words, decisions, appeals while the power goes: none lost, none twice, none half."""

import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - accidents by a seed, so that they can be repeated
from threading import Event

import pytest

from shared.adapters.clock import AdjustableClock
from shared.app import House
from shared.domain.booking.bookings import State
from shared.domain.booking.invitations import Standing
from shared.domain.ids import CaseId
from shared.domain.queries import (
    APPEALS_OF_CASE,
    BOOKINGS_OF_PERSON,
    CASE_TIMELINE,
    DECISIONS_OF_CASE,
    LETTERS_OF_CASE,
    OBJECTIONS_OF_CASE,
    SUPPLEMENTS_OF_CASE,
    SUPPLIES_OF,
    Shape,
)
from shared.records import trail
from tests.applications import case_of
from tests.crash import matters
from tests.crash.matters import Act
from tests.house.tree import ROOT
from tests.people import ANNA

LINES = (13, 3, 15, 6, 9, 14)
"""After so many lines of its output each process is killed; a whole matter has twelve."""
WITH_FILES = frozenset({"apply", "supply", "add", "appeal"})


def run_and_kill(folder: Path, left: list[str], lines: int, chance: Random) -> tuple[list[str], list[list[str]]]:
    """What a process had saved, as printed, and what it said was sent, until it was killed after so many lines."""
    words = [sys.executable, "-m", "tests.crash.matters_child", str(folder), *left]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT)
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(lines)]
    Event().wait(chance.uniform(0, 0.08))
    child.kill()
    said += child.stdout.read().splitlines(keepends=True)
    child.wait()
    child.stdout.close()
    whole = [one.decode().split() for one in said if one.endswith(b"\n")]
    assert len(whole) >= lines, "it ended by itself"
    return [one[1] for one in whole if one[0] == "saved"], [one[1:] for one in whole if one[0] == "sent"]


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)])
def test_no_matter_is_lost_doubled_or_half_whenever_the_power_goes(tmp_path: Path, seed: int) -> None:
    chance, saved, sent = Random(seed), dict[str, Act](), dict[str, str]()
    for lines in LINES:
        left = [one for one in saved if one not in sent]
        begun, done = run_and_kill(tmp_path, [_printed(saved[one]) for one in left], lines, chance)
        saved |= {one.draft: one for one in (Act(*line.split(",")) for line in begun)}
        sent |= _agreeing(sent, done)
    house = matters.opened(tmp_path)
    try:
        results = {one.draft: matters.send(house, one) for one in saved.values()}
        assert {draft: results[draft] for draft in sent} == sent, "what was promised is what there is"
        _let_days_pass(house)
        _everything_is_there_once(house, list(saved.values()), results)
        assert {one.kind for one in saved.values()} == {"apply", "supply", "meet", "add", "decide", "appeal"}
    finally:
        house.close()


def _printed(act: Act) -> str:
    return f"{act.kind},{act.draft},{act.about},{act.word}"


def _agreeing(sent: dict[str, str], done: list[list[str]]) -> dict[str, str]:
    """The promises of this turn; one made before is made again in the same words."""
    for draft, result in done:
        assert sent.get(draft, result) == result
    return {one[0]: one[1] for one in done}


def _let_days_pass(house: House) -> None:
    """Sweeps run for three days, and take what is nobody's."""
    assert isinstance(house.clock, AdjustableClock)
    for _ in range(8):
        house.clock.advance(timedelta(hours=9))
        report = house.sweep.run()
        assert (report.incomplete, report.errors) == ((), 0)


def _everything_is_there_once(house: House, saved: list[Act], results: dict[str, str]) -> None:
    cases = [case_of(house, results[one.draft]) for one in saved if one.kind == "apply"]
    assert len(set(cases)) == len(cases)
    found, contents = Counter[str](), dict[str, bytes]()
    for case in cases:
        document = house.store.get("cases", case)
        assert document is not None
        entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=100).documents[::-1]
        assert trail.verify(entries, str(document.fields["audit_head"]))
        found += _of_the_case(house, case)
        contents |= _files(house, case)
        found["meet"] += _booked(house, case)
    expected = Counter(one.kind for one in saved)
    assert found == expected + Counter(letters=expected["decide"]), "once each, and a letter for each decision"
    assert contents == {f"{one.word}.zip": matters.content(one.word) for one in saved if one.kind in WITH_FILES}
    lying = [path for path in (house.settings.var / "files").rglob("*") if path.is_file()]
    assert len(lying) == _rows(house.settings.var / "store.db", "attachments"), "nothing lies there that is nobody's"


def _of_the_case(house: House, case: CaseId) -> Counter[str]:
    """How many of each kind the case holds."""

    def count(shape: Shape, **fields: str) -> int:
        return house.store.count(shape, fields, cap=50)

    asked = house.store.query(SUPPLEMENTS_OF_CASE, {"case": case}, limit=10).documents
    letters = house.store.query(LETTERS_OF_CASE, {"case": case}, limit=50).documents
    return Counter(
        apply=1,
        supply=sum(count(SUPPLIES_OF, supplement=one.id) for one in asked),
        add=count(OBJECTIONS_OF_CASE, case=case),
        decide=count(DECISIONS_OF_CASE, case=case),
        appeal=count(APPEALS_OF_CASE, case=case),
        letters=len([one for one in letters if one.fields["decision"]]),
    )


def _booked(house: House, case: CaseId) -> int:
    """How many invitations are booked, each with the one meeting that is theirs."""
    booked = [one for one in house.inviting.of_case(ANNA, case) if one.standing is Standing.BOOKED]
    for one in booked:
        asked = {"person": str(one.person), "state": State.CONFIRMED.value}
        meetings = house.store.query(BOOKINGS_OF_PERSON, asked, limit=10).documents
        assert [meeting.id for meeting in meetings] == [one.booking]
    return len(booked)


def _files(house: House, case: CaseId) -> dict[str, bytes]:
    """What the case's files hold, by their names, as staff get them."""
    found = {}
    for one in house.attachments.of(case):
        given = house.case_attachments.give(ANNA, case, one.id)
        assert given is not None
        assert one.file.name not in found
        found[one.file.name] = b"".join(given.content)
    return found


def _rows(store: Path, collection: str) -> int:
    """How many documents of the collection lie in the store's file."""
    connection = sqlite3.connect(store)
    try:
        sql = "SELECT count(*) FROM documents WHERE collection = ?"
        return int(connection.execute(sql, (collection,)).fetchone()[0])
    finally:
        connection.close()
