"""Alarms that a cloud's queue keeps: who may call, in each of the two modes, and deadlines that survive the queue."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest

from shared.domain.deadlines import LONGEST_HOP
from shared.settings import Invoker
from tests.cloud.deadlines_function import Town, town
from tests.cloud.google_tokens import Google, without_signature
from tests.cloud.queues import ACCOUNT, TARGET
from tests.cloud.tasks_server import Waiting

BOTH: Final = [Invoker.PUBLIC, Invoker.IAM]


@pytest.fixture(params=BOTH)
def either(request: pytest.FixtureRequest) -> Iterator[Town]:
    """A deadline that is due, in an installation of each mode."""
    with town(request.param) as built:
        built.begin()
        built.due()
        yield built


@pytest.fixture
def public() -> Iterator[Town]:
    """A deadline that is due, where anybody can call."""
    with town() as built:
        built.begin()
        built.due()
        yield built


def waiting(town: Town) -> Waiting:
    """The task that was set last."""
    return list(town.server.waiting.values())[-1]


def bent(town: Town, **changed: Any) -> str:
    """A token that reaches the function as Google's would, with these claims changed."""
    token = town.google.token(**{"audience": TARGET, "email": ACCOUNT, **changed})
    return token if town.house.settings.tasks_invoker is Invoker.PUBLIC else without_signature(token)


# ── Who may call ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_queue_is_known_and_the_alarm_rings(either: Town) -> None:
    assert either.deliver() == ["rang"]
    assert either.notices == 1


def test_the_scheduler_is_known_and_the_sweep_runs(either: Town) -> None:
    either.clock.advance(timedelta(minutes=6))
    assert either.sweep()["rang"] == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"audience": f"{TARGET}/intern/larm"},
        {"audience": "https://casework-exempel.a.run.app"},
        {"aud": [TARGET, "https://elsewhere.example.se"]},
        {"aud": None},
        {"email": "somebody@exempel.iam.gserviceaccount.com"},
        {"email": None},
        {"email": [ACCOUNT]},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"iss": "https://accounts.example.se"},
        {"iss": None},
        {"exp": 1},
        {"exp": None},
        {"exp": True},
        {"exp": 1e400},
        {"iat": 1},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"nbf": 4_000_000_000},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_is_wrong_in_one_part_lets_nobody_in(either: Town, changed: dict[str, Any]) -> None:
    before = either.deadline
    assert either.call(waiting(either), f"Bearer {bent(either, **changed)}") == 403
    assert (either.notices, either.deadline) == (0, before)


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer a.b.c", "Bearer ..", "Bearer " + "x" * 20_000, "Basic eDp5"])
def test_what_is_no_token_lets_nobody_in(either: Town, shown: str) -> None:
    assert either.call(waiting(either), shown) == 403


def test_an_enormous_token_lets_nobody_in(either: Town) -> None:
    assert either.call(waiting(either), f"Bearer {bent(either, padding='x' * 16_384)}") == 403


def test_the_scheme_belongs_to_the_token(either: Town) -> None:
    assert either.call(waiting(either), bent(either)) == 403


def test_the_signed_call_of_one_machine_is_none_here(either: Town) -> None:
    one = waiting(either)
    body = one.task.http_request.body
    assert either.call(one, either.house.tokens.sign("/intern/larm", body)) == 403


def test_a_token_an_hour_old_still_lets_in_and_an_older_one_does_not(either: Town) -> None:
    now = int(either.clock.now().timestamp())
    assert either.call(waiting(either), f"Bearer {bent(either, iat=now - 3600, exp=now + 60)}") == 200
    assert either.call(waiting(either), f"Bearer {bent(either, iat=now - 3700, exp=now + 60)}") == 403


def test_a_forged_token_lets_nobody_in(public: Town) -> None:
    forged = Google(public.clock, "somebody else").token(TARGET, ACCOUNT)
    assert public.call(waiting(public), f"Bearer {forged}") == 403


def test_a_token_without_its_signature_lets_nobody_in_where_anybody_can_call(public: Town) -> None:
    stripped = without_signature(public.google.token(TARGET, ACCOUNT))
    assert public.call(waiting(public), f"Bearer {stripped}") == 403


def test_a_token_that_says_it_needs_no_signature_lets_nobody_in(public: Town) -> None:
    claims = public.google.token(TARGET, ACCOUNT).split(".")[1]
    header = urlsafe_b64encode(json.dumps({"alg": "none", "kid": "google-1"}).encode()).decode().rstrip("=")
    assert public.call(waiting(public), f"Bearer {header}.{claims}.") == 403


def test_without_googles_keys_the_call_is_asked_for_again(public: Town) -> None:
    public.google.down = True
    assert public.deliver() == ["later"]
    public.google.down = False
    public.clock.advance(timedelta(minutes=1))
    assert public.deliver() == ["rang"]


def test_googles_keys_are_asked_for_once_a_day(public: Town) -> None:
    for _ in range(5):
        public.call(waiting(public), f"Bearer {bent(public)}")
    assert public.google.asked == 1


def test_where_the_platform_verifies_nobody_asks_for_keys() -> None:
    with town(Invoker.IAM) as built:
        built.begin()
        built.due()
        assert (built.deliver(), built.google.asked) == (["rang"], 0)


# ── A queue that is not to be relied on ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_four_month_clock_walks_there_in_hops_and_reminds_as_it_should() -> None:
    with town() as built:
        built.begin("utredning")
        while built.clock.now() < built.deadline.due:
            assert waiting(built).rings - built.clock.now() <= LONGEST_HOP
            built.due()
            built.deliver()
        assert built.deadline.warned[:6] == ("T-30", "T-14", "T-7", "T-3", "T-1", "T-0")


def test_an_alarm_that_is_lost_is_found_by_the_sweep(public: Town) -> None:
    public.server.lose()
    public.clock.advance(timedelta(minutes=6))
    public.sweep()
    assert public.notices == 1


def test_an_alarm_that_comes_twice_reminds_once(public: Town) -> None:
    one = waiting(public)
    assert [public.ring(one), public.ring(one)] == [200, 200]
    assert (public.outcomes, public.notices) == (["rang", "stale"], 1)


def test_an_alarm_that_comes_late_reminds_then(public: Town) -> None:
    public.clock.advance(timedelta(hours=9))
    assert (public.deliver(), public.notices) == (["rang"], 1)


def test_an_alarm_that_comes_early_reminds_nobody_and_is_set_anew(public: Town) -> None:
    public.clock.advance(timedelta(days=-1))
    public.ring(waiting(public))
    assert (public.outcomes, public.notices) == (["early"], 0)
    public.clock.advance(timedelta(days=1))
    public.deliver()
    assert public.notices == 1


def test_a_queue_that_hangs_loses_no_deadline() -> None:
    with town(within=0.2) as built:
        with built.server.hanging():
            built.begin()
        assert built.server.waiting == {}
        built.clock.advance(timedelta(minutes=2))
        assert built.sweep()["armed"] == 1
        built.due()
        assert built.deliver() == ["rang"]


def test_without_any_queue_the_sweep_alone_reminds() -> None:
    with town(within=0.1) as built, built.server.hanging():
        built.begin()
        built.clock.at = built.deadline.wake_at
        built.sweep()
        built.clock.advance(timedelta(minutes=6))
        built.sweep()
        assert built.notices == 1
