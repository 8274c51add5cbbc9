"""Logging out: the session ends on the server, and the browser forgets what it has shown."""

from flask import Blueprint, Response, make_response, render_template, request

from shared import log
from shared.app import house
from shared.domain.principals import Kind
from shared.ports.store import StoreError
from shared.web import cookies, end_session, principal, read_form, see_other

pages = Blueprint("logout", __name__, url_prefix="/logga-in/ut")


@pages.get("")
def show() -> Response:
    """Ask before logging out, or tell that it is done. Who came with a code never logged in: their page is closed."""
    came_with_code = bool(cookies.read(request, cookies.INVITED, house().settings))
    inside = principal().kind is not Kind.ANONYMOUS
    return make_response(render_template("logout.html", inside=inside, came_with_code=came_with_code))


@pages.post("")
def leave() -> Response:
    """End the session and empty the browser's cache (303)."""
    read_form(one=())
    response = see_other(request.path)
    try:
        end_session(response)
    except StoreError:
        # The browser forgets its secret all the same; the session ends by itself within minutes.
        log.warn("logout.store_down")
        cookies.drop(response, cookies.SESSION, house().settings)
    cookies.drop(response, cookies.PARKED, house().settings)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
