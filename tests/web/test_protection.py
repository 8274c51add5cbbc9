"""What every answer says to the browser, and which requests are let in."""

import pytest

from tests.web.fake_house import FROM_HERE, ORIGIN, FakeHouse, app_with, production_house
from tests.web.pages_for_tests import Visitor, pages

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/finns-inte", "/trasig", "/lagret", "/static/main.css", "/anmal/1"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    headers = Visitor().get(path).headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/finns-inte", "/trasig", "/lagret"])
def test_pages_are_never_kept_by_the_browser(path: str) -> None:
    assert Visitor().get(path).headers["Cache-Control"] == "no-store"


def test_the_policy_allows_own_files_only() -> None:
    policy = Visitor().get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy


def test_a_form_may_end_at_the_way_out_because_the_exit_button_does() -> None:
    assert "form-action 'self' https://www.smhi.se;" in Visitor().get("/").headers["Content-Security-Policy"]


def test_production_insists_on_https_and_demo_does_not() -> None:
    assert "max-age=63072000" in Visitor(production_house()).get("/").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in Visitor().get("/").headers


def test_cookies_in_production_are_bound_to_the_host_and_to_https() -> None:
    cookie = Visitor(production_house()).get("/").headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "tjanster.example.se:81"])
def test_a_foreign_host_name_is_refused(host: str) -> None:
    client = app_with(production_house(), pages).test_client()
    assert client.get("/", base_url=f"https://{host}").status_code == 400


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
def test_demo_answers_on_loopback_by_any_name(host: str) -> None:
    assert app_with(FakeHouse(), pages).test_client().get("/", base_url=f"http://{host}").status_code == 200


def test_production_does_not_answer_to_loopback() -> None:
    client = app_with(production_house(), pages).test_client()
    assert client.get("/", base_url="http://localhost").status_code == 400


def test_machines_call_internal_functions_by_another_name() -> None:
    client = app_with(production_house(), pages, internal=True).test_client()
    assert client.get("/", base_url="https://deadlines-abc.example.net").status_code == 200


@pytest.mark.parametrize("path", ["/anmal/1", "/oppen", "/trasig", "/lagret"])
@pytest.mark.parametrize("token", ["", "x", "å", "A" * 88])
def test_no_post_without_a_token_gets_in(path: str, token: str) -> None:
    visitor = Visitor()
    visitor.get("/")
    sent = visitor.client.post(path, base_url=ORIGIN, data={"csrf_token": token})
    assert sent.status_code == 403


def test_a_post_with_the_token_of_another_browser_is_refused() -> None:
    stolen = Visitor().token()
    visitor = Visitor()
    visitor.get("/")
    assert visitor.client.post("/oppen", base_url=ORIGIN, data={"csrf_token": stolen}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example:8080"},
    ],
)
def test_a_post_from_another_site_is_refused_even_with_a_token(headers: dict[str, str]) -> None:
    assert Visitor().post("/oppen", {"submission_id": "a" * 32}, **headers).status_code == 403


def test_a_post_from_another_site_is_not_shown_back() -> None:
    answer = Visitor().post("/oppen", {"text": "en lång text från någon annan"}, **{"Sec-Fetch-Site": "cross-site"})
    assert "från någon annan" not in answer.text


def test_a_post_from_an_old_page_of_ours_is_shown_back_to_its_writer() -> None:
    visitor = Visitor()
    page = visitor.client.post(
        "/oppen", base_url=ORIGIN, data={"csrf_token": "gammal", "text": "det jag skrev i går kväll"}, headers=FROM_HERE
    )
    assert page.status_code == 403
    assert page.text.count("det jag skrev i går kväll") == 2
    assert "gammal" not in page.text


def test_a_post_from_our_own_page_gets_in() -> None:
    assert Visitor().post("/oppen", {"submission_id": "a" * 32}).headers["Location"] == f"/kvitto/{'a' * 32}"


def test_a_browser_without_fetch_headers_gets_in_with_its_token() -> None:
    visitor = Visitor()
    data = {"csrf_token": visitor.token(), "submission_id": "a" * 32}
    assert visitor.client.post("/oppen", base_url=ORIGIN, data=data).status_code == 303


def test_two_tokens_of_the_same_page_never_look_alike() -> None:
    visitor = Visitor()
    assert visitor.token() != visitor.token()


def test_ten_megabytes_of_text_get_a_page_that_says_so() -> None:
    answer = Visitor().post("/oppen", {"text": "a" * 10_000_000})
    assert answer.status_code == 413
    assert "för stort" in answer.text


def test_a_form_with_a_thousand_parts_is_refused() -> None:
    visitor = Visitor()
    data = {"csrf_token": visitor.token(), **{f"f{number}": "x" for number in range(1000)}}
    answer = visitor.client.post("/oppen", base_url=ORIGIN, data=data, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_a_page_is_compressed_for_a_browser_that_can() -> None:
    page = Visitor().get("/", **{"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.data) < 5 * 1024


def test_head_answers_like_get_without_a_body() -> None:
    visitor = Visitor()
    head = visitor.client.head("/", base_url=ORIGIN)
    assert (head.status_code, head.data) == (200, b"")


def test_a_slash_at_the_end_changes_nothing() -> None:
    assert Visitor().get("/anmal/1/").headers["Location"].startswith("/logga-in")
