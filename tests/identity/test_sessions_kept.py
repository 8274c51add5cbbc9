"""What the store keeps of a login, for how long, and under which key."""

from concurrent.futures import ThreadPoolExecutor

from shared.domain.login import Attempt
from shared.domain.queries import SESSIONS_EXPIRED
from tests.identity.keeping import Keeping, counsellor, living, resident

ATTEMPT = Attempt(broker="test-eid", state="s" * 43, nonce="n" * 43, verifier="v" * 64, next="/anmal")


def test_the_store_holds_neither_the_secret_nor_the_name() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(counsellor())
    id = living(sessions, token).principal.session
    document = keeping.store.get("sessions", id or "")
    kept = repr(document)
    assert document is not None
    assert token not in kept
    assert "Elsa" not in kept
    assert set(document.fields) == {
        "kind", "person", "created_at", "seen_at", "expires_at", "key", "sealed", "schema",
    }  # fmt: skip


def test_a_form_sent_just_too_late_still_finds_its_writer() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    keeping.clock.advance(minutes=44)
    assert sessions.read(token) is None
    assert sessions.owner(token) == resident().person
    keeping.clock.advance(minutes=2)
    assert sessions.owner(token) is None


def test_a_session_ended_on_purpose_has_no_owner() -> None:
    sessions = Keeping().sessions()
    token = sessions.start(resident())
    sessions.end(token)
    assert sessions.owner(token) is None


def test_the_sweep_takes_what_ended_and_erases_the_keys_of_old_days() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    assert keeping.attempts().use(ATTEMPT)
    assert keeping.parked().park(b"a=1", "/anmal", token)
    keeping.clock.advance(minutes=44)
    assert sessions.sweep() == 1  # the attempt
    keeping.clock.advance(minutes=2)
    assert sessions.sweep() == 1  # the session
    keeping.clock.advance(minutes=16)
    assert sessions.sweep() == 1  # the form that was kept
    keeping.clock.advance(days=2)
    assert sessions.sweep() == 1  # the key
    assert keeping.keys_left() == 0
    for kind in ("session", "attempt", "parked", "key"):
        assert not keeping.store.query(SESSIONS_EXPIRED, {"kind": kind}, limit=1).documents


def test_the_sweep_leaves_the_living_alone() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    keeping.clock.advance(minutes=10)
    assert sessions.sweep() == 0
    assert sessions.read(token) is not None


def test_all_logins_of_a_day_share_one_key_also_across_instances() -> None:
    keeping = Keeping()
    one, other = keeping.sessions(), keeping.sessions()
    token = one.start(resident())
    other.start(counsellor())
    assert keeping.keys_left() == 1
    assert other.read(token) is not None


def test_instances_that_start_the_day_together_agree_on_one_key() -> None:
    keeping = Keeping()
    many = [keeping.sessions() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda sessions: sessions.start(resident()), many))
    assert keeping.keys_left() == 1
    assert all(many[0].read(token) for token in tokens)
