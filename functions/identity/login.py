"""Choosing an e-ID, leaving for it, and coming back."""

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

BROWSER: Final = "inloggning"
"""The cookie that binds a started login to this browser."""
LIFE: Final = timedelta(minutes=10)

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
    )
    return make_response(page)


@pages.post("/start")
def start() -> Response:
    """Remember the attempt for this browser only, and lead to the e-ID (303)."""
    form = read_form(one={"broker", "next"})
    wanted = local_path(form.text("next"))
    try:
        address, attempt = house().eid.begin(form.text("broker"), wanted=wanted, language=language())
    except LoginRefused as refusal:
        return _told(refusal.code, wanted)
    except BrokerUnavailable:
        return _told("unavailable", wanted)
    browser = cookies.read(request, BROWSER, house().settings) or secrets.token_urlsafe(32)
    house().attempts.keep(attempt, browser)
    response = see_other(address)
    cookies.put(response, BROWSER, browser, house().settings, LIFE)
    return response


@pages.get("/retur/<broker>")
def finish(broker: str) -> Response:
    """Take the e-ID's answer to the attempt of this browser, once, and start a session."""
    browser = cookies.read(request, BROWSER, house().settings)
    attempt = house().attempts.take(request.args.get("state", ""), browser)
    if attempt is None or attempt.broker != broker:
        return _not_ours()
    try:
        who = _proven(attempt)
    except LoginRefused as refusal:
        return _told(refusal.code, attempt.next)
    except BrokerUnavailable:
        return _told("unavailable", attempt.next)
    return _logged_in(who, attempt)


def _proven(attempt: Attempt) -> Principal:
    answer = request.args.to_dict()
    if "error" in answer:
        raise LoginRefused("access_denied" if answer["error"] == "access_denied" else "broker_error")
    claims = house().eid.finish(attempt, answer)
    person = PersonIndex(house().cipher.index("person", claims.personnummer))
    return recognise(claims, person, house().eid.broker(attempt.broker), house().municipality)


def _logged_in(who: Principal, attempt: Attempt) -> Response:
    settings = house().settings
    token = house().sessions.start(who, replaces=cookies.read(request, cookies.SESSION, settings))
    log.info("login.done", kind=who.kind)
    response = see_other(landing(who, attempt.next))
    start_session(response, token)
    cookies.drop(response, BROWSER, settings)
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
