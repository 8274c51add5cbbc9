"""What every answer tells the browser: run nothing foreign, frame nothing, keep nothing, tell nobody."""

import gzip
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from shared.web.house import house_or_none

_FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HSTS: Final = "max-age=63072000; includeSubDomains"
_SMALL: Final = 600
_LEVEL: Final = 5


def install(app: Flask) -> None:
    """Put the headers on every answer of the app, and compress its pages."""
    app.after_request(_compress)
    app.after_request(_secure)


def allow_form_target(origin: str) -> None:
    """Let forms on the page being answered end at this origin too, as a login at an e-ID provider does."""
    g.form_targets = [*g.get("form_targets", []), origin]


def allow_sending() -> None:
    """Let our script on the page being answered talk to our own addresses, as it does to send files in parts."""
    g.sends = True


def content_security_policy(form_targets: list[str], *more: str) -> str:
    """The policy: own files only, no inline script or style, no frames; forms end here or at the targets."""
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self' data:",
            " ".join(["form-action 'self'", *form_targets]),
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            *more,
        ]
    )


def _secure(response: Response) -> Response:
    response.headers.extend({name: value for name, value in _FIXED.items() if name not in response.headers})
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Content-Security-Policy", content_security_policy(_form_targets(), *_connections()))
    if _production():
        response.headers["Strict-Transport-Security"] = _HSTS
    return response


def _form_targets() -> list[str]:
    # Chromium holds the whole chain of redirects after a form against form-action, so the way out must be named.
    house = house_or_none()
    if house is None:
        return []
    way_out = urlsplit(house.municipality.leave_to)
    return [f"{way_out.scheme}://{way_out.netloc}", *g.get("form_targets", [])]


def _connections() -> list[str]:
    return ["connect-src 'self'"] if g.get("sends") else []


def _production() -> bool:
    house = house_or_none()
    return house is None or not house.settings.demo


def _compress(response: Response) -> Response:
    # Safe although pages hold tokens: each is masked anew, so equal secrets never look alike (BREACH).
    if response.mimetype != "text/html" or response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    response.vary.update(["Accept-Encoding", "Cookie"])
    body = response.get_data()
    if len(body) >= _SMALL and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
