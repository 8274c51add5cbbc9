"""A browser at the pages of one function, in a house that keeps everything in memory."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.app import House
from shared.domain.principals import Principal
from tests.houses import login

_TOKENS: Final = re.compile(r'<input type="hidden" name="(?:csrf_token|submission_id)"[^>]*>')


class Browser:
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, app: Flask, house: House, who: Principal | None) -> None:
        self.house = house
        self.pages: FlaskClient = app.test_client()
        if who is not None:
            self.log_in(who)

    def log_in(self, who: Principal) -> None:
        self.pages.set_cookie("session", login(self.house, who), domain="localhost")

    def get(self, path: str) -> TestResponse:
        return self.pages.get(path, base_url=self.house.settings.origin)

    def post(self, path: str, fields: Mapping[str, object]) -> TestResponse:
        return self.pages.post(path, data=fields, base_url=self.house.settings.origin)

    @staticmethod
    def forms_of(answer: TestResponse) -> dict[str, dict[str, list[str]]]:
        """What a browser would post from the forms of a page, by where they lead."""
        forms = Forms()
        forms.feed(answer.text)
        return forms.found


def without_tokens(page: str) -> str:
    """The page without its random tokens: they spell a short name now and then."""
    return _TOKENS.sub("", page)


class Forms(HTMLParser):
    """The forms of a page: every field's values as a browser would send them, by where the form leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, list[str]]] = {}
        self._form: dict[str, list[str]] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "form":
            self._form = self.found.setdefault(at.get("action") or "", {})
        elif tag == "input" and (at.get("type") not in {"radio", "checkbox"} or "checked" in at):
            self._form.setdefault(at.get("name") or "", []).append(at.get("value") or "")
        elif tag in {"select", "textarea"}:
            self._inside = at.get("name") or ""
            if tag == "textarea":
                self._form[self._inside] = [""]
        elif tag == "option" and "selected" in at:
            self._form[self._inside] = [at.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside and self._form.get(self._inside) == [""]:
            self._form[self._inside] = [data.removeprefix("\n")]
