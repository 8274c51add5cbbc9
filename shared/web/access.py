"""Which people a view is for; everybody else is led to the login and back, or refused."""

import functools
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import ParamSpec, TypeVar

from flask import Response, request
from werkzeug.exceptions import Forbidden

from shared.domain.principals import Kind, Role
from shared.web import parking
from shared.web.csrf import SAFE
from shared.web.errors import ErrorWords, error_page
from shared.web.forms import see_other
from shared.web.paths import here, login_path
from shared.web.viewer import principal

_P = ParamSpec("_P")
_R = TypeVar("_R")


def require(*kinds: Kind, roles: Collection[Role] = ()) -> Callable[[], Response | None]:
    """A check for `blueprint.before_request`: passes people of these kinds who hold one of the roles (if any).

    Without a login a page leads to the login and back, and a post is kept meanwhile; a login of
    another kind is refused (403).
    """

    def check() -> Response | None:
        who = principal()
        if who.kind is Kind.ANONYMOUS:
            return _ask_to_log_in()
        if who.kind not in kinds or (roles and not who.roles & frozenset(roles)):
            raise Forbidden
        return None

    return check


def private_login(at_work: ErrorWords) -> Callable[[], Response | None]:
    """A check for `blueprint.before_request`: passes private persons, for pages about their own affairs.

    A login for work, as staff or for a school, is told `at_work` (403): it stays open at a desk, and the employer may
    run the service that proves who somebody is.
    """
    residents = require(Kind.RESIDENT)

    def check() -> Response | None:
        if principal().kind in {Kind.REPORTER, Kind.STAFF}:
            return error_page(403, replace(at_work, log_out=True))
        return residents()

    return check


def login_required(
    *kinds: Kind, roles: Collection[Role] = ()
) -> Callable[[Callable[_P, _R]], Callable[_P, _R | Response]]:
    """The same check for one view: `@login_required(Kind.STAFF, roles={Role.TEAM_LEAD})` below the route."""
    check = require(*kinds, roles=roles)

    def guarded(view: Callable[_P, _R]) -> Callable[_P, _R | Response]:
        @functools.wraps(view)
        def checked(*args: _P.args, **kwargs: _P.kwargs) -> _R | Response:
            refused = check()
            return view(*args, **kwargs) if refused is None else refused

        return checked

    return guarded


def _ask_to_log_in() -> Response:
    path = login_path(here())
    return see_other(path) if request.method in SAFE else parking.keep(path)
