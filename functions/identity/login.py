"""Choosing an e-ID, leaving for it, and coming back."""

import hmac
import secrets
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request

from functions.identity.outcomes import outcome
from shared import log
from shared.app import house
from shared.domain.ids import PersonIndex
from shared.domain.login import Attempt, BrokerUnavailable, LoginRefused, landing, recognise
from shared.domain.principals import Kind, Principal
from shared.web import allow_form_target, cookies, language, local_path, principal, read_form, see_other, start_session
from shared.web.paths import here, login_path

STARTED: Final = "inloggning"
"""What the names of the cookies begin with that hold started logins, one each: several tabs may log in at once."""
LIFE: Final = timedelta(minutes=10)
MOST_STARTED: Final = 5
"""Started logins that a browser remembers: all its cookies must fit in one request."""
LONGEST_WAY: Final = 500
"""Letters of a page of ours that a login leads to; no link of ours is that long."""

pages = Blueprint("login", __name__, url_prefix="/logga-in")


@pages.get("")
def choose() -> Response:
    """Ask how the person wants to log in."""
    origin = house().settings.origin
    if request.host != urlsplit(origin).netloc:
        # The e-ID comes back to `origin`; a cookie given under another name of this machine would be missing there.
        return see_other(f"{origin}{here()}")
    for broker in house().eid.brokers:
        for host in broker.hosts:
            allow_form_target(f"https://{host}:*")
    who = principal()
    page = render_template(
        "choose.html",
        brokers=house().eid.brokers,
        next=local_path(request.args.get("next", "")),
        who=None if who.kind is Kind.ANONYMOUS else who,
        kept=who.kind is Kind.ANONYMOUS and bool(cookies.read(request, cookies.PARKED, house().settings)),
    )
    return make_response(page)


@pages.post("/start")
def start() -> Response:
    """Remember the attempt for this browser only, and lead to the e-ID (303)."""
    form = read_form(one={"broker", "next"})
    wanted = local_path(form.text("next") if len(form.text("next")) <= LONGEST_WAY else "")
    try:
        address, attempt = house().eid.begin(form.text("broker"), wanted=wanted, language=language())
    except LoginRefused as refusal:
        return _told(refusal.code, wanted)
    except BrokerUnavailable:
        return _told("unavailable", wanted)
    response = see_other(address)
    _remember(response, attempt)
    return response


@pages.get("/retur/<broker>")
def finish(broker: str) -> Response:
    """Take the e-ID's answer to the attempt of this browser, once, and start a session."""
    cookie, attempt = _answered(broker, request.args.get("state", ""))
    if attempt is None or house().attempts.used(attempt):
        return _not_ours()
    try:
        who, number = _proven(attempt)
    except LoginRefused as refusal:
        response = _told(refusal.code, attempt.next)
        cookies.drop(response, cookie, house().settings)
        return response
    except BrokerUnavailable:
        return _told("unavailable", attempt.next)
    return _logged_in(who, number, attempt) if house().attempts.use(attempt) else _not_ours()


def _remember(response: Response, attempt: Attempt) -> None:
    """Give the attempt to the browser in a cookie of its own, in place of the oldest when they are many."""
    settings, now = house().settings, int(house().clock.now().timestamp())
    for oldest in sorted(_started())[: 1 - MOST_STARTED]:
        cookies.drop(response, oldest, settings)
    # Named by the time, so that the names are in order; and by chance, so that two presses of the button are two.
    name = f"{STARTED}-{now:x}-{secrets.token_hex(4)}"
    cookies.put(response, name, house().attempts.seal(attempt), settings, LIFE)


def _started() -> dict[str, str]:
    """What the browser brings back of started logins, by cookie."""
    start = cookies.name(f"{STARTED}-", house().settings)
    found = ((name, value) for name, value in request.cookies.items() if name.startswith(start))
    return {f"{STARTED}-{name.removeprefix(start)}": value for name, value in found}


def _answered(broker: str, state: str) -> tuple[str, Attempt | None]:
    """The cookie and the attempt of this browser that the broker answers to."""
    for cookie, sealed in _started().items():
        attempt = house().attempts.open(sealed)
        if attempt and attempt.broker == broker and hmac.compare_digest(attempt.state.encode(), state.encode()):
            return cookie, attempt
    return "", None


def _proven(attempt: Attempt) -> tuple[Principal, str]:
    """Who logged in, and a private person's own number: what somebody applies for is about that number."""
    answer = request.args.to_dict()
    if "error" in answer:
        raise LoginRefused("access_denied" if answer["error"] == "access_denied" else "broker_error")
    claims = house().eid.finish(attempt, answer)
    person = PersonIndex(house().cipher.index("person", claims.personnummer))
    who = recognise(claims, person, house().eid.broker(attempt.broker), house().directory.present())
    return who, claims.personnummer if who.kind is Kind.RESIDENT else ""


def _logged_in(who: Principal, number: str, attempt: Attempt) -> Response:
    settings = house().settings
    replaced = cookies.read(request, cookies.SESSION, settings)
    token = house().sessions.start(who, replaces=replaced, number=number)
    log.info("login.done", kind=who.kind)
    response = see_other(landing(who, attempt.next))
    start_session(response, token)
    cookies.drop(response, cookies.INVITED, settings)
    for cookie in _started():
        cookies.drop(response, cookie, settings)
    return response


def _not_ours() -> Response:
    who = principal()
    if who.kind is not Kind.ANONYMOUS:
        return see_other(landing(who, ""))  # Back, or a second press, after a login that worked
    return _told("not_started_here", "/")


def _told(code: str, wanted: str) -> Response:
    log.warn("login.refused", code=code)
    told = outcome(code)
    response = make_response(render_template("outcome.html", told=told, again=login_path(wanted)), told.status)
    if code == "unavailable":
        response.headers["Retry-After"] = "60"
    return response
