"""Choosing an e-ID and leaving for it: who gets in, who does not, and where they come."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Response

from functions.identity.login import LONGEST_WAY, MOST_STARTED, _remember
from functions.identity.main import app as pages
from shared.adapters.counting_store import CountingStore
from shared.app import use
from shared.domain.login import Attempt
from shared.domain.principals import Kind, Role
from shared.settings import Settings, Stage
from tests.identity.house import Browser, Town, query
from tests.identity.keeping import municipality

# ── Who gets in ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_counsellor_logs_in_for_her_school_and_comes_where_she_was_going(browser: Browser) -> None:
    answer = browser.log_in("elsa.exempel", wanted="/anmal/mina")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/anmal/mina")
    who = browser.known()
    assert (who.kind, who.name, who.organisation_name) == (Kind.REPORTER, "Elsa Exempel", "Exempelskolan")


@pytest.mark.parametrize(
    ("person", "first"), [("elsa.exempel", "/anmal"), ("anna.exempel", "/arbete"), ("tolvan.exempel", "/mina")]
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


def test_a_private_persons_number_is_kept_for_what_they_apply_for_and_nobody_elses_is(
    browser: Browser, town: Town
) -> None:
    browser.log_in("tolvan.exempel")
    assert town.house.sessions.number(browser.known()) == "191212121212"
    browser.log_in("elsa.exempel")
    assert town.house.sessions.number(browser.known()) == ""


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


def test_a_stranger_who_begins_logins_and_never_proves_anything_fills_no_store(browser: Browser, town: Town) -> None:
    browser.log_in()
    before = written(town)
    stranger = Browser(town)
    for _ in range(20):
        state = query(stranger.start().headers["Location"])["state"]
        iss = "http://localhost/test-eid"
        stranger.pages.get(f"/logga-in/retur/test-eid?{urlencode({'state': state, 'iss': iss, 'code': 'x'})}")
    assert written(town) == before


def written(town: Town) -> int:
    """How many documents the store has been given."""
    assert isinstance(town.house.store, CountingStore)
    return town.house.store.cost().writes


def test_a_browser_remembers_the_five_latest_logins_it_began_and_can_carry_them(browser: Browser, town: Town) -> None:
    wanted = f"/anmal/{'x' * (LONGEST_WAY - 8)}"
    ways = []
    for tab in range(7):
        ways.append(browser.answer(browser.start(f"{wanted}{tab}").headers["Location"]))
        town.clock.advance(timedelta(seconds=1))
    cookies = browser.started()
    assert len(cookies) == MOST_STARTED
    assert sum(len(name) + len(value) + 3 for name, value in cookies.items()) < 6000
    assert browser.come_back(ways[1]).status_code == 400
    assert browser.come_back(ways[2]).headers["Location"] == f"{wanted}2"


def test_a_wish_longer_than_any_page_of_ours_leads_to_the_first_page(browser: Browser) -> None:
    assert browser.log_in(wanted="/" + "x" * LONGEST_WAY).headers["Location"] == "/anmal"


def test_in_production_the_cookie_of_a_started_login_is_for_this_host_and_https_only(tmp_path: Path) -> None:
    town = Town(tmp_path, Settings(stage=Stage.PRODUCTION, origin="https://localhost"))
    attempt = Attempt(broker="freja", state="s" * 43, nonce="n" * 43, verifier="v" * 64, next="/")
    with use(town.house), pages.test_request_context("/logga-in/start", base_url="https://localhost"):
        response = Response()
        _remember(response, attempt)
    kept = response.headers["Set-Cookie"]
    assert kept.startswith("__Host-inloggning-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=600"} <= set(kept.split("; "))


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
