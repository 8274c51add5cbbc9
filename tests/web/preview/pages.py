"""Every kind of page with made-up contents: to be looked at, and for the browser tests."""

from pathlib import Path
from typing import Final

from flask import Flask, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, FileSystemLoader

from shared.ports.store import Unavailable
from shared.web import create_app, leave, principal, serve_static, serve_theme, without_csrf
from tests.web.fake_house import ANNA, SARA, FakeHouse

STORY: Final = (
    "Eleven kom till skolan utan jacka två dagar i rad och somnade på lektionen.\n\n"
    "Eleven sa att ingen var hemma i går kväll \N{RIGHT-TO-LEFT OVERRIDE}<b>och</b> att det brukar vara så."
)
ERRORS: Final = {
    "fraga": {"vet": "Välj om familjen vet att du anmäler"},
    "text": {"handelse": "Skriv vad som har hänt. Några meningar räcker.", "nar": "Datumet måste ha en månad"},
    "bedom": {"skal": "Skriv dina skäl"},
}
RESIDENT: Final = {
    "": "start.html",
    "fraga": "question.page.html",
    "text": "text.html",
    "kontrollera": "check.html",
    "kvitto": "receipt.html",
    "mina": "mine.html",
    "logga-in": "login.html",
}
STAFF: Final = {"ko": "queue.html", "tom": "queue.html", "arende": "case.html", "bedom": "assess.html"}


OVER: Final = {"state": "over", "words": "dag 15 av 14"}
SOON: Final = {"state": "soon", "words": "dag 12 av 14"}


def row(state: str, clock: str, reference: str, step: str, **more: object) -> dict[str, object]:
    """One row of the queue."""
    return {
        "href": "/arende", "kind": "Orosanmälan", "reference": reference, "state": state, "clock": clock, "step": step,
        "second": {"state": "ok", "words": "dag 2 av 14"}, "age": "7–9 år", "source": "Skola", "who": "Anna Exempel",
        "late": state == "late", **more,
    }  # fmt: skip


GROUPS: Final = [
    {
        "title": "Försenat",
        "rows": [
            row("late", "Försenad 9 tim", "OA-4T7X", "Skyddsbedömning", source="Polisen", take="/ko", age="0–3 år"),
            row("late", "Försenad 1 dag", "OA-9C2M", "Beslut: inleda eller inte", second=OVER),
        ],
    },
    {
        "title": "I dag, söndag 22 november",
        "rows": [
            row("today", "I dag 16.00", "OA-3K8R", "Skyddsbedömning", take="/ko"),
            row("today", "I dag 24.00", "OA-6P1W", "Skyddsbedömning", source="Förskola", who="Samir Exempel"),
        ],
    },
    {
        "title": "Denna vecka",
        "rows": [
            row("soon", "Snart: tis 24 nov", "OA-5H9Q", "Möte med föräldrar", second=SOON),
            row("ok", "fre 27 nov", "OA-2F6S", "Samtal med barnet", second={"state": "ok", "words": "dag 9 av 14"}),
            row("rest", "Vilar: väntar på svar", "UT-3Z8L", "Utredning", kind="Utredning", second=None, age="13–15 år"),
        ],
    },
]  # fmt: skip


def preview_app(house: FakeHouse) -> Flask:
    """The preview: log in with the cookie `sara` or `anna`."""
    house.log_in(SARA, "sara")
    house.log_in(ANNA, "anna")
    app = create_app("shared.web", lambda: house)
    loader = app.jinja_loader
    app.jinja_env.loader = ChoiceLoader(
        [FileSystemLoader(Path(__file__).parent / "templates"), *([loader] if loader else [])]
    )
    app.add_url_rule("/static/<name>", view_func=serve_static, endpoint="static_file")
    app.add_url_rule("/theme", view_func=serve_theme, endpoint="theme")
    app.add_url_rule(
        "/lamna", view_func=without_csrf("ending one's own session harms nobody")(leave), methods=["GET", "POST"]
    )
    app.add_url_rule("/fel/<int:status>", view_func=_error, methods=["GET", "POST"])
    app.add_url_rule("/krock", view_func=_conflict, methods=["GET", "POST"])
    for path, template in RESIDENT.items():
        app.add_url_rule(f"/{path}", f"page_{path}", _page(template), methods=["GET", "POST"], defaults={"name": path})
    for path, template in STAFF.items():
        app.add_url_rule(f"/{path}", f"page_{path}", _page(template), methods=["GET", "POST"], defaults={"name": path})
    return app


def _page(template: str):  # type: ignore[no-untyped-def] # noqa: ANN202 - Flask's own type of a view
    def view(name: str) -> ResponseReturnValue:
        principal()
        errors = ERRORS.get(name, {}) if request.method == "POST" or "fel" in request.args else {}
        page = render_template(
            template, errors=errors, values=request.form, story=STORY, staff_nav=_staff_nav(name),
            groups=[] if name == "tom" else GROUPS, direction=request.args.get("dir", "ltr"),
        )  # fmt: skip
        return make_response(page, 422 if errors else 200)

    return view


def _staff_nav(name: str) -> list[dict[str, object]]:
    return [
        {"href": "/ko", "text": "Kön", "count": 24, "of": "ärenden", "current": name in {"ko", "tom"}},
        {"href": "/arende", "text": "Mina ärenden", "current": name == "arende"},
        {"href": "/ko", "text": "Notiser", "count": 3, "of": "olästa"},
    ]


def _conflict() -> ResponseReturnValue:
    principal()
    return make_response(render_template("conflict.html", errors={}, story=STORY, staff_nav=_staff_nav("krock")), 409)


def _error(status: int) -> ResponseReturnValue:
    if status == 503:
        raise Unavailable
    abort(status)
