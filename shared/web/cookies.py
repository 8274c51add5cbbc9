"""The browser's cookies: names and attributes in one place."""

from datetime import timedelta

from flask import Request, Response

from shared.settings import Settings

SESSION = "session"
FORM = "form"
PARKED = "vantar"
LEFT = "vader"
"""Says only that the neutral page was asked for; the name tells nothing either."""
INVITED = "kod"
"""Says only that a code was used here, so that a page that has ended leads back to the door for codes."""
LANGUAGE = "sprak"


def name(cookie: str, settings: Settings) -> str:
    """The name as the browser knows it: `__Host-` outside demo, where plain http on loopback cannot carry it."""
    return cookie if settings.demo else f"__Host-{cookie}"


def read(request: Request, cookie: str, settings: Settings) -> str:
    """The value the browser sent, or the empty string."""
    return request.cookies.get(name(cookie, settings), "")


def put(response: Response, cookie: str, value: str, settings: Settings, life: timedelta | None = None) -> None:
    """Set the cookie for `life` (None: until the browser closes), out of reach of scripts and other sites."""
    response.set_cookie(
        name(cookie, settings), value, max_age=life, path="/", secure=not settings.demo, httponly=True, samesite="Lax"
    )


def put_invited(response: Response, settings: Settings) -> None:
    """Remember until the browser closes that a code was used here."""
    put(response, INVITED, "1", settings)


def drop(response: Response, cookie: str, settings: Settings) -> None:
    """Take the cookie back."""
    response.delete_cookie(name(cookie, settings), path="/", secure=not settings.demo, httponly=True, samesite="Lax")
