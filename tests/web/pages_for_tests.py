"""One small app with a page of each kind, and a browser without a screen to visit it with."""

from dataclasses import dataclass, field

from flask import Flask, abort, render_template_string
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from werkzeug.test import TestResponse

from shared.domain.principals import Kind, Role
from shared.ports.store import Unavailable
from shared.web import (
    leave,
    login_required,
    posted_submission_id,
    principal,
    read_form,
    see_other,
    serve_static,
    serve_theme,
    without_csrf,
)
from tests.web.fake_house import FROM_HERE, FakeHouse, app_with

PAGE = """{% extends "question.html" %}{% set title = _("Fortsätt") %}{% from "ui/form.html" import hidden %}
{% block question %}<h1>{{ title }}</h1><form method="post">{{ hidden() }}</form>{% endblock %}"""


def pages(app: Flask) -> None:
    """Public, reporter's and lead's pages, a form, the way out, and things that go wrong."""
    _for_people(app)
    _things_that_go_wrong(app)
    app.add_url_rule("/lamna", view_func=without_csrf("ends only one's own session")(leave), methods=["POST"])
    app.add_url_rule("/static/<name>", view_func=serve_static, endpoint="files")
    app.add_url_rule("/theme", view_func=serve_theme, endpoint="theme")


def _for_people(app: Flask) -> None:
    @app.get("/")
    def start() -> str:
        return render_template_string(PAGE)

    @app.get("/anmal/<id>")
    @login_required(Kind.REPORTER)
    def form(id: str) -> str:
        del id
        return render_template_string(PAGE)

    @app.post("/anmal/<id>")
    @login_required(Kind.REPORTER)
    def answer(id: str) -> ResponseReturnValue:
        sent = read_form(one=("text", "val"), many=("flera",))
        return {"id": id, "text": sent.text("text"), "flera": list(sent.many("flera")), "cleaned": sorted(sent.cleaned)}

    @app.get("/ledning")
    @login_required(Kind.STAFF, roles={Role.TEAM_LEAD})
    def lead() -> str:
        return principal().name

    @app.post("/oppen")
    def public_post() -> ResponseReturnValue:
        read_form(one=("text",))
        return see_other(f"/kvitto/{posted_submission_id()}")


def _things_that_go_wrong(app: Flask) -> None:
    @app.route("/trasig", methods=["GET", "POST"])
    def broken() -> str:
        raise ZeroDivisionError("Nova Exempel 191212121212")

    @app.route("/lagret", methods=["GET", "POST"])
    def store_away() -> str:
        raise Unavailable

    @app.get("/fel/<int:status>")
    def error(status: int) -> str:
        abort(status)


@dataclass(slots=True)
class Visitor:
    """A browser: keeps cookies, sends what a browser sends, takes tokens from pages."""

    house: FakeHouse = field(default_factory=FakeHouse)
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = app_with(self.house, pages).test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        """Visit a page."""
        return self.client.get(path, base_url=self.house.settings.origin, headers=headers)

    def token(self) -> str:
        """The token of the form on the start page."""
        page = self.get("/").text
        return page.split('name="csrf_token" value="')[-1].split('"')[0]

    def post(self, path: str, fields: dict[str, object] | None = None, **headers: str) -> TestResponse:
        """Send a form from our own page."""
        return self.client.post(
            path,
            base_url=self.house.settings.origin,
            data={"csrf_token": self.token(), **(fields or {})},
            headers={**FROM_HERE, **headers},
        )

    def carry(self, name: str, value: str) -> None:
        """Put a cookie in the browser."""
        self.client.set_cookie(name, value, domain="localhost")

    def cookie(self, name: str) -> str | None:
        """A cookie's value, or None."""
        found = self.client.get_cookie(name, domain="localhost")
        return None if found is None else found.value
