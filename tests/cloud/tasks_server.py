"""A Cloud Tasks that runs here: it speaks the real client's gRPC on loopback and is as strict as the documentation.

Names are blocked while a task exists and 24 hours after it is gone; 720 hours ahead, 100 KB and 31 days are the limits;
every answer but 2xx is tried again, later and later. Sources: the reference of google-cloud-tasks (`Task`,
`HttpRequest`, `CreateTaskRequest`, `RetryConfig`) and cloud.google.com/tasks/docs/quotas.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier, Event, Lock
from typing import Any, Final

import grpc
from google.cloud.tasks_v2.types import CreateTaskRequest, Task

from shared.ports.clock import Clock

QUEUE: Final = "projects/exempel/locations/europe-north1/queues/deadlines"
FURTHEST: Final = timedelta(hours=720)
RETENTION: Final = timedelta(days=31)
TOMBSTONE: Final = timedelta(hours=24)
LARGEST: Final = 100_000
SHORTEST_ANSWER, LONGEST_ANSWER = timedelta(seconds=15), timedelta(minutes=30)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(hours=1)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,500}")
_ROOM: Final = 32


class Refused(Exception):
    """The request breaks a documented limit: status and words."""

    def __init__(self, code: grpc.StatusCode, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


@dataclass(slots=True)
class Waiting:
    """One task in the queue."""

    task: Task
    made: datetime
    rings: datetime
    retries: int = 0

    @property
    def id(self) -> str:
        return str(self.task.name).rpartition("/")[2]

    @property
    def headers(self) -> dict[str, str]:
        """What the queue adds to the task's own headers."""
        return {
            **dict(self.task.http_request.headers),
            "User-Agent": "Google-Cloud-Tasks",
            "X-CloudTasks-QueueName": QUEUE.rpartition("/")[2],
            "X-CloudTasks-TaskName": self.id,
            "X-CloudTasks-TaskRetryCount": str(self.retries),
            "X-CloudTasks-TaskExecutionCount": str(self.retries),
            "X-CloudTasks-TaskETA": f"{self.rings.timestamp():.6f}",
        }


class TasksServer:
    """One queue. With `fails` it answers the next requests with these statuses instead of doing its work."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.waiting: dict[str, Waiting] = {}
        self.asked = 0
        self.fails: list[grpc.StatusCode] = []
        self.meeting: Barrier | None = None
        """While there is one, a creation is answered when as many have come as it says."""
        self._gone: dict[str, datetime] = {}
        self._lock = Lock()
        self._hanging = self._silent = False
        self._free = Event()

    # ── The client's side ─────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[int]:
        """Listen on loopback; the port."""
        server = grpc.server(ThreadPoolExecutor(_ROOM))
        create = grpc.unary_unary_rpc_method_handler(
            self._create, request_deserializer=CreateTaskRequest.deserialize, response_serializer=Task.serialize
        )
        service = grpc.method_handlers_generic_handler("google.cloud.tasks.v2.CloudTasks", {"CreateTask": create})
        server.add_generic_rpc_handlers((service,))
        found = server.add_insecure_port(f"127.0.0.1:{port}")
        server.start()
        try:
            yield found
        finally:
            self._let_go()
            server.stop(None).wait()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Take requests, do nothing and answer none."""
        self._hanging = True
        try:
            yield
        finally:
            self._hanging = False
            self._let_go()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Do the work, but answer nobody."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False
            self._let_go()

    def _let_go(self) -> None:
        free, self._free = self._free, Event()
        free.set()

    def _create(self, request: CreateTaskRequest, context: Any) -> Task:
        with self._lock:
            self.asked += 1
            failing, free = self.fails.pop(0) if self.fails else None, self._free
        if self._hanging:
            free.wait()
            failing = grpc.StatusCode.CANCELLED
        if self.meeting is not None:
            self.meeting.wait(10)
        try:
            task = self._done(request, dict(context.invocation_metadata()), failing)
        except Refused as refused:
            context.abort(refused.code, refused.words)
            raise  # not reached: abort raises
        if self._silent:
            free.wait()
        return task

    def _done(self, request: CreateTaskRequest, metadata: dict[str, str], failing: grpc.StatusCode | None) -> Task:
        if failing is not None:
            raise Refused(failing, "as it was told to")
        self._check(request, metadata)
        with self._lock:
            return self._keep(request.task)

    def _check(self, request: CreateTaskRequest, metadata: dict[str, str]) -> None:
        task = request.task
        call = task.http_request
        if request.parent != QUEUE:
            raise Refused(grpc.StatusCode.NOT_FOUND, "Requested entity was not found.")
        if metadata.get("x-goog-request-params") != f"parent={QUEUE}":
            raise _invalid("the request does not say where it is to be routed")
        if not (task.name.startswith(f"{QUEUE}/tasks/") and _ID.fullmatch(task.name.removeprefix(f"{QUEUE}/tasks/"))):
            raise _invalid("Task.name is not of this queue")
        if task.schedule_time and task.schedule_time > self.clock.now() + FURTHEST:
            raise _invalid("Schedule time must be no more than 720h in the future.")
        if len(Task.serialize(task)) > LARGEST:
            raise _invalid("Task size too large")
        if len(call.url) > 2083 or not call.url.startswith(("http://", "https://")):
            raise _invalid("HttpRequest.url is invalid")
        if task.dispatch_deadline and not SHORTEST_ANSWER <= task.dispatch_deadline <= LONGEST_ANSWER:
            raise _invalid("dispatch_deadline must be between 15s and 30m")

    def _keep(self, task: Task) -> Task:
        now = self.clock.now()
        self._forget(now)
        if task.name in self.waiting:
            raise Refused(grpc.StatusCode.ALREADY_EXISTS, "Requested entity already exists")
        if now < self._gone.get(task.name, now) + TOMBSTONE and task.name in self._gone:
            raise Refused(grpc.StatusCode.ALREADY_EXISTS, "The task cannot be created: one existed too recently")
        self.waiting[task.name] = Waiting(task, now, max(task.schedule_time or now, now))
        return task

    def _forget(self, now: datetime) -> None:
        for name, one in list(self.waiting.items()):
            if one.made + RETENTION <= now:
                self._remove(name, one.made + RETENTION)

    def _remove(self, name: str, at: datetime) -> None:
        del self.waiting[name]
        self._gone[name] = at

    # ── The handler's side ────────────────────────────────────────────────────────────────────────────────────────────

    def lose(self) -> None:
        """Everything that waits is lost, as when somebody empties the queue."""
        for name in list(self.waiting):
            self._remove(name, self.clock.now())

    def deliver(self, answer: Callable[[Waiting], int]) -> list[Waiting]:
        """Call with everything that is due; `answer` gives the handler's HTTP status."""
        now = self.clock.now()
        with self._lock:
            self._forget(now)
            due = sorted((one for one in self.waiting.values() if one.rings <= now), key=lambda one: one.rings)
        for one in due:
            if 200 <= answer(one) < 300:
                self._remove(one.task.name, now)
            else:
                one.rings = now + min(FIRST_PAUSE * 2**one.retries, LONGEST_PAUSE)
                one.retries += 1
        return due


def _invalid(words: str) -> Refused:
    return Refused(grpc.StatusCode.INVALID_ARGUMENT, words)
