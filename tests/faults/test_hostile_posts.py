"""Every form of every function, posted as no page of ours would: a clear page each time, and nothing is done."""

import json
from typing import Final
from urllib.parse import urlencode

import pytest

from tests.access.routes import ROUTES, Route
from tests.access.standing import standing
from tests.faults.posting import MACHINES, POSTS, WRITING, documents, insider, named, sender, taken
from tests.journeys.town import PEOPLE, Town, town
from tests.journeys.visitor import Answer

each_form = pytest.mark.parametrize("route", WRITING, ids=named)
each_post = pytest.mark.parametrize("route", [one for one in POSTS if one.rule != "/lamna"], ids=named)
each_rule = pytest.mark.parametrize(
    "rule", sorted({route.rule for route in ROUTES if not route.rule.startswith(MACHINES)})
)
TEN_MEGABYTES: Final = b"x" * (10 * 1024 * 1024)
WITH_ID: Final = [
    route for route in WRITING
    if route.rule.endswith((
        "/utkast", "/tillagg/<slug>", "/ta", "/tilldela", "/kontrollera", "/aterkoppling", "/begaran",
    ))
]  # fmt: skip
"""What commits something that must not come twice; the others save a draft or do the same again when pressed again."""
SEVERAL: Final = frozenset({"sources_checked", "measures", "papers", "recipients", "form_choice", "with_whom"})
"""Questions with several answers."""
STRANGE: Final = {
    "controls": "a\x00b\x07c\x1b[31m",
    "lone halves": "x\ud83d\ude2dy".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "bidi": "\u202etxet\u2066\u2069\u200f",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 50,
    "combining": "e\u0301\u0323" * 200,
    "markup": "<script>alert(1)</script>{{7*7}}{% raw %}'\"><img src=x onerror=alert(1)>",
    "newlines": "\r\n\u2028\u2029\x85" * 100,
    "nothing": "",
    "spaces": " \t\u00a0\u3000" * 100,
    "number": "-1e309",
    "digits": "9" * 5000,
    "path": "../../../etc/passwd%00",
    "sql": "'; DROP TABLE documents; --",
}


def is_a_page_of_ours(answer: Answer) -> bool:
    """Whether a person can read what went wrong: a whole page in a known language with a way on."""
    return answer.text.rstrip().endswith("</html>") and "<h1" in answer.text and "Traceback" not in answer.text


def refused(town: Town, route: Route, answer: Answer, before: object, status: set[int]) -> None:
    """Nothing was done, and the person is told so."""
    assert answer.status in status, (route.rule, answer.status, answer.text[:2000])
    assert is_a_page_of_ours(answer)
    assert documents(town) == before


@each_post
def test_a_field_that_the_page_does_not_have_is_refused(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        refused(here, route, form.send([*form.fields, ("is_admin", "yes")]), before, {400})


@each_post
def test_a_field_sent_twice_is_refused(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        for name, value in form.fields:
            if name in route.form and name not in SEVERAL:
                refused(here, route, form.send([*form.fields, (name, f"{value}x")]), before, {400})


@pytest.mark.parametrize("route", WITH_ID, ids=named)
def test_a_form_without_its_id_or_with_another_kind_of_id_does_nothing(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        for id in (None, "", "x", "A" * 32, "0" * 33, "../../cases/" + "0" * 20):
            refused(here, route, form.send(form.changed(submission_id=id)), before, {400})


@pytest.mark.parametrize("route", [one for one in WRITING if one.form], ids=named)
@pytest.mark.parametrize("kind", STRANGE)
def test_strange_characters_in_any_field_are_answered_in_whole_words(route: Route, kind: str) -> None:
    with town() as here:
        form = sender(here, route)
        for name in route.form:
            answer = form.send(form.changed(**{name: STRANGE[kind]}))
            assert answer.status in {taken(route), 400, 403, 404, 409, 422}, (name, answer.status)
            assert answer.status == 303 or is_a_page_of_ours(answer)
            assert "<script>alert(1)" not in answer.text
            assert "<img src=x" not in answer.text


@each_form
def test_a_form_without_any_of_its_fields_is_told_what_is_missing(route: Route) -> None:
    with town() as here:
        for name in route.form:
            form = sender(here, route)
            answer = form.send(form.changed(**{name: None}))
            assert answer.status in {303, 400, 403, 409, 422}, (name, answer.status)
            assert answer.status == 303 or is_a_page_of_ours(answer)


@each_post
def test_ten_megabytes_are_answered_with_a_page_about_it(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        body = urlencode(list(form.fields)).encode() + b"&more=" + TEN_MEGABYTES
        answer = form.visitor.ask("POST", form.path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        refused(here, route, answer, before, {413})


@each_post
def test_what_is_no_form_at_all_is_refused(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        for kind, body in BODIES:
            answer = form.visitor.ask("POST", form.path, body, {"Content-Type": kind})
            refused(here, route, answer, before, {400, 403, 413, 415})


BODIES: Final = (
    ("application/json", json.dumps({"csrf_token": True, "to": ["anna"]}).encode()),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"),
    ("multipart/form-data", b"no boundary"),
    ("text/xml", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x>&e;</x>"),
    ("application/x-www-form-urlencoded", b"\xff\xfe%ff%zz=&&&=&a" * 20),
    ("", b"\x00" * 100),
)


# ── From elsewhere ────────────────────────────────────────────────────────────────────────────────────────────────────


FOREIGN: Final[tuple[dict[str, str], ...]] = (
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:8080.evil.example"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@each_post
def test_a_post_from_another_site_does_nothing_and_shows_nothing(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        for headers in FOREIGN:
            answer = form.send(headers=headers)
            refused(here, route, answer, before, {403})
            assert all(value not in answer.text for value in route.form.values() if len(value) > 10)


@each_post
def test_a_post_without_a_token_or_with_somebody_elses_does_nothing(route: Route) -> None:
    with town() as here:
        known = standing(here, route.case)
        form, other = sender(here, route, known), sender(here, route, known)
        before = documents(here)
        theirs = dict(other.fields)["csrf_token"]
        for token in (None, "", "x", theirs, "A" * 88, "å" * 20):
            refused(here, route, form.send(form.changed(csrf_token=token)), before, {403})


@each_rule
def test_under_another_host_name_nothing_is_answered(rule: str) -> None:
    route = next(one for one in ROUTES if one.rule == rule)
    if rule.startswith("/halsa/"):
        return  # asked under whatever name the platform has for this machine; it says one word
    with town() as here:
        path = route.path(standing(here, route.case).known(route))
        for host in ("evil.example", "localhost.evil.example", "localhost:8080@evil.example", ""):
            visitor = here.visitor(PEOPLE[insider(route)])
            answer = visitor.ask(route.method, path, b"", {"Host": host})
            assert answer.status == 400, host
            assert "evil" not in answer.text + "".join(value for _, value in answer.headers)


@each_rule
def test_a_method_that_no_page_uses_does_nothing(rule: str) -> None:
    route = next(one for one in ROUTES if one.rule == rule)
    with town() as here:
        known = standing(here, route.case)
        before, visitor = documents(here), here.visitor(PEOPLE[insider(route)])
        used = {one.method for one in ROUTES if one.rule == rule}
        for method in {"PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO"} - used:
            assert visitor.ask(method, route.path(known.known(route))).status == 405, method
        for method in ("OPTIONS", "HEAD"):
            assert visitor.ask(method, route.path(known.known(route))).status < 500, method
        assert documents(here) == before
