"""Pages for what went wrong: what happened, what is saved, what to do now, whom to call."""

import secrets
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from shared import log
from shared.ports.store import Unavailable
from shared.web.csrf import SAFE, StalePost
from shared.web.house import house_or_none
from shared.web.kept import came_with_files, kept_fields
from shared.web.texts import mark
from shared.web.uploads import may_bring_files

RETRY_AFTER_S: Final = "30"
_DRAIN_AT_MOST: Final = 64 * 1024 * 1024
_REFERENCE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The words of one kind of error page, as Swedish msgids."""

    title: str
    happened: str
    saved: str
    now: str
    log_out: bool = False
    """Whether the way on is to log out."""


_NOTHING_SENT: Final = mark("Inget har skickats. Det du har sparat tidigare finns kvar.")
_SAVED: Final = mark("Det du har sparat finns kvar.")

WORDS: Final = {
    400: ErrorWords(
        mark("Vi kunde inte läsa det som skickades"),
        mark("Något i formuläret kom fram på ett sätt som vi inte väntade oss."),
        _NOTHING_SENT,
        mark("Gå tillbaka, ladda om sidan och försök igen."),
    ),
    403: ErrorWords(
        mark("Du har inte rätt att se det här"),
        mark("Sidan är till för andra än dig, eller för en annan inloggning än den du har nu."),
        _SAVED,
        mark("Tror du att det är fel? Ring oss, så reder vi ut det."),
    ),
    404: ErrorWords(
        mark("Sidan finns inte"),
        mark("Adressen kan vara fel skriven, eller så har sidan flyttat."),
        _SAVED,
        mark("Kolla adressen eller gå till startsidan."),
    ),
    405: ErrorWords(
        mark("Sidan kan inte visas så här"),
        mark("Adressen tar emot svar från ett formulär, men inget formulär skickades."),
        _SAVED,
        mark("Gå till startsidan och börja därifrån."),
    ),
    409: ErrorWords(
        mark("Det har ändrats sedan du öppnade sidan"),
        mark("Någon annan har ändrat det, eller du själv i ett annat fönster."),
        mark("Inget har skrivits över. Det som sparades först gäller."),
        mark("Gå tillbaka, ladda om sidan och se vad som är nytt."),
    ),
    413: ErrorWords(
        mark("Det du skickade är för stort"),
        mark("Texten eller filen är större än vad sidan kan ta emot."),
        _NOTHING_SENT,
        mark("Gå tillbaka och korta ner texten. Långa texter kan du dela upp."),
    ),
    422: ErrorWords(
        mark("Något behöver rättas"),
        mark("Ett eller flera svar går inte att ta emot som de är."),
        _NOTHING_SENT,
        mark("Gå tillbaka och rätta det som är markerat."),
    ),
    429: ErrorWords(
        mark("Vänta en minut"),
        mark("Det kom många försök på kort tid härifrån."),
        _SAVED,
        mark("Vänta en minut och försök sedan igen."),
    ),
    500: ErrorWords(
        mark("Något gick fel hos oss"),
        mark("Felet är vårt, inte ditt."),
        mark("Det du har sparat finns kvar. Det senaste du skrev kan behöva skrivas igen."),
        mark("Vänta en minut och försök igen."),
    ),
    503: ErrorWords(
        mark("Vi kan inte spara just nu"),
        mark("Felet är vårt. Tjänsten svarar inte som den ska."),
        mark("Det du har sparat tidigare finns kvar."),
        mark("Vänta en minut och försök igen."),
    ),
}
TOO_MANY_BYTES: Final = ErrorWords(
    mark("Det blev för stort att skicka på en gång"),
    mark("Du kan skicka högst 30 MB åt gången, och en fil får vara högst 20 MB."),
    mark("Inget av det du skickade nu kom med, varken filer eller text. Det du har sparat tidigare finns kvar."),
    mark(
        "Skicka en fil i taget. Är en fil större än 20 MB kan du göra den mindre eller lämna den på papper. "
        "Skrev du något på samma sida finns det oftast kvar om du går bakåt i webbläsaren."
    ),
)
STALE: Final = ErrorWords(
    mark("Sidan hade varit öppen för länge"),
    mark("För din säkerhet tar vi bara emot svar från en sida som nyss har öppnats."),
    mark("Inget har skickats än. Det du skrev finns kvar här."),
    mark("Kolla att det stämmer och skicka igen."),
)


def install(app: Flask) -> None:
    """Answer every error of the app with a page of its kind."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(Exception, _failed)


def error_page(
    status: int, words: ErrorWords | None = None, *, error: BaseException | None = None, resend: bool = False
) -> Response:
    """The page of an error, with a random reference that stands in the log too.

    An `error` is our defect or a keeper's: it wakes a person. `resend` shows back what was posted,
    with a button that sends it again under the same submission id. Falls back to a plain page when
    the house itself is not there.
    """
    reference = new_reference()
    _note(status, reference, error)
    kept = kept_fields() if resend else []
    return make_response(_rendered(status, words or WORDS.get(status, WORDS[500]), reference, kept), status)


def new_reference() -> str:
    """A random code that says nothing about anybody, easy to read aloud: `K7QD-4MXA`."""
    letters = [secrets.choice(_REFERENCE_LETTERS) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def _rendered(status: int, words: ErrorWords, reference: str, kept: list[tuple[str, str]]) -> str:
    found = {"status": status, "words": words, "reference": reference, "kept": kept, "asked_at": _asked_at(status)}
    found["without_files"] = bool(kept) and came_with_files()
    try:
        return render_template("kit/error.html", **found)
    except Exception as broken:  # noqa: BLE001 - whatever fails, the person gets a page
        log.alarm("page.error_page_failed", broken, reference=reference)
        house = house_or_none()
        phone = "" if house is None else house.municipality.contact.phone
        return current_app.jinja_env.get_template("kit/error_plain.html").render(**found, phone=phone)


def _asked_at(status: int) -> str:
    """Where the question lies whose answer was too large: the address it was sent to, when that can be opened."""
    if status != RequestEntityTooLarge.code or request.url_rule is None:
        return ""
    adapter = current_app.create_url_adapter(request)
    may_be_opened = adapter is not None and adapter.test(request.path, method="GET")
    return request.full_path.rstrip("?") if may_be_opened else ""


def _note(status: int, reference: str, error: BaseException | None) -> None:
    rule = request.url_rule.rule if request.url_rule is not None else ""
    if error is None:
        log.info("page.refused", status=status, reference=reference, route=rule, method=request.method)
    else:
        log.alarm("page.failed", error, status=status, reference=reference, route=rule, method=request.method)


def _refused(error: HTTPException) -> Response:
    if isinstance(error, RequestEntityTooLarge):
        read_to_the_end()
        return error_page(413, TOO_MANY_BYTES if may_bring_files() else None)
    if isinstance(error, StalePost):
        return error_page(403, STALE, resend=True)
    if isinstance(error, InternalServerError):
        return error_page(500, error=error.original_exception or error)
    page = error_page(error.code or 500)
    page.headers.extend([header for header in error.get_headers() if header[0] != "Content-Type"])
    return page


def _unavailable(error: Unavailable) -> Response:
    page = error_page(503, error=error, resend=request.method not in SAFE)
    page.headers["Retry-After"] = RETRY_AFTER_S
    return page


def _failed(error: Exception) -> Response:
    return error_page(500, error=error)


def read_to_the_end() -> None:
    """Read what is left of a post that is too large, so that its sender sees the answer."""
    # A server that closes while the browser still sends shows a broken line instead of our page.
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _DRAIN_AT_MOST)
    while left > 0 and (chunk := stream.read(min(left, 65536))):
        left -= len(chunk)
