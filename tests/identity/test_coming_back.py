"""Coming back from the e-ID: the one way to get a session, and the many ways not to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Lock
from urllib.parse import urlencode

import httpx2

from tests.identity.house import Browser, Town, query

# ── Coming back ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_who_cancels_is_told_that_nothing_was_sent(browser: Browser) -> None:
    answer = browser.log_in(person="", wanted="/anmal/mina")
    assert answer.status_code == 200
    assert "Inloggningen avbröts" in answer.text
    assert "Inget har skickats." in answer.text
    assert 'href="/logga-in?next=/anmal/mina"' in answer.text
    assert browser.who() is None


def test_a_return_without_the_cookie_of_the_start_is_refused(town: Town) -> None:
    attacker, victim = Browser(town), Browser(town)
    address = attacker.answer(attacker.start().headers["Location"], "otto.exempel")
    answer = victim.come_back(address)
    assert answer.status_code == 400
    assert "Gå tillbaka till den webbläsare du började i" in answer.text
    assert victim.secret == ""


def test_a_victim_with_a_login_of_its_own_under_way_is_not_logged_in_as_the_attacker(town: Town) -> None:
    attacker, victim = Browser(town), Browser(town)
    victim.start()
    assert victim.come_back(attacker.answer(attacker.start().headers["Location"])).status_code == 400
    assert victim.secret == ""


def test_a_return_with_another_state_is_refused(browser: Browser) -> None:
    answer = query(browser.answer(browser.start().headers["Location"]))
    changed = browser.pages.get(f"/logga-in/retur/test-eid?{urlencode({**answer, 'state': 'x' * 43})}")
    assert changed.status_code == 400
    assert browser.who() is None


def test_a_code_of_another_login_is_refused_because_the_verifier_does_not_fit(browser: Browser) -> None:
    one = query(browser.answer(browser.start().headers["Location"]))
    other = query(browser.answer(browser.start().headers["Location"]))
    mixed = browser.pages.get(f"/logga-in/retur/test-eid?{urlencode({**one, 'code': other['code']})}")
    assert mixed.status_code == 403
    assert browser.who() is None


def test_a_code_injected_with_its_own_challenge_is_refused_because_the_nonce_does_not_fit(
    browser: Browser, town: Town
) -> None:
    # Whoever controls the challenge passes PKCE; the nonce in the token still belongs to another login.
    address = browser.start().headers["Location"]
    foreign = address.replace(f"nonce={query(address)['nonce']}", "nonce=" + "z" * 43)
    assert browser.come_back(browser.answer(foreign)).status_code == 403
    assert town.sessions() == 0


def test_an_answer_that_names_another_issuer_is_refused_before_its_code_is_used(browser: Browser, town: Town) -> None:
    answer = query(browser.answer(browser.start().headers["Location"]))
    asked_before = len(town.wire.addresses)
    for iss in ({"iss": "https://evil.example.se"}, {}):
        kept = {name: value for name, value in answer.items() if name != "iss"}
        assert browser.pages.get(f"/logga-in/retur/test-eid?{urlencode({**kept, **iss})}").status_code in {400, 403}
    assert len(town.wire.addresses) == asked_before


def test_a_return_to_another_providers_address_is_refused(browser: Browser) -> None:
    address = browser.answer(browser.start().headers["Location"])
    assert browser.come_back(address.replace("/retur/test-eid", "/retur/freja")).status_code == 400
    assert browser.who() is None


def test_a_return_without_a_code_is_refused(browser: Browser) -> None:
    state = query(browser.start().headers["Location"])["state"]
    iss = "http://localhost/test-eid"
    answer = browser.pages.get(f"/logga-in/retur/test-eid?{urlencode({'state': state, 'iss': iss})}")
    assert answer.status_code == 403


def test_an_error_of_the_provider_is_no_login(browser: Browser) -> None:
    state = query(browser.start().headers["Location"])["state"]
    answer = browser.pages.get(f"/logga-in/retur/test-eid?{urlencode({'state': state, 'error': 'server_error'})}")
    assert answer.status_code == 403
    assert browser.who() is None


def test_a_return_is_too_late_after_ten_minutes(browser: Browser, town: Town) -> None:
    address = browser.answer(browser.start().headers["Location"])
    town.clock.advance(timedelta(minutes=10))
    assert browser.come_back(address).status_code == 400


def test_a_provider_that_goes_down_halfway_is_told_kindly(browser: Browser, town: Town) -> None:
    address = browser.answer(browser.start().headers["Location"])
    town.wire.cut = True
    assert browser.come_back(address).status_code == 503
    assert browser.who() is None


def test_a_return_used_twice_starts_one_session(browser: Browser, town: Town) -> None:
    address = browser.answer(browser.start("/anmal/mina").headers["Location"])
    assert browser.come_back(address).status_code == 303
    secret = browser.secret
    again = browser.come_back(address)
    assert (again.status_code, again.headers["Location"]) == (303, "/anmal")
    assert browser.secret == secret
    assert town.sessions() == 1


def test_a_return_stolen_after_its_use_is_worth_nothing(town: Town) -> None:
    person, thief = Browser(town), Browser(town)
    address = person.answer(person.start().headers["Location"])
    started = person.started()
    person.come_back(address)
    thief.take_over(started)
    assert thief.come_back(address).status_code == 400
    assert town.sessions() == 1


def test_fifty_returns_at_once_start_one_session(town: Town) -> None:
    person = Browser(town)
    address = person.answer(person.start().headers["Location"])
    started = person.started()

    def come_back(_: int) -> int:
        one = Browser(town)
        one.take_over(started)
        return one.come_back(address).status_code

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(pool.map(come_back, range(50)))
    assert (answers[0], set(answers[1:]) <= {400, 403}) == (303, True)
    assert town.sessions() == 1


class Careless(httpx2.BaseTransport):
    """A provider that gives everybody tokens who shows the same code, once eight have shown it."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner
        self._all_there = Barrier(8, timeout=10)
        self._lock = Lock()
        self._tokens = b""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if not request.url.path.endswith("/token"):
            return self._inner.handle_request(request)
        self._all_there.wait()
        with self._lock:
            self._tokens = self._tokens or self._inner.handle_request(request).read()
        return httpx2.Response(200, content=self._tokens)


def test_a_code_that_the_provider_lets_be_used_eight_times_starts_one_session(town: Town) -> None:
    person = Browser(town)
    address = person.answer(person.start().headers["Location"])
    started = person.started()
    town.wire.inner = Careless(town.wire.inner)

    def come_back(_: int) -> int:
        one = Browser(town)
        one.take_over(started)
        return one.come_back(address).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(come_back, range(8)))
    assert answers == [303] + [400] * 7
    assert town.sessions() == 1


def test_a_login_that_the_provider_could_not_finish_can_be_finished_by_loading_the_page_again(
    browser: Browser, town: Town
) -> None:
    address = browser.answer(browser.start("/anmal/mina").headers["Location"])
    town.wire.cut = True
    browser.come_back(address)
    town.wire.cut = False
    assert browser.come_back(address).headers["Location"] == "/anmal/mina"


def test_a_login_cancelled_in_one_tab_leaves_the_other_tab_alone(browser: Browser) -> None:
    first = browser.answer(browser.start("/anmal/ett").headers["Location"])
    assert browser.log_in(person="").status_code == 200
    assert browser.come_back(first).headers["Location"] == "/anmal/ett"


def test_two_presses_of_the_button_are_two_logins_that_both_lead_in(town: Town) -> None:
    for pressed in range(2):
        person, again = Browser(town), Browser(town)
        addresses = [one.start().headers["Location"] for one in (person, again)]
        person.take_over(again.started())
        assert person.come_back(person.answer(addresses[pressed])).status_code == 303


def test_two_tabs_can_log_in_beside_each_other(browser: Browser) -> None:
    first = browser.answer(browser.start("/anmal/ett").headers["Location"])
    browser.start("/anmal/tva")
    assert browser.come_back(first).headers["Location"] == "/anmal/ett"
