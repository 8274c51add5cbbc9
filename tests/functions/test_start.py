"""The front door: what anybody sees, the quick way out, and whether the server says truly how it is."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from functions.start.health import KEPT_S, Readiness
from functions.start.main import app
from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from shared.domain.sweeps import LATE_AFTER
from shared.host.function_specs import read_functions
from shared.ports.store import Document, Unavailable
from shared.web import cookies
from tests.houses import HandClock, demo_house, login
from tests.people import ELSA

PAGES = ("/", "/hjalp", "/dina-uppgifter", "/tillganglighet")
GUARD = "vader"
_LINK = re.compile(r'href="(/[^"#?]*)')
_TELLING = ("barn", "våld", "orosanmälan", "anmäl", "socialtjänst", "missbruk")


class Deaf(MemoryStore):
    """A store that stops answering when told to."""

    down = False

    def get(self, collection: str, id: str) -> Document | None:
        if self.down:
            raise Unavailable("no answer")
        return super().get(collection, id)


class Visitor:
    """One browser at the front door, in a house whose store and clock a test can trouble."""

    def __init__(self, house: House, store: Deaf, clock: HandClock) -> None:
        self.house = house
        self.store = store
        self.clock = clock
        self.client: FlaskClient = app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=self.house.settings.origin)

    def post(self, path: str) -> TestResponse:
        return self.client.post(path, base_url=self.house.settings.origin)

    def log_in(self) -> str:
        token = login(self.house, ELSA)
        self.client.set_cookie("session", token, domain="localhost")
        return token


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    store, clock = Deaf(), HandClock()
    with use(demo_house(store, clock)) as house:
        yield Visitor(house, store, clock)


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_without_login_and_costs_the_store_nothing(visitor: Visitor, path: str) -> None:
    counted = visitor.house.store
    assert isinstance(counted, CountingStore)
    counted.clear()

    assert visitor.get(path).status_code == 200
    assert counted.cost().rpcs == 0


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_whom_to_call(visitor: Visitor, path: str) -> None:
    page, municipality = visitor.get(path).text, visitor.house.municipality

    assert municipality.contact.phone in page
    assert municipality.emergency.out_of_hours_phone in page


def test_danger_comes_before_everything_else_on_the_front_page(visitor: Visitor) -> None:
    page = visitor.get("/").text

    assert 0 < page.index("tel:112") < page.index('href="/anmal"')


@pytest.mark.parametrize("path", PAGES)
def test_no_link_is_dead(visitor: Visitor, path: str) -> None:
    prefixes = {spec.prefix for spec in read_functions()} - {"/"} | {"/lokal", "/mina"}
    links = {link for link in _LINK.findall(visitor.get(path).text) if not link.startswith(tuple(prefixes))}

    assert {link: visitor.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("path", PAGES)
def test_the_tab_tells_a_passer_by_nothing(visitor: Visitor, path: str) -> None:
    title = visitor.get(path).text.partition("<title>")[2].partition("</title>")[0].lower()

    assert [word for word in _TELLING if word in title] == []


def test_who_is_logged_in_is_greeted_and_may_log_out_on_the_front_page(visitor: Visitor) -> None:
    visitor.log_in()

    assert ELSA.name in visitor.get("/").text


def test_the_front_page_stands_when_the_store_does_not(visitor: Visitor) -> None:
    visitor.log_in()
    visitor.store.down = True

    assert visitor.get("/").status_code == 200


def test_every_cookie_is_told_and_explained(visitor: Visitor) -> None:
    page = visitor.get("/dina-uppgifter").text
    names = {value for name, value in vars(cookies).items() if name.isupper()} | {"inloggning-…"}

    assert [name for name in names if f">{name}</bdi>" not in page] == []


# ── Leaving ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_leaving_needs_neither_script_nor_a_fresh_page(visitor: Visitor, method: str) -> None:
    answer = visitor.client.open("/lamna", method=method, base_url=visitor.house.settings.origin)

    assert answer.status_code == 303
    assert answer.location == visitor.house.municipality.leave_to
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_leaving_ends_the_login(visitor: Visitor) -> None:
    token = visitor.log_in()
    visitor.post("/lamna")

    assert visitor.house.sessions.read(token) is None
    assert visitor.client.get_cookie("session") is None


def test_leaving_works_when_the_store_does_not(visitor: Visitor) -> None:
    visitor.log_in()
    visitor.store.down = True

    assert visitor.post("/lamna").location == visitor.house.municipality.leave_to
    assert visitor.client.get_cookie("session") is None


@pytest.mark.parametrize("path", [*PAGES, "/finns-inte"])
def test_back_stays_with_the_neutral_page(visitor: Visitor, path: str) -> None:
    visitor.post("/lamna")
    answer = visitor.get(path)

    assert (answer.status_code, answer.location) == (303, visitor.house.municipality.leave_to)


def test_the_guard_is_out_of_reach_of_scripts_and_gone_after_ten_minutes(visitor: Visitor) -> None:
    visitor.post("/lamna")
    guard = visitor.client.get_cookie(GUARD)

    assert guard is not None
    assert (guard.http_only, guard.max_age) == (True, 600)


def test_who_wants_in_again_comes_in_by_the_welcome(visitor: Visitor) -> None:
    visitor.post("/lamna")

    assert visitor.get("/?valkommen").location == "/"
    assert visitor.get("/").status_code == 200


def test_the_welcome_never_stays_in_the_history(visitor: Visitor) -> None:
    answer = visitor.get("/?valkommen")

    assert (answer.status_code, answer.location) == (303, "/")


def test_the_way_in_again_is_told_where_the_way_out_is(visitor: Visitor) -> None:
    assert "/?valkommen" in visitor.get("/hjalp").text


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_robot_may_index_anything(visitor: Visitor) -> None:
    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_the_icon_wears_the_colours_of_the_municipality(visitor: Visitor) -> None:
    icon = visitor.get("/favicon.ico")

    assert icon.mimetype == "image/svg+xml"
    assert visitor.house.municipality.theme["brand"] in icon.text


@pytest.mark.parametrize("path", ["/static/main.css", "/static/app.js", "/theme"])
def test_styles_and_script_are_served(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/static/secret.css", "/static/../main.py", "/finns-inte", "/intern/svep"])
def test_what_is_not_there_is_a_page_of_ours(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 404
    assert visitor.house.municipality.contact.phone in answer.text


def test_a_page_can_be_asked_for_its_headers_alone(visitor: Visitor) -> None:
    answer = visitor.client.head("/", base_url=visitor.house.settings.origin)

    assert (answer.status_code, answer.data) == (200, b"")


# ── Health ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def look(visitor: Visitor) -> bool:
    """What somebody hears who asks for the first time."""
    return Readiness().of(visitor.house)


def test_the_process_says_that_it_lives(visitor: Visitor) -> None:
    assert visitor.get("/halsa/lever").text == "lever\n"


def test_the_process_says_that_it_lives_when_its_house_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    monkeypatch.setenv("TROSKELFRI_STAGE", "demo")
    monkeypatch.setenv("TROSKELFRI_ORIGIN", "http://localhost:8080")
    monkeypatch.setenv("TROSKELFRI_VAR", str(tmp_path / "var"))
    answers = {path: app.test_client().get(path).status_code for path in ("/halsa/lever", "/halsa/redo", "/")}

    assert answers == {"/halsa/lever": 200, "/halsa/redo": 500, "/": 500}


def test_it_is_ready_when_store_keys_and_sweep_are(visitor: Visitor) -> None:
    visitor.house.sweep.run()

    assert look(visitor)


def test_it_is_not_ready_before_the_deadlines_are_guarded(visitor: Visitor) -> None:
    assert not look(visitor)


def test_it_is_not_ready_when_the_sweep_has_been_silent_too_long(visitor: Visitor) -> None:
    visitor.house.sweep.run()
    visitor.clock.advance(LATE_AFTER + timedelta(seconds=1))

    assert not look(visitor)


def test_it_is_not_ready_without_its_store(visitor: Visitor) -> None:
    visitor.house.sweep.run()
    visitor.store.down = True

    assert not look(visitor)


def test_the_answer_is_kept_for_five_seconds(visitor: Visitor) -> None:
    visitor.house.sweep.run()
    passed = [1000.0]
    readiness = Readiness(lambda: passed[0])
    readiness.of(visitor.house)
    visitor.store.down = True

    assert readiness.of(visitor.house)
    passed[0] += KEPT_S
    assert not readiness.of(visitor.house)


def test_a_stranger_hears_ready_or_not_and_nothing_else(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.store.down = True
    monkeypatch.setattr("functions.start.health._readiness", Readiness())
    answer = visitor.get("/halsa/redo")

    assert (answer.status_code, answer.text) == (503, "inte redo\n")


def test_health_is_answered_under_any_host_name_and_after_a_quick_exit(visitor: Visitor) -> None:
    visitor.post("/lamna")
    answer = visitor.client.get("/halsa/lever", base_url="http://10.1.2.3:8080")

    assert answer.status_code == 200
