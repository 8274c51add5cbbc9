"""Builders: an installation whose alarms lie in a queue that runs here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import grpc

from shared.adapters.cloud_tasks import CloudTasks
from shared.ports.clock import Clock
from shared.settings import Invoker, Keepers, Settings
from tests.cloud.tasks_server import QUEUE
from tests.houses import DEMO

TARGET = "https://deadlines-exempel.a.run.app"
ACCOUNT = "alarms@exempel.iam.gserviceaccount.com"


def in_the_cloud(invoker: Invoker = Invoker.PUBLIC) -> Settings:
    """Settings of stage demo with alarms in the queue."""
    return replace(
        DEMO,
        keepers=Keepers.CLOUD,
        tasks_queue=QUEUE,
        tasks_target=TARGET,
        tasks_account=ACCOUNT,
        tasks_invoker=invoker,
    )


@contextmanager
def keeper(port: int, clock: Clock, within: float = 10.0, settings: Settings | None = None) -> Iterator[CloudTasks]:
    """The keeper of alarms, connected to a server here; it tries again soon after a lost connection."""
    quick = [("grpc.initial_reconnect_backoff_ms", 50), ("grpc.max_reconnect_backoff_ms", 50)]
    channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=quick)
    tasks = CloudTasks(settings or in_the_cloud(), clock, channel, within)
    try:
        yield tasks
    finally:
        tasks.close()
        tasks.close()
