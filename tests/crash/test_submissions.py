"""Reports sent while the power goes again and again: none is lost, none comes twice, none is without its clocks."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - accidents by a seed, so that they can be repeated

import pytest

from shared.adapters.clock import AdjustableClock
from shared.app import House, open_house
from shared.domain import deadlines
from shared.domain.queries import CASE_TIMELINE, DEADLINES_OF_CASE, REPORTS_RECEIVED
from shared.formkit.snapshot import read_snapshot
from shared.ports.store import Document
from shared.records import trail
from shared.records.deadlines import read_deadline
from shared.records.item_rows import read_report
from tests.crash.submitting import Ledger, submit_through_kills
from tests.journeys.running_host import RunningHost

CLOCKS = {"skyddsbedomning", "forhandsbedomning"}
LONG_SEEDS = range(2, 22)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_reports_survive_ten_kills(tmp_path: Path) -> None:
    survive(tmp_path, seed=1, reports=1000, kills=10)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_a_thousand_reports_survive_whichever_moments_the_power_goes(tmp_path: Path, seed: int) -> None:
    survive(tmp_path, seed=seed, reports=1000, kills=10)


def survive(folder: Path, *, seed: int, reports: int, kills: int) -> None:
    """Send that many reports through that many kills and look at everything that is stored then."""
    chance = Random(seed)
    submissions = [f"{chance.getrandbits(128):032x}" for _ in range(reports)]
    host = RunningHost(folder)
    host.start()
    try:
        ledger = submit_through_kills(host, submissions, kills, chance)
    finally:
        host.stop()
    print(f"seed {seed}: {ledger.kills} kills, {ledger.again} requests sent again")  # noqa: T201 - for a failing run
    assert ledger.kills == kills
    with swept(host) as house:
        stored = everything_received(house)
        assert lost_and_doubled(house, submissions, ledger, stored) == ([], [], 0)
        assert without_clock(house, stored) == []
        assert with_a_broken_trail(house, stored) == []
        assert leftovers(house) == {"drafts": 0}
    assert [damage(host.data / name) for name in ("store.db", "keys.db", "alarms.db")] == ["ok", "ok", "ok"]


@contextmanager
def swept(host: RunningHost) -> Iterator[House]:
    """The house of the stopped host, ten minutes later and swept, as the next start would do it."""
    house = open_house(host.settings)
    try:
        assert isinstance(house.clock, AdjustableClock)
        house.clock.advance(timedelta(minutes=10))
        report = house.sweep.run()
        while report.more:
            report = house.sweep.run()
        assert (report.incomplete, report.errors) == ((), 0)
        yield house
    finally:
        house.close()


def everything_received(house: House) -> list[Document]:
    """Every stored report."""
    found: list[Document] = []
    cursor: str | None = None
    while True:
        page = house.store.query(REPORTS_RECEIVED, {}, limit=100, cursor=cursor)
        found += page.documents
        cursor = page.cursor
        if cursor is None:
            return found


def lost_and_doubled(
    house: House, submissions: list[str], ledger: Ledger, stored: list[Document]
) -> tuple[list[str], list[str], int]:
    """The submissions without exactly the one report they were acknowledged for, twofold ones, and surplus reports."""
    told = {one: next(iter(receipts)) for one, receipts in ledger.receipts.items() if len(receipts) == 1}
    stories = Counter(story(house, one) for one in stored)
    by_id = {one.id: story(house, one) for one in stored}
    lost = [one for one in submissions if by_id.get(told.get(one, "")) != f"Berättelse {one}."]
    doubled = [text for text, times in stories.items() if times > 1]
    return lost, doubled, len(stored) - len(submissions)


def story(house: House, document: Document) -> str:
    """What the reporter wrote, opened with its keys."""
    report = read_report(document, house.files._sealing, "story")
    rows = [row for section in read_snapshot(report.snapshot).sections for row in section.rows]
    return next("\n".join(row.lines) for row in rows if row.field == "concern_description")


def without_clock(house: House, stored: list[Document]) -> list[str]:
    """The cases that lack a running deadline or whose deadline has no alarm that will ring."""
    armed = set_alarms(house.settings.var / "alarms.db")
    return [case for one in stored for case in [str(one.fields["case"])] if not _runs(house, case, armed)]


def _runs(house: House, case: str, armed: set[str]) -> bool:
    document = house.store.get("cases", case)
    found = house.store.query(DEADLINES_OF_CASE, {"case": case}, limit=25).documents
    running = [one for one in map(read_deadline, found) if one.open]
    return (
        document is not None
        and {one.name for one in running} == CLOCKS
        and all(deadlines.alarm_name(one) in armed for one in running)
    )


def set_alarms(path: Path) -> set[str]:
    """The names of the alarms that have still to ring."""
    connection = sqlite3.connect(path)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM alarms WHERE ring_at IS NOT NULL")}
    finally:
        connection.close()


def with_a_broken_trail(house: House, stored: list[Document]) -> list[str]:
    """The cases whose audit entries are not one unbroken chain up to the case's own head."""
    return [case for one in stored for case in [str(one.fields["case"])] if not _chained(house, case)]


def _chained(house: House, case: str) -> bool:
    document = house.store.get("cases", case)
    entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=100).documents[::-1]
    return document is not None and bool(entries) and trail.verify(entries, str(document.fields["audit_head"]))


def leftovers(house: House) -> dict[str, int]:
    """Documents that should be gone once everything has been sent."""
    connection = sqlite3.connect(house.settings.var / "store.db")
    try:
        sql = "SELECT count(*) FROM documents WHERE collection = 'drafts'"
        return {"drafts": connection.execute(sql).fetchone()[0]}
    finally:
        connection.close()


def damage(path: Path) -> str:
    """What SQLite's own check says about a database file."""
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()
