"""What was acknowledged is on the disk: before the acknowledgement, and after the process was killed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from shared.adapters.sqlite_store import SqliteStore
from shared.domain.queries import CASE_TIMELINE
from shared.settings import ROOT
from tests.crash.flush_order import Order, order_of

CHILD = [sys.executable, "-m", "tests.crash.writing_child"]
TRACED = ["strace", "-f", "-y", "-s", "5000", "-e", "trace=write,pwrite64,fdatasync,fsync", "-o"]


def traced(folder: Path, synchronous: str, threads: int, commits: int) -> Order:
    """What strace saw of a process that commits."""
    trace = folder / "trace"
    words = [*TRACED, str(trace), *CHILD, str(folder / "store.db"), synchronous, str(threads), str(commits)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    order = order_of(trace.read_text("utf-8", errors="replace"))
    assert len(order.acknowledged) == threads * commits
    return order


# Only Linux has strace; where it is not installed the test fails in CI, and is not there on a bare machine.
if sys.platform == "linux" and (shutil.which("strace") or "CI" in os.environ):  # noqa: TID251 (CI's own word)

    @pytest.mark.slow
    @pytest.mark.parametrize(("threads", "commits"), [(1, 20), (4, 15)])
    def test_no_report_is_acknowledged_before_the_disk_has_it(tmp_path: Path, threads: int, commits: int) -> None:
        assert traced(tmp_path, "FULL", threads, commits).early() == []

    @pytest.mark.slow
    def test_this_test_would_notice_a_store_that_does_not_wait_for_the_disk(tmp_path: Path) -> None:
        order = traced(tmp_path, "NORMAL", threads=1, commits=20)
        assert len(order.early()) >= 19


@pytest.mark.slow
@pytest.mark.parametrize("acknowledged", [1, 40, 160])
def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "store.db"
    words = [*CHILD, str(path), "FULL", "4", "100000"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(acknowledged)]
        child.kill()
        lines += child.stdout.read().splitlines()
    ids = [line.split()[1] for line in lines if line.startswith("ack ")]
    assert len(ids) >= acknowledged
    store = SqliteStore(path, shapes=[CASE_TIMELINE])
    for id in ids:
        assert store.get("cases", id) is not None
        (entry,) = store.query(CASE_TIMELINE, {"case": id}, limit=5).documents
        assert entry.id == f"of-{id}"
    store.close()
    assert _intact(path)


def _intact(path: Path) -> bool:
    connection = sqlite3.connect(path)
    (word,) = connection.execute("PRAGMA integrity_check").fetchone()
    counts = dict(connection.execute("SELECT collection, count(*) FROM documents GROUP BY collection").fetchall())
    connection.close()
    return bool(word == "ok") and counts["cases"] == counts["audit"]
