"""One Flask app per function, all with the same protections; nothing outside is touched until the first request."""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, request
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import BadRequest

from shared.settings import LOOPBACK
from shared.web import cookies, csrf, errors, headers, house, leaving, parking, templating, uploads
from shared.web.forms import see_other
from shared.web.house import HouseSource, current_house
from shared.web.paths import local_path
from shared.web.texts import LANGUAGES

BODY_LIMIT: Final = 1024 * 1024
"""Bytes of one request, unless the function asks for more, or the view takes files."""
PARTS_LIMIT: Final = 300
_LANGUAGE_LIFE: Final = timedelta(days=365)
_TOP_MODULE: Final = "main"
_WITHOUT_HOUSE: Final = "troskelfri.without_house"

_Bare: TypeAlias = Callable[[], Response]


def create_app(
    import_name: str | None, source: HouseSource, *, internal: bool = False, body_limit: int = BODY_LIMIT
) -> Flask:
    """A function's Flask app; `import_name` is the function's `__package__` or `__name__`.

    Every answer gets the security headers, every unsafe request needs a token, every error a page.
    `internal` apps are called by machines under other host names: no host check, no exit guard, no
    language choice. `body_limit` is the largest request in bytes (larger: 413).
    """
    module = _module(import_name)
    app = Flask(module, static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=body_limit, MAX_FORM_MEMORY_SIZE=body_limit, MAX_FORM_PARTS=PARTS_LIMIT, TESTING=False
    )
    app.url_map.strict_slashes = False
    house.settle(app.extensions, source)
    templating.install(app, str(Path(app.root_path) / "templates"))
    app.before_request(_answer_without_house)
    app.before_request(_reach_house)
    if not internal:
        app.before_request(_known_host)
        app.before_request(_choose_language)
        leaving.install(app)
        parking.install(app)
    uploads.install(app)
    csrf.install(app)
    headers.install(app)
    errors.install(app)
    return app


def without_house(view: _Bare) -> _Bare:
    """Let a view of fixed words answer before anything is asked of the house, even when that cannot be opened."""
    setattr(view, _WITHOUT_HOUSE, view)
    return view


def as_function(app: Flask) -> Callable[[Request], AnyResponse]:
    """The app as the plain function that functions-framework wants; body, cookies and path pass untouched."""

    def http(request: Request) -> AnyResponse:
        return Response.from_app(app.wsgi_app, request.environ)

    return http


def _module(import_name: str | None) -> str:
    # functions-framework loads a function's main.py as the top module "main", which has no package.
    if not import_name:
        return _TOP_MODULE
    inner = f"{import_name}.{_TOP_MODULE}"
    return inner if inner in sys.modules else import_name


def _answer_without_house() -> Response | None:
    bare: _Bare | None = getattr(current_app.view_functions.get(request.endpoint or ""), _WITHOUT_HOUSE, None)
    return None if bare is None else bare()


def _reach_house() -> None:
    current_house()


def _known_host() -> None:
    settings = current_house().settings
    if request.path.startswith("/halsa/") or request.host == urlsplit(settings.origin).netloc:
        return
    if not (settings.demo and urlsplit(f"//{request.host}").hostname in LOOPBACK):
        raise BadRequest


def _choose_language() -> Response | None:
    if request.method != "GET" or "sprak" not in request.args:
        return None
    rest = "&".join(part for part in request.query_string.decode("ascii", "replace").split("&") if not _chooses(part))
    response = see_other(local_path(f"{request.path}?{rest}" if rest else request.path))
    chosen = request.args["sprak"]
    if chosen in LANGUAGES:
        cookies.put(response, cookies.LANGUAGE, chosen, current_house().settings, _LANGUAGE_LIFE)
    return response


def _chooses(part: str) -> bool:
    return part.partition("=")[0] == "sprak"
