"""The function identity as it is deployed: in production, and as the only one that starts sessions."""

from pathlib import Path

from werkzeug.test import TestResponse

from functions.identity.main import app
from shared.app import use
from tests.identity.broker_file import broker_table, production
from tests.identity.house import Browser, Town


def shown_in_production(folder: Path, *brokers: str) -> TestResponse:
    """The login page of an installation in production with these brokers."""
    town = Town(folder, production(folder, *brokers))
    with use(town.house):
        return Browser(town).pages.get("/logga-in", base_url="https://localhost")


def test_the_login_page_says_so_when_no_login_is_set_up(tmp_path: Path) -> None:
    page = shown_in_production(tmp_path).text
    assert "Du kan inte logga in här än" in page
    assert "031-390 06 00" in page
    assert "/logga-in/start" not in page


def test_the_login_page_lets_its_form_end_at_the_providers_only(tmp_path: Path) -> None:
    policy = shown_in_production(tmp_path, broker_table()).headers["Content-Security-Policy"]
    form_action = next(part for part in policy.split("; ") if part.startswith("form-action")).split()
    assert "https://eid.example.se:*" in form_action
    assert not {"*", "https:"} & set(form_action)


def test_in_production_there_is_no_test_e_id_and_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    answer = shown_in_production(tmp_path, broker_table())
    assert answer.status_code == 200
    assert "Freja" in answer.text
    assert "Övnings-id" not in answer.text
    given = answer.headers["Set-Cookie"]
    assert given.startswith("__Host-")
    assert "Secure" in given


def test_only_a_login_and_a_code_from_a_letter_start_a_session() -> None:
    root = Path(__file__).parents[2]
    found = {
        path.relative_to(root).parts[1]
        for path in (root / "functions").rglob("*.py")
        if "sessions.start(" in path.read_text("utf-8")
    }
    assert found == {"identity", "booking"}


def test_no_other_address_of_identity_starts_a_session(tmp_path: Path) -> None:
    addresses = [rule.rule.replace("<broker>", "test-eid") for rule in app.url_map.iter_rules()]
    assert set(addresses) == {"/logga-in", "/logga-in/start", "/logga-in/retur/test-eid", "/logga-in/ut"}
    town = Town(tmp_path)
    with use(town.house):
        browser = Browser(town)
        for address in addresses:
            browser.pages.get(address)
            browser.pages.post(address, data={"csrf_token": browser.token()})
    assert town.sessions() == 0
