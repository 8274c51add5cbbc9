"""A form sent just after the login ended is not lost: it is kept sealed, or shown back to be copied."""

from datetime import timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, g, make_response, render_template, request

from shared.domain.principals import Kind
from shared.ports.store import StoreError
from shared.web import cookies
from shared.web.forms import see_other
from shared.web.house import ParkedForm, current_house, house_or_none
from shared.web.kept import kept_fields
from shared.web.paths import LOGIN, here
from shared.web.viewer import principal

LIFE: Final = timedelta(minutes=30)


def keep(login: str) -> Response:
    """Keep this post for the person of the ended session and lead to the login (303).

    Where it cannot be kept, a 401 page shows it back, so that the writer can copy it.
    """
    token = _park()
    if token is None:
        return make_response(render_template("kit/logged_out.html", kept=kept_fields(), login=login), 401)
    response = see_other(login)
    cookies.put(response, cookies.PARKED, token, current_house().settings, LIFE)
    g.parked_now = True
    return response


def install(app: Flask) -> None:
    """Bring a kept form back when its writer has logged in and comes to its page again."""
    app.before_request(_bring_back)
    app.after_request(_forget_once_sent)


def _park() -> str | None:
    house = current_house()
    token = cookies.read(request, cookies.SESSION, house.settings)
    if house.parked is None or not token:
        return None
    try:
        return house.parked.park(urlencode(kept_fields()).encode(), here(), token)
    except StoreError:
        return None


def _bring_back() -> Response | None:
    if request.method != "GET":
        return None
    token = cookies.read(request, cookies.PARKED, current_house().settings)
    form = _unpark(token) if token else None
    if form is None or form.path != here():
        return None
    fields = parse_qsl(form.body.decode(), keep_blank_values=True)
    return make_response(render_template("kit/brought_back.html", kept=fields, path=form.path))


def _unpark(token: str) -> ParkedForm | None:
    parked, who = current_house().parked, principal()
    return None if parked is None or who.kind is Kind.ANONYMOUS else parked.unpark(token, who)


def _forget_once_sent(response: Response) -> Response:
    house = house_or_none()
    if house is None or request.method != "POST" or "parked_now" in g or request.path.startswith(LOGIN):
        return response  # the post that begins the login is on the way to the kept form, not the form itself
    if cookies.read(request, cookies.PARKED, house.settings):
        cookies.drop(response, cookies.PARKED, house.settings)
    return response
