"""Only our own pages may post to us: a token in the form and the browser's word about where the post came from."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import Forbidden

from shared.web import cookies
from shared.web.house import current_house

FIELD: Final = "csrf_token"
HEADER: Final = "X-CSRF-Token"
"""Carries the token of a request that is no form; a page of another origin can not set it."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_SIZE: Final = 32
_OPEN: Final = "troskelfri.without_csrf"

_View = TypeVar("_View", bound=Callable[..., object])


class ForeignPost(Forbidden):
    """The post came from somewhere else than our own page: nothing of it may be shown or done."""


class StalePost(Forbidden):
    """The post came from a page of ours that is too old: its contents may be shown to its writer."""


def without_csrf(reason: str) -> Callable[[_View], _View]:
    """Let a view take posts without a token; `reason` says what protects it instead."""
    if not reason:
        raise ValueError("Say what protects the view instead.")

    def opened(view: _View) -> _View:
        setattr(view, _OPEN, reason)
        return view

    return opened


def csrf_token() -> str:
    """A fresh token for one rendered form, masked so that equal tokens never look alike when compressed."""
    mask = secrets.token_bytes(_SIZE)
    return base64.urlsafe_b64encode(mask + _xor(mask, _signature(_binding()))).decode()


def install(app: Flask) -> None:
    """Check every unsafe request of the app."""
    app.before_request(_check)
    app.after_request(_remember)


def came_from_here() -> bool:
    """Whether the browser itself says that a page of ours sent this request."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _check() -> None:
    if request.method in SAFE or request.endpoint is None:
        return
    if hasattr(current_app.view_functions[request.endpoint], _OPEN):
        return
    if not _origin_allowed():
        raise ForeignPost
    if not _token_fits(request.form.get(FIELD) or request.headers.get(HEADER, "")):
        raise StalePost if came_from_here() else ForeignPost


def _origin_allowed() -> bool:
    # Under our no-referrer policy browsers send "Origin: null" for our own forms: null proves nothing either way.
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.host


def _token_fits(token: str) -> bool:
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        return False
    if len(raw) != 2 * _SIZE:
        return False
    sent = _xor(raw[:_SIZE], raw[_SIZE:])
    return any(hmac.compare_digest(sent, _signature(binding)) for binding in _bindings())


def _bindings() -> list[str]:
    settings = current_house().settings
    return [value for kind in (cookies.SESSION, cookies.FORM) if (value := cookies.read(request, kind, settings))]


def _binding() -> str:
    found = _bindings()
    if found:
        return found[0]
    if "form_cookie" not in g:
        g.form_cookie = secrets.token_urlsafe(18)
    fresh: str = g.form_cookie
    return fresh


def _remember(response: Response) -> Response:
    if "form_cookie" in g:
        cookies.put(response, cookies.FORM, g.form_cookie, current_house().settings)
    return response


def _signature(binding: str) -> bytes:
    return hmac.new(current_house().form_secret, b"form\0" + binding.encode(), hashlib.sha256).digest()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
