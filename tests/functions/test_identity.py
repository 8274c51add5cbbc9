"""Logging in and out: who gets a session, and the many ways not to get one."""

import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from shared import log
from shared.app import use
from shared.domain.principals import Kind, Role
from shared.domain.queries import SESSIONS_EXPIRED
from tests.identity.broker_file import broker_table, production
from tests.identity.house import Browser, Town, query
from tests.identity.keeping import municipality


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    found = Town(tmp_path)
    with use(found.house):
        yield found


@pytest.fixture
def browser(town: Town) -> Browser:
    return Browser(town)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    written = io.StringIO()
    log.start(written)
    yield written
    log.start()


def sessions_in(town: Town) -> int:
    return len(town.house.store.query(SESSIONS_EXPIRED, {"kind": "session"}, limit=100).documents)


# ── Who gets in ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_counsellor_logs_in_for_her_school_and_comes_where_she_was_going(browser: Browser) -> None:
    answer = browser.log_in("elsa.exempel", wanted="/anmal/mina")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/anmal/mina")
    who = browser.known()
    assert (who.kind, who.name, who.organisation_name) == (Kind.REPORTER, "Elsa Exempel", "Exempelskolan")


@pytest.mark.parametrize(
    ("person", "first"), [("elsa.exempel", "/anmal"), ("anna.exempel", "/arbete"), ("tolvan.exempel", "/")]
)
def test_everybody_comes_to_a_first_page_of_their_own(browser: Browser, person: str, first: str) -> None:
    assert browser.log_in(person).headers["Location"] == first


def test_a_team_lead_gets_the_roles_of_the_directory(browser: Browser) -> None:
    browser.log_in("maria.exempel")
    assert browser.known().roles == {Role.TEAM_LEAD, Role.INTAKE_CASEWORKER}


def test_a_resident_is_nobody_but_a_resident(browser: Browser) -> None:
    browser.log_in("tolvan.exempel")
    who = browser.known()
    assert (who.kind, who.roles, who.staff, who.organisation) == (Kind.RESIDENT, frozenset(), None, None)


def test_the_same_person_is_the_same_index_and_another_person_is_another(town: Town) -> None:
    one, again, other = Browser(town), Browser(town), Browser(town)
    one.log_in("elsa.exempel")
    again.log_in("elsa.exempel")
    other.log_in("farida.exempel")
    assert one.known().person == again.known().person != other.known().person


def test_an_employee_of_another_municipality_is_kindly_refused_and_shown_a_phone_number(browser: Browser) -> None:
    answer = browser.log_in("otto.exempel")
    assert answer.status_code == 403
    assert "Du finns inte med bland dem som arbetar här" in answer.text
    assert "031-390 06 00" in answer.text
    assert browser.who() is None


def test_somebody_from_an_unknown_organisation_is_kindly_refused(tmp_path: Path) -> None:
    town = Town(tmp_path, municipality=replace(municipality(), organisations={}))
    with use(town.house):
        browser = Browser(town)
        answer = browser.log_in("elsa.exempel")
    assert answer.status_code == 403
    assert "Vi känner inte igen din arbetsplats" in answer.text
    assert browser.who() is None


# ── The page where one chooses ────────────────────────────────────────────────────────────────────────────────────────


def test_the_login_page_says_why_that_nothing_is_lost_and_how_to_do_without(browser: Browser) -> None:
    page = browser.pages.get("/logga-in").text
    for words in (
        "Hur vill du logga in?",
        "Det du har sparat finns kvar.",
        "Har du ingen e-legitimation?",
        "Övnings-id",
    ):
        assert words in page
    assert "031-390 06 00" in page


def test_the_login_page_keeps_where_the_person_was_going(browser: Browser) -> None:
    assert 'name="next" value="/anmal/mina"' in browser.pages.get("/logga-in?next=/anmal/mina").text


def test_the_login_page_says_so_when_no_login_is_set_up(tmp_path: Path) -> None:
    page = shown_in_production(tmp_path).text
    assert "Du kan inte logga in här än" in page
    assert "031-390 06 00" in page
    assert "/logga-in/start" not in page


def test_somebody_who_is_logged_in_is_told_as_whom(browser: Browser) -> None:
    browser.log_in()
    assert "Du är redan inloggad som Elsa Exempel." in browser.pages.get("/logga-in").text


def test_another_name_for_this_machine_leads_to_the_one_the_provider_comes_back_to(browser: Browser) -> None:
    answer = browser.pages.get("/logga-in?next=/anmal", base_url="http://127.0.0.1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://localhost/logga-in?next=/anmal")


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example.se/",
        "//evil.example.se",
        "/\\evil.example.se",
        "\\\\evil.example.se",
        "/%0d%0aSet-Cookie:x=1 ",
        "javascript:alert(1)",
        "/anmal\r\nX: y",
        "evil.example.se",
        " /anmal",
        "http:evil.example.se",
        "/\t/evil.example.se",
    ],
)
def test_a_login_never_leads_to_somewhere_else(browser: Browser, wanted: str) -> None:
    asked = browser.pages.get(f"/logga-in?{urlencode({'next': wanted})}")
    assert 'name="next" value="/"' in asked.text
    assert browser.log_in(wanted=wanted).headers["Location"] == "/anmal"


# ── Leaving for the provider ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_way_to_the_provider_carries_state_nonce_and_a_hashed_verifier(browser: Browser) -> None:
    answer = browser.start()
    asked = query(answer.headers["Location"])
    assert answer.status_code == 303
    assert asked["redirect_uri"] == "http://localhost/logga-in/retur/test-eid"
    assert (asked["response_type"], asked["code_challenge_method"], asked["prompt"]) == ("code", "S256", "login")
    assert min(len(asked["state"]), len(asked["nonce"]), len(asked["code_challenge"])) >= 43


def test_two_logins_share_no_secret(browser: Browser) -> None:
    one, other = query(browser.start().headers["Location"]), query(browser.start().headers["Location"])
    for name in ("state", "nonce", "code_challenge"):
        assert one[name] != other[name]


def test_a_login_starts_from_our_own_page_only(browser: Browser, town: Town) -> None:
    browser.token()
    assert browser.pages.post("/logga-in/start", data={"broker": "test-eid", "next": "/"}).status_code == 403
    assert not town.wire.addresses


def test_an_unknown_provider_starts_no_login(browser: Browser) -> None:
    assert browser.start(broker="another").status_code == 403


def test_an_extra_field_starts_no_login(browser: Browser) -> None:
    assert browser.start(personnummer="197909212388").status_code == 400


def test_a_provider_that_is_down_is_told_kindly_and_may_be_tried_again(browser: Browser, town: Town) -> None:
    town.wire.cut = True
    answer = browser.start("/anmal/mina")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "E-legitimationen svarar inte" in answer.text
    assert 'href="/logga-in?next=/anmal/mina"' in answer.text
    town.wire.cut = False
    town.clock.advance(timedelta(seconds=5))
    assert browser.log_in().status_code == 303


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
    assert sessions_in(town) == 0


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
    assert sessions_in(town) == 1


def test_a_return_stolen_after_its_use_is_worth_nothing(town: Town) -> None:
    person, thief = Browser(town), Browser(town)
    address = person.answer(person.start().headers["Location"])
    starting = person.pages.get_cookie("inloggning")
    assert starting is not None
    person.come_back(address)
    thief.pages.set_cookie("inloggning", starting.value)
    assert thief.come_back(address).status_code == 400
    assert sessions_in(town) == 1


def test_fifty_returns_at_once_start_one_session(town: Town) -> None:
    person = Browser(town)
    address = person.answer(person.start().headers["Location"])
    starting = person.pages.get_cookie("inloggning")
    assert starting is not None

    def come_back(_: int) -> int:
        one = Browser(town)
        one.pages.set_cookie("inloggning", starting.value)
        return one.come_back(address).status_code

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(pool.map(come_back, range(50)))
    assert answers == [303] + [400] * 49
    assert sessions_in(town) == 1


def test_two_tabs_can_log_in_beside_each_other(browser: Browser) -> None:
    first = browser.answer(browser.start("/anmal/ett").headers["Location"])
    browser.start("/anmal/tva")
    assert browser.come_back(first).headers["Location"] == "/anmal/ett"


# ── The session ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_login_gives_a_new_secret_and_ends_the_session_before(browser: Browser, town: Town) -> None:
    browser.log_in("tolvan.exempel")
    before = browser.secret
    browser.log_in("elsa.exempel")
    assert browser.secret != before
    assert town.house.sessions.read(before) is None
    assert sessions_in(town) == 1


def test_a_secret_planted_before_the_login_is_worth_nothing_after_it(browser: Browser, town: Town) -> None:
    browser.pages.set_cookie("session", "planted")
    browser.log_in()
    assert browser.secret != "planted"
    assert town.house.sessions.read("planted") is None


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    started = browser.start().headers
    set_cookie = started["Set-Cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    logged_in = browser.log_in().headers.getlist("Set-Cookie")
    given = next(one for one in logged_in if one.startswith("session="))
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    assert "Max-Age" not in given
    assert any(one.startswith("inloggning=;") for one in logged_in)


def test_logging_out_ends_the_session_and_empties_the_browser(browser: Browser, town: Town) -> None:
    browser.log_in()
    secret = browser.secret
    asked = browser.pages.get("/logga-in/ut")
    assert "Vill du logga ut?" in asked.text
    answer = browser.pages.post("/logga-in/ut", data={"csrf_token": browser.token()})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/logga-in/ut")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.secret == ""
    assert town.house.sessions.read(secret) is None
    assert "Du är utloggad" in browser.pages.get("/logga-in/ut").text


def test_looking_at_the_logout_page_logs_nobody_out(browser: Browser) -> None:
    browser.log_in()
    browser.pages.get("/logga-in/ut")
    assert browser.who() is not None


def test_another_site_can_log_nobody_out(browser: Browser) -> None:
    browser.log_in()
    assert browser.pages.post("/logga-in/ut").status_code == 403
    assert browser.who() is not None


def test_a_login_that_ended_by_itself_shows_as_logged_out(browser: Browser, town: Town) -> None:
    browser.log_in()
    town.clock.advance(timedelta(minutes=16))
    assert "Du är utloggad" in browser.pages.get("/logga-in/ut").text


# ── Nothing leaks ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_address_holds_a_secret_or_a_person(browser: Browser, town: Town) -> None:
    to_provider = browser.start("/anmal/mina").headers["Location"]
    binding = browser.pages.get_cookie("inloggning")
    assert binding is not None
    back = browser.answer(to_provider)
    after = browser.come_back(back).headers["Location"]
    assert browser.secret
    for address in (to_provider, back, after, *town.wire.addresses):
        for secret in (browser.secret, binding.value, "197909212388", "Elsa", "elsa", "code_verifier"):
            assert secret not in address


def test_no_log_line_holds_a_secret_or_a_person(browser: Browser, lines: io.StringIO) -> None:
    address = browser.answer(browser.start().headers["Location"])
    browser.come_back(address)
    browser.log_in("otto.exempel")
    browser.log_in(person="")
    browser.pages.get("/logga-in/retur/test-eid?state=abc&code=def&error=Elsa")
    written = lines.getvalue()
    secrets = [value for name, value in query(address).items() if name != "iss"]
    for secret in (*secrets, browser.secret, "1979", "Elsa", "elsa", "Otto", "otto"):
        assert secret not in written
    events = [json.loads(line)["event"] for line in written.splitlines()]
    assert {"login.done", "login.refused"} <= set(events)


def test_no_page_shows_an_identity_number(browser: Browser) -> None:
    browser.log_in()
    for path in ("/logga-in", "/logga-in/ut"):
        assert "7909212388" not in browser.pages.get(path).text


@pytest.mark.parametrize("path", ["/logga-in", "/logga-in/ut", "/logga-in/retur/test-eid", "/logga-in/nowhere"])
def test_every_answer_keeps_the_browser_from_storing_framing_and_telling(browser: Browser, path: str) -> None:
    headers = browser.pages.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_the_login_page_lets_its_form_end_at_the_providers_only(tmp_path: Path) -> None:
    policy = shown_in_production(tmp_path, broker_table()).headers["Content-Security-Policy"]
    form_action = next(part for part in policy.split("; ") if part.startswith("form-action")).split()
    assert "https://eid.example.se:*" in form_action
    assert not {"*", "https:"} & set(form_action)


# ── Production ────────────────────────────────────────────────────────────────────────────────────────────────────────


def shown_in_production(folder: Path, *brokers: str) -> TestResponse:
    """The login page of an installation in production with these brokers."""
    town = Town(folder, production(folder, *brokers))
    with use(town.house):
        return Browser(town).pages.get("/logga-in", base_url="https://localhost")


def test_in_production_there_is_no_test_e_id_and_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    answer = shown_in_production(tmp_path, broker_table())
    assert answer.status_code == 200
    assert "Freja" in answer.text
    assert "Övnings-id" not in answer.text
    given = answer.headers["Set-Cookie"]
    assert given.startswith("__Host-")
    assert "Secure" in given


def test_identity_is_the_only_function_that_can_start_a_session() -> None:
    root = Path(__file__).parents[2]
    found = {
        path.relative_to(root).parts[1]
        for path in (root / "functions").rglob("*.py")
        if "sessions.start(" in path.read_text("utf-8")
    }
    assert found == {"identity"}


def test_no_other_address_of_identity_starts_a_session(browser: Browser, town: Town) -> None:
    from functions.identity.main import app

    addresses = [rule.rule.replace("<broker>", "test-eid") for rule in app.url_map.iter_rules()]
    assert set(addresses) == {"/logga-in", "/logga-in/start", "/logga-in/retur/test-eid", "/logga-in/ut"}
    for address in addresses:
        browser.pages.get(address)
        browser.pages.post(address, data={"csrf_token": browser.token()})
    assert sessions_in(town) == 0
