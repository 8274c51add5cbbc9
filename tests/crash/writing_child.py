"""A process that commits from several threads and says so on standard output, each line in one write, after the fact.

Arguments: the store's file, the synchronous setting, the number of threads, the number of commits of each.
"""

import os
import sys
from pathlib import Path
from threading import Thread

from shared.adapters import sqlite_schema
from shared.adapters.sqlite_store import SqliteStore
from shared.domain.queries import CASE_TIMELINE
from shared.ports.store import Create


def work(store: SqliteStore, thread: int, commits: int) -> None:
    """Commit case after case, each with its first audit entry."""
    for number in range(commits):
        id = f"case-{thread}-{number:06}"
        store.commit([Create("cases", id, {"n": number}), Create("audit", f"of-{id}", {"case": id, "number": 1})])
        os.write(1, f"ack {id}\n".encode())


def main(path: str, synchronous: str, threads: str, commits: str) -> None:
    """Open the store, work in all threads, close it."""
    sqlite_schema.SYNCHRONOUS = synchronous
    store = SqliteStore(Path(path), shapes=[CASE_TIMELINE])
    workers = [Thread(target=work, args=(store, n, int(commits))) for n in range(int(threads))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
