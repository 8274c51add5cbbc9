"""A whole school logs in at the same moment: nobody waits for a place that another one holds."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from shared.host.server import THREADS
from tests.journeys.running_host import RunningHost

pytestmark = pytest.mark.slow

MANY = 2 * THREADS


def test_twice_as_many_as_there_are_threads_log_in_at_once(tmp_path: Path) -> None:
    host, together = RunningHost(tmp_path), Barrier(MANY, timeout=30)

    def log_in(_: int) -> tuple[int, str]:
        visitor = host.visitor()
        choose = visitor.get("/logga-in?next=/anmal/mina")
        together.wait()
        people = visitor.follow(visitor.submit(choose, "/logga-in/start", broker="test-eid"))
        together.wait()
        page = visitor.follow(visitor.submit(people, person="elsa.exempel"))
        return page.status, page.path

    host.start()
    try:
        with ThreadPoolExecutor(MANY) as pool:
            assert list(pool.map(log_in, range(MANY))) == [(200, "/anmal/mina")] * MANY
    finally:
        host.stop()
