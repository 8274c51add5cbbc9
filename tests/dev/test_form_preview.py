"""A form can be looked at while it is written: its pages answer without script, its mistakes stand on their lines."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from shared.dev.form_preview.draft import FormFile
from shared.dev.form_preview.house import preview_house
from shared.dev.form_preview.pages import preview_app
from shared.formkit.definition import FieldType
from tests.formkit.examples import FORMS, HEAD, ROOT, field, sample, step

PORT = 8090
ORIGIN = f"http://localhost:{PORT}"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def preview(path: Path) -> tuple[FormFile, FlaskClient]:
    """The preview of a file, and a browser at it."""
    file = FormFile(path)
    assert file.form is not None
    return file, preview_app(file, preview_house(PORT)).test_client()


def get(browser: FlaskClient, path: str) -> str:
    """A page that is there."""
    answer = browser.get(path, base_url=ORIGIN)
    assert answer.status_code == 200, path
    return answer.text


def post(browser: FlaskClient, path: str, fields: dict[str, list[str]]) -> tuple[int, str]:
    """The status and where it leads, or what it shows."""
    token = _TOKEN.search(get(browser, path if not path.endswith("/borja-om") else "/delar"))
    assert token is not None
    answer = browser.post(path, base_url=ORIGIN, data={**fields, "csrf_token": token[1], "submission_id": "0" * 32})
    return answer.status_code, answer.location or answer.text


def test_an_application_is_filled_in_page_by_page_and_confirmed() -> None:
    file, browser = preview(ROOT / "forms" / "financial_assistance.toml")
    given = sample("financial_assistance")
    assert "Inte påbörjad" in get(browser, "/delar")
    for slug, page in given.pages.items():
        if slug != "bilagor":
            posted = page if slug != "manad" else {"period": [_first_month(browser)]}
            assert post(browser, f"/{slug}", dict(posted))[0] == 303, slug
        for group, items in given.items.items():
            step = file.form.step(group) if file.form else None
            if step and step.when and group not in {"aktiviteter", "sokta-jobb"} and _shown(browser, group):
                for id, item in items.items():
                    _finish(browser, f"/{group}/{id}", dict(item))
    for group in ("sokta-jobb", "aktiviteter"):
        for id, item in given.items[group].items():
            _finish(browser, f"/{group}/{id}", dict(item))

    check = get(browser, "/kontrollera")
    assert "är kvar" not in check
    assert "8\u202f450\u00a0kronor" in check
    assert post(browser, "/kontrollera", {})[0] == 422
    status, last = post(browser, "/kontrollera", {"attestation": ["yes"]})
    assert (status, "Här skulle formuläret ha skickats" in last) == (200, True)


def _shown(browser: FlaskClient, slug: str) -> bool:
    return browser.get(f"/{slug}", base_url=ORIGIN).location != "/"


def _first_month(browser: FlaskClient) -> str:
    month = re.search(r'name="period" type="radio" value="([\d-]+)"', get(browser, "/manad"))
    assert month is not None
    return month[1]


def _finish(browser: FlaskClient, path: str, item: dict[str, list[str]]) -> None:
    status, place = post(browser, path, item)
    assert status == 303, path
    assert "#" not in place, path


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_every_page_of_every_form_is_shown_in_both_languages(path: Path) -> None:
    file, browser = preview(path)
    assert file.form is not None
    for language in ("sv", "en"):
        browser.set_cookie("language", language, domain="localhost")
        for one in (one for one in file.form.steps if one.when is None and not one.closes):
            if not any(field.type is FieldType.FILES for field in one.fields):
                answer = browser.get(f"/{one.slug}", base_url=ORIGIN, follow_redirects=True)
                assert answer.status_code == 200
                assert "<h1" in answer.text


def test_mistakes_are_shown_with_their_lines_and_go_when_they_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(HEAD + step("page", field("name")), "utf-8")
    _, browser = preview(path)
    assert "Fråga name" in get(browser, "/page")

    path.write_text(HEAD + step("page", field("name", "essay"), field("more", extra="colour = 1")), "utf-8")
    wrong = browser.get("/page", base_url=ORIGIN)
    assert wrong.status_code == 500
    assert "example.toml:17 › page › name" in wrong.text
    assert "example.toml:25 › page › more: unknown key" in wrong.text

    path.write_text(HEAD + step("page", field("name"), field("more")), "utf-8")
    assert "Fråga more" in get(browser, "/page")


def test_the_page_follows_the_file_and_beginning_again_forgets_everything(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(HEAD + step("page", field("name")), "utf-8")
    file, browser = preview(path)
    assert get(browser, "/andrad") == file.version
    assert "location.reload" in get(browser, "/bevaka.mjs")
    policy = browser.get("/page", base_url=ORIGIN).headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy

    assert post(browser, "/page", {"name": ["Ada"]})[0] == 303
    assert file.answers == {"name": "Ada"}
    token = _TOKEN.search(get(browser, "/page"))
    assert token is not None
    assert browser.post("/borja-om", base_url=ORIGIN, data={"csrf_token": token[1]}).status_code == 303
    assert file.answers == {}


def test_a_file_that_is_away_for_a_moment_is_shown_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(HEAD + step("page", field("name")), "utf-8")
    _, browser = preview(path)
    path.unlink()

    assert "Fråga name" in get(browser, "/page")
