"""The alarm keeper in the cloud: every wake-up is a task of one Cloud Tasks queue, which calls the deadlines function.

Limits: cloud.google.com/tasks/docs/quotas and the reference of `tasks.create`.
Nobody waits longer than three seconds: what is not set by then, the sweep sets.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from shared import log
from shared.adapters.wakes import checked, path_of
from shared.ports.alarms import AlarmsUnavailable, Wake
from shared.ports.clock import Clock
from shared.settings import Settings

if TYPE_CHECKING:
    import grpc
    from google.cloud.tasks_v2.types import CreateTaskRequest

WITHIN: Final = 1.5
"""Seconds for all wake-ups together; once more as long for those that are tried again."""
ANSWER_WITHIN: Final = timedelta(seconds=130)
"""How long the queue waits for our answer: longer than the function's own time limit."""
_SET: Final = frozenset({"OK", "ALREADY_EXISTS"})
"""A name that exists, or is blocked for a day after its task rang, has been set before."""
_PASSING: Final = frozenset({"ABORTED", "DEADLINE_EXCEEDED", "INTERNAL", "RESOURCE_EXHAUSTED", "UNAVAILABLE"})


class CloudTasks:
    """Keeps wake-ups in `settings.tasks_queue`, as the account of `credentials`; connected when the first is set.

    `channel` stands in for the network in tests, `within` for `WITHIN`.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        channel: "grpc.Channel | None" = None,
        within: float = WITHIN,
        *,
        credentials: Any = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._within = within
        self._channel = channel
        self._credentials = credentials
        self._lock = Lock()
        self._transport: Any = None
        self._closed = False
        self._routed = (("x-goog-request-params", f"parent={settings.tasks_queue}"),)

    def arm(self, wakes: Sequence[Wake]) -> None:
        """Set the wake-ups, all at the same time; a name that is known or blocked is left as it is."""
        now = self._clock.now()
        left = [self._request(checked(wake, now)) for wake in wakes]
        if not left:
            return
        # A connection that was idle may be lost: the second time it is waited for.
        for wait_for_ready in (False, True):
            left = self._unset(left, wait_for_ready=wait_for_ready)
            if not left:
                return
        raise AlarmsUnavailable("the queue does not answer")

    def close(self) -> None:
        """Let go of the connection; a second call does nothing."""
        with self._lock:
            self._closed = True
            if self._transport is not None:
                self._transport.close()

    def _unset(self, requests: Sequence["CreateTaskRequest"], *, wait_for_ready: bool) -> list["CreateTaskRequest"]:
        """Those of the requests that are worth another try; raises `AlarmsUnavailable` when the queue refuses one."""
        create = self._connected().create_task
        calls = [self._begin(create, one, wait_for_ready=wait_for_ready) for one in requests]
        # Within its time a call has a status, whatever happens on the way.
        codes = [str(call.code().name) for call in calls]
        refused = [code for code in codes if code not in _SET | _PASSING]
        if refused:
            log.alarm("alarms.misconfigured", code=refused[0], count=len(refused))
            raise AlarmsUnavailable(refused[0])
        return [request for request, code in zip(requests, codes, strict=True) if code not in _SET]

    def _begin(self, create: Any, request: "CreateTaskRequest", *, wait_for_ready: bool) -> Any:
        return create.future(request, timeout=self._within, metadata=self._routed, wait_for_ready=wait_for_ready)

    def _connected(self) -> Any:
        """The transport and not the client, whose calls come one by one: a call of this runs beside others."""
        from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport

        with self._lock:
            if self._closed:
                raise AlarmsUnavailable("the alarm keeper is closed")
            if self._transport is None:
                self._transport = CloudTasksGrpcTransport(channel=self._channel, credentials=self._credentials)
            return self._transport

    def _request(self, wake: Wake) -> "CreateTaskRequest":
        from google.cloud.tasks_v2.types import CreateTaskRequest, HttpMethod, HttpRequest, OidcToken, Task

        queue, target = self._settings.tasks_queue, self._settings.tasks_target
        # The audience by itself would be the whole address; we and the platform know the function by its root.
        token = OidcToken(service_account_email=self._settings.tasks_account, audience=target)
        call = HttpRequest(
            url=f"{target}{path_of(wake.payload)}",
            http_method=HttpMethod.POST,
            headers={"Content-Type": "application/json"},
            body=json.dumps(dict(wake.payload)).encode(),
            oidc_token=token,
        )
        name = f"{queue}/tasks/{wake.name}"
        task = Task(name=name, http_request=call, schedule_time=wake.at, dispatch_deadline=ANSWER_WITHIN)
        return CreateTaskRequest(parent=queue, task=task)
