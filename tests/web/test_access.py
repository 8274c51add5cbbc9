"""Who is let in, and what happens to a form that was sent just after the login ended."""

import pytest
from werkzeug.test import TestResponse

from shared.domain.principals import Principal
from shared.web import local_path
from tests.web.fake_house import ANNA, OLA, ORIGIN, SARA, FakeHouse, MemoryParked
from tests.web.pages_for_tests import Visitor

STORY = "Eleven har inte ätit sedan i går"


def logged_in(as_whom: Principal = SARA, parked: MemoryParked | None = None) -> Visitor:
    house = FakeHouse(parked=parked)
    visitor = Visitor(house)
    visitor.carry("session", house.log_in(as_whom, "token"))
    return visitor


def test_a_page_for_reporters_leads_an_unknown_to_the_login_and_back() -> None:
    assert Visitor().get("/anmal/1?steg=2").headers["Location"] == "/logga-in?next=/anmal/1%3Fsteg%3D2"


def test_a_reporter_gets_in() -> None:
    assert logged_in().get("/anmal/1").status_code == 200


def test_a_login_of_another_kind_is_refused() -> None:
    assert logged_in(ANNA).get("/anmal/1").status_code == 403


def test_a_caseworker_is_not_a_lead() -> None:
    assert logged_in(ANNA).get("/ledning").status_code == 403


def test_the_session_is_read_once_and_only_where_somebody_asks() -> None:
    visitor = logged_in()
    visitor.get("/")
    assert visitor.house.sessions.reads == 0
    visitor.get("/anmal/1")
    assert visitor.house.sessions.reads == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=1",
        " /a",
        "",
        "evil.example",
        "/@evil.example",
    ],
)
def test_nobody_is_led_to_another_site_after_the_login(hostile: str) -> None:
    assert local_path(hostile) == "/"


@pytest.mark.parametrize("path", ["/", "/anmal/utkast/0a1b/barn", "/arbete/ko?sida=2&x=%C3%A5"])
def test_everybody_is_led_back_to_where_they_were(path: str) -> None:
    assert local_path(path) == path


def send_too_late(visitor: Visitor) -> TestResponse:
    token = visitor.token()
    visitor.house.sessions.alive.clear()
    fields = {"csrf_token": token, "text": STORY, "flera": ["a", "b"], "submission_id": "f" * 32}
    return visitor.client.post("/anmal/1", base_url=ORIGIN, data=fields)


def log_in_again(visitor: Visitor, as_whom: Principal) -> None:
    visitor.carry("session", visitor.house.log_in(as_whom, "new"))


def test_a_form_sent_too_late_is_kept_until_its_writer_has_logged_in() -> None:
    visitor = logged_in(parked=MemoryParked({"token": SARA}))
    send_too_late(visitor)
    log_in_again(visitor, SARA)
    page = visitor.get("/anmal/1")
    assert "Vi sparade det du skrev" in page.text
    assert page.text.count(STORY) == 2
    assert f'name="submission_id" value="{"f" * 32}"' in page.text


def test_the_login_is_asked_for_with_the_way_back() -> None:
    answer = send_too_late(logged_in(parked=MemoryParked({"token": SARA})))
    assert answer.headers["Location"] == "/logga-in?next=/anmal/1"


def test_another_person_who_logs_in_does_not_see_the_form() -> None:
    visitor = logged_in(parked=MemoryParked({"token": SARA}))
    send_too_late(visitor)
    log_in_again(visitor, OLA)
    assert STORY not in visitor.get("/anmal/1").text


def test_the_kept_form_does_not_turn_up_on_other_pages() -> None:
    visitor = logged_in(parked=MemoryParked({"token": SARA}))
    send_too_late(visitor)
    log_in_again(visitor, SARA)
    assert STORY not in visitor.get("/anmal/2").text


def test_the_kept_form_is_forgotten_when_it_has_been_sent() -> None:
    visitor = logged_in(parked=MemoryParked({"token": SARA}))
    send_too_late(visitor)
    log_in_again(visitor, SARA)
    assert visitor.post("/anmal/1", {"text": STORY}).json["text"] == STORY  # type: ignore[index]
    assert STORY not in visitor.get("/anmal/1").text


@pytest.mark.parametrize("parked", [None, MemoryParked({})])
def test_a_form_that_cannot_be_kept_is_shown_back_to_be_copied(parked: MemoryParked | None) -> None:
    answer = send_too_late(logged_in(parked=parked))
    assert answer.status_code == 401
    assert STORY in answer.text
    assert 'href="/logga-in?next=/anmal/1"' in answer.text
