"""Who looks at this page: one session read per request, only when somebody asks."""

from flask import Response, g, request

from shared.domain.principals import ANONYMOUS, Principal
from shared.web import cookies
from shared.web.house import Session, current_house


def session() -> Session | None:
    """The login of this browser, or None; read from the store once per request, at the first call."""
    if "session" not in g:
        house = current_house()
        token = cookies.read(request, cookies.SESSION, house.settings)
        g.session = house.sessions.read(token) if token else None
    return known_session()


def principal() -> Principal:
    """Who acts in this request; anonymous without a login."""
    found = session()
    return ANONYMOUS if found is None else found.principal


def known_session() -> Session | None:
    """The login if this request has read it already: for frames and error pages, which never read."""
    found: Session | None = g.get("session")
    return found


def start_session(response: Response, token: str) -> None:
    """Give the browser the secret of a new session; it forgets it when it closes."""
    cookies.put(response, cookies.SESSION, token, current_house().settings)


def end_session(response: Response) -> None:
    """End this browser's session, if it has one, and take the secret back."""
    house = current_house()
    token = cookies.read(request, cookies.SESSION, house.settings)
    if token:
        house.sessions.end(token)
    cookies.drop(response, cookies.SESSION, house.settings)
