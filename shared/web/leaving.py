"""Leaving quickly: the session ends, a neutral page opens, and Back does not show ours again for ten minutes."""

from datetime import timedelta
from typing import Final

from flask import Flask, Response, request

from shared.ports.store import StoreError
from shared.web import cookies
from shared.web.forms import see_other
from shared.web.house import current_house
from shared.web.paths import local_path
from shared.web.viewer import end_session

PATH: Final = "/lamna"
WELCOME: Final = "valkommen"
"""`/?valkommen` is the address for links to us: it opens the door again at once after a quick exit."""
LIFE: Final = timedelta(minutes=10)
_FOREIGN: Final = frozenset({"cross-site", "same-site"})
"""What browsers say (Sec-Fetch-Site) of a way here that another site has laid."""
_UNGUARDED: Final = ("/static/", "/theme", PATH, "/halsa/")


def leave() -> Response:
    """End the session, empty the browser's cache and lead to the municipality's neutral page (303).

    Answers also when the store is down: leaving comes first, the session then ends by itself. A link on another
    site only leads to the neutral page: it must not log anybody out, nor shut the door on them for ten minutes.
    """
    house = current_house()
    response = see_other(house.municipality.leave_to)
    if request.headers.get("Sec-Fetch-Site") in _FOREIGN:
        return response
    try:
        end_session(response)
    except StoreError:
        cookies.drop(response, cookies.SESSION, house.settings)
    cookies.put(response, cookies.LEFT, "1", house.settings, LIFE)
    cookies.drop(response, cookies.FORM, house.settings)
    cookies.drop(response, cookies.PARKED, house.settings)
    cookies.drop(response, cookies.INVITED, house.settings)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def install(app: Flask) -> None:
    """Guard every page of the app while somebody has just left."""
    app.before_request(_stay_away)


def _stay_away() -> Response | None:
    if request.path.startswith(_UNGUARDED):
        return None
    house = current_house()
    if not cookies.read(request, cookies.LEFT, house.settings):
        return None
    if WELCOME not in request.args:
        return see_other(house.municipality.leave_to)
    response = see_other(local_path(request.path))
    cookies.drop(response, cookies.LEFT, house.settings)
    return response
