"""Logins under way: bound to one browser, used once, and short-lived."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from shared.adapters.memory_store import MemoryStore
from shared.domain.login import Attempt
from shared.ports import Document
from tests.identity.keeping import Keeping

ATTEMPT = Attempt(broker="test-eid", state="s" * 43, nonce="n" * 43, verifier="v" * 64, next="/anmal")


def test_a_started_login_is_given_back_once_to_its_own_browser() -> None:
    attempts = Keeping().attempts()
    attempts.keep(ATTEMPT, "browser")
    assert attempts.take(ATTEMPT.state, "another browser") is None
    assert attempts.take("another state", "browser") is None
    assert attempts.take(ATTEMPT.state, "") is None
    assert attempts.take(ATTEMPT.state, "browser") == ATTEMPT
    assert attempts.take(ATTEMPT.state, "browser") is None


class MeetingStore(MemoryStore):
    """Lets nobody go on from a read of a started login before eight have read it."""

    def __init__(self) -> None:
        super().__init__()
        self._meeting = Barrier(8, timeout=10)

    def get(self, collection: str, id: str) -> Document | None:
        found = super().get(collection, id)
        if found is not None and found.fields["kind"] == "attempt":
            self._meeting.wait()
        return found


def test_eight_returns_that_all_saw_the_started_login_are_one_login() -> None:
    attempts = Keeping(store=MeetingStore()).attempts()
    attempts.keep(ATTEMPT, "browser")
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: attempts.take(ATTEMPT.state, "browser"), range(8)))
    assert len([one for one in taken if one]) == 1


def test_a_started_login_is_too_old_after_ten_minutes() -> None:
    keeping = Keeping()
    attempts = keeping.attempts()
    attempts.keep(ATTEMPT, "browser")
    keeping.clock.advance(minutes=10)
    assert attempts.take(ATTEMPT.state, "browser") is None


def test_a_started_login_cannot_be_used_as_a_session() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    keeping.attempts().keep(ATTEMPT, "browser")
    assert sessions.read(f"browser.{ATTEMPT.state}") is None
