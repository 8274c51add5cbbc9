"""Builders: one deadline, its alarm in a queue that runs here, and the function that the queue calls."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from flask.testing import FlaskClient

from shared.adapters.memory_store import MemoryStore
from shared.app import House, assemble, use
from shared.domain import deadlines
from shared.domain.deadlines import Deadline
from shared.domain.ids import CaseId, DeadlineId
from shared.domain.queries import NOTICES_OF_ROLE
from shared.records.deadlines import deadline_row, read_deadline
from shared.settings import Invoker
from tests.cloud.google_tokens import Google, without_signature
from tests.cloud.queues import in_the_cloud, keeper
from tests.cloud.tasks_server import TasksServer, Waiting
from tests.houses import HandClock, kept
from tests.people import MONDAY, UNIT

ALARM, SWEEP = "/intern/larm", "/intern/svep"


class Town:
    """An installation in the cloud: the queue calls its deadlines function as Google would."""

    def __init__(self, house: House, server: TasksServer, google: Google, clock: HandClock) -> None:
        from functions.deadlines.main import app

        self.house = house
        self.server = server
        self.google = google
        self.clock = clock
        self.client: FlaskClient = app.test_client()
        self.outcomes: list[str] = []

    def begin(self, name: str = "forhandsbedomning") -> None:
        """A deadline begins now and its alarm is set."""
        new = deadlines.start(name, self.clock.now(), id=DeadlineId("d" * 32), case=CaseId("c" * 32), unit=UNIT)
        self.house.store.commit([deadline_row(new).write(None)])  # type: ignore[arg-type] # nothing of it is sealed
        self.house.deadlines.arm([new])

    @property
    def deadline(self) -> Deadline:
        document = self.house.store.get("deadlines", "d" * 32)
        assert document is not None
        return read_deadline(document)

    @property
    def notices(self) -> int:
        return self.house.store.count(NOTICES_OF_ROLE, {"unit": UNIT, "role": "team_lead"}, cap=100)

    def due(self) -> None:
        """It is time for the next alarm."""
        self.clock.at = self.deadline.wake_at

    def ring(self, one: Waiting) -> int:
        """The queue calls with its proof; the HTTP status."""
        proof = one.task.http_request.oidc_token
        return self.call(one, f"Bearer {self.shown(proof.audience, proof.service_account_email)}")

    def shown(self, audience: str, email: str) -> str:
        """The token as it reaches the function."""
        token = self.google.token(audience, email)
        iam = self.house.settings.tasks_invoker is Invoker.IAM
        return without_signature(token) if iam else token

    def call(self, one: Waiting, authorization: str) -> int:
        """The task's own call with any proof."""
        request = one.task.http_request
        path = request.url.removeprefix(self.house.settings.tasks_target)
        answer = self.client.post(path, data=request.body, headers={**one.headers, "Authorization": authorization})
        self.outcomes.append((answer.json or {})["outcome"])
        return answer.status_code

    def deliver(self) -> list[str]:
        """The queue rings what is due; what came of each."""
        self.outcomes.clear()
        self.server.deliver(self.ring)
        return list(self.outcomes)

    def sweep(self) -> dict[str, int]:
        """The scheduler calls, as the same service account."""
        settings = self.house.settings
        shown = self.shown(settings.tasks_target, settings.tasks_account)
        return self.client.post(SWEEP, json={}, headers={"Authorization": f"Bearer {shown}"}).json or {}


@contextmanager
def town(invoker: Invoker = Invoker.PUBLIC, within: float = 10.0) -> Iterator[Town]:
    """Such an installation, for a test; it gives the queue `within` seconds to answer."""
    clock = HandClock(MONDAY)
    server, google = TasksServer(clock), Google(clock)
    with ExitStack() as opened:
        port = opened.enter_context(server.serving())
        alarms = opened.enter_context(keeper(port, clock, within))
        keepers = replace(kept(MemoryStore(), clock), alarms=alarms)
        house = opened.enter_context(use(assemble(in_the_cloud(invoker), keepers, transport=google.transport)))
        yield Town(house, server, google, clock)
