"""The session after the login, logging out, and what must leak nowhere."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared import log
from tests.identity.house import Browser, Town, query


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    written = io.StringIO()
    log.start(written)
    yield written
    log.start()


# ── The session ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_login_gives_a_new_secret_and_ends_the_session_before(browser: Browser, town: Town) -> None:
    browser.log_in("tolvan.exempel")
    before = browser.secret
    browser.log_in("elsa.exempel")
    assert browser.secret != before
    assert town.house.sessions.read(before) is None
    assert town.sessions() == 1


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
    assert browser.started() == {}


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


def test_who_was_logged_out_while_writing_is_told_at_the_login_that_it_is_kept(browser: Browser) -> None:
    assert "Det du just skrev är sparat." not in browser.pages.get("/logga-in").text
    browser.pages.set_cookie("vantar", "kept")

    assert "Det du just skrev är sparat." in browser.pages.get("/logga-in").text


def test_who_came_with_a_code_is_told_that_the_page_is_closed_and_not_of_a_login_that_never_was(
    browser: Browser,
) -> None:
    browser.pages.set_cookie("kod", "1")
    shown = browser.pages.get("/logga-in/ut").text

    assert "Mötets sida är stängd" in shown
    assert 'href="/boka/kod"' in shown
    assert "utloggad" not in shown
    browser.log_in()
    browser.pages.post("/logga-in/ut", data={"csrf_token": browser.token()})
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
    (started,) = browser.started().values()
    back = browser.answer(to_provider)
    after = browser.come_back(back).headers["Location"]
    assert browser.secret
    for address in (to_provider, back, after, *town.wire.addresses):
        for secret in (browser.secret, started, "197909212388", "Elsa", "elsa", "code_verifier"):
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
