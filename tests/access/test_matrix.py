"""Every address of every function, asked by everybody: who is let in, who is not, and what nobody else ever sees."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest
from werkzeug.routing import Rule

from shared.app.foundations import fresh
from shared.domain.principals import Principal
from shared.host.function_specs import read_functions
from shared.settings import Stage
from tests.access.kin import LIKE, kin
from tests.access.outcomes import DOOR
from tests.access.routes import IN, LOGIN, REFUSED, ROUTES, UNKNOWN, Outcome, Route
from tests.access.standing import SECRETS, Standing, standing
from tests.houses import DEMO
from tests.journeys.town import PEOPLE, Town, town
from tests.journeys.visitor import Answer, Visitor

OURS = frozenset({"sessions", "disclosures"})
"""What asking alone may write: that a login was used, and that somebody was shown something."""


def named(route: Route) -> str:
    """What a test of the route is called."""
    return f"{route.method} {route.rule}"


each_route = pytest.mark.parametrize("route", ROUTES, ids=named)


def rules() -> Iterator[tuple[str, str]]:
    """Method and rule of everything that any function answers."""
    for spec in read_functions():
        rule: Rule
        for rule in import_module(spec.module).app.url_map.iter_rules():
            yield from ((method, rule.rule) for method in rule.methods or () if method not in {"HEAD", "OPTIONS"})


def ask(town: Town, route: Route, who: Principal | None, known: Standing) -> Answer:
    """What the person is answered there, with everything in order as far as the person can see to it.

    No answer begins a session or lacks a protection, whoever asks.
    """
    visitor = town.visitor(who)
    path = route.path(known.known(route))
    sent = [("submission_id", fresh()), *route.fields]
    if route.method == "GET":
        answer = visitor.ask("GET", path)
    elif route.method == "PUT":
        answer = visitor.ask("PUT", path, b"part", {"X-CSRF-Token": dict(token(visitor))["csrf_token"]})
    else:
        answer = visitor.post(path, [*token(visitor), *sent])
    assert begins_a_session(answer) is False
    assert missing_protection(answer, route) == []
    return answer


def token(visitor: Visitor) -> list[tuple[str, str]]:
    """The field that proves that a form is ours, for this browser."""
    fields = visitor.get("/logga-in").form("/logga-in/start").fields
    return [(name, value) for name, value in fields if name == "csrf_token"]


def met(answer: Answer) -> Outcome | str:
    """How the person was met."""
    if answer.status == 401 or (answer.status == 303 and answer.location.startswith("/logga-in?")):
        return LOGIN
    if answer.path == "/halsa/redo":
        return IN  # its answer is a process-wide memory of five seconds; that it answers is what matters here
    if answer.status == 303 and answer.location.endswith("/boka/kod"):
        return DOOR
    return {403: REFUSED, 404: UNKNOWN}.get(answer.status, IN if answer.status < 500 else f"failed {answer.status}")


def documents(town: Town) -> dict[tuple[str, str], tuple[int, str]]:
    """Every stored case document as it is."""
    stored = town.store._store._documents  # type: ignore[attr-defined]
    return {key: (rev, body) for key, (rev, body, _) in stored.items() if key[0] not in OURS}


def test_every_route_has_its_row_and_no_row_is_left_over() -> None:
    assert Counter(rules()) == Counter((route.method, route.rule) for route in ROUTES)


@each_route
def test_outsiders_are_met_as_they_should_see_nothing_and_change_nothing(route: Route) -> None:
    outsiders = [person for person, outcome in route.who.items() if outcome is not IN]
    with town() as here:
        known = standing(here, route.case)
        near = kin(here) if route.who[LIKE] is not IN or route.method == "GET" else {}
        before = documents(here)
        for person in outsiders:
            answer = ask(here, route, PEOPLE[person], known)
            assert (person, met(answer)) == (person, route.who[person])
            assert [secret for secret in SECRETS if secret in answer.text] == []
        for person, who in near.items():
            answer = ask(here, route, who, known)
            assert (person, met(answer)) == (person, route.who[LIKE])
            assert [secret for secret in SECRETS if secret in answer.text] == []
        assert documents(here) == before


@each_route
def test_those_who_may_are_let_in(route: Route) -> None:
    for person in (person for person, outcome in route.who.items() if outcome is IN):
        with town() as here:
            answer = ask(here, route, PEOPLE[person], standing(here, route.case))
            assert (person, met(answer)) == (person, IN), answer.text


def begins_a_session(answer: Answer) -> bool:
    """Whether the browser is given a session's secret."""
    given = [value for name, value in answer.headers if name == "Set-Cookie"]
    return any(one.partition("=")[2][:1] not in {"", ";"} for one in given if one.startswith("session="))


PROTECTIONS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self';",
}
STORABLE = frozenset({"/static/<name>", "/theme", "/favicon.ico"})
EMPTYING = frozenset({("GET", "/lamna"), ("POST", "/lamna"), ("POST", "/logga-in/ut")})


def missing_protection(answer: Answer, route: Route) -> list[str]:
    """The headers that the answer lacks."""
    lacks = [name for name, value in PROTECTIONS.items() if value not in answer.header(name)]
    if route.rule not in STORABLE and answer.header("Cache-Control") != "no-store":
        lacks.append("Cache-Control")
    if (route.method, route.rule) in EMPTYING and '"cache"' not in answer.header("Clear-Site-Data"):
        lacks.append("Clear-Site-Data")
    if "unsafe" in answer.header("Content-Security-Policy"):
        lacks.append("Content-Security-Policy")
    return lacks


def test_in_production_every_answer_demands_encryption_and_binds_its_cookies() -> None:
    with town(settings=replace(DEMO, stage=Stage.PRODUCTION, origin="https://localhost")) as here:
        known = standing(here, "taken")
        visitor = here.visitor(PEOPLE["caseworker"])
        for route in ROUTES:
            answer = visitor.ask(route.method, route.path(known.known(route)))
            given = [value for name, value in answer.headers if name == "Set-Cookie"]
            assert "max-age=63072000" in answer.header("Strict-Transport-Security"), route
            assert all(one.startswith("__Host-") and "; Secure" in one for one in given), route


@pytest.mark.parametrize("person", [person for person in PEOPLE if PEOPLE[person] is not None])
def test_nobody_marks_a_notice_that_was_meant_for_somebody_else(person: str) -> None:
    with town() as here:
        known = standing(here, "taken")
        ask(here, Route("POST", "/arbete/notiser/<id>", {}), PEOPLE[person], known)
        stored = here.house.store.get("notices", known.notice)
        assert stored is not None
        assert (stored.fields["read_at"] is not None) == (person == "lead")
