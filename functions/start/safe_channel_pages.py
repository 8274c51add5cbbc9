"""Så når vi dig: where a private person wants to be told that there is something to read; nothing unless chosen."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.app import house
from shared.domain import safe_channels
from shared.domain.message_texts import WORDS, Words, place
from shared.domain.messages import Channel, Template
from shared.domain.phone_numbers import national
from shared.domain.principals import Kind
from shared.domain.safe_channels import Answered, Asked, SafeChannel, Standing
from shared.web import ErrorWords, error_page, gettext, language, mark, principal, read_form, require, see_other

pages = Blueprint("reach", __name__, url_prefix="/sa-nar-vi-dig")
_residents: Final = require(Kind.RESIDENT)
_AT_WORK: Final = ErrorWords(
    mark("Hur vi når dig väljer du privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att välja hur vi når dig privat."),
    mark("Inget har ändrats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)
_WAYS: Final[Mapping[str, Channel]] = {"epost": Channel.EMAIL, "mobil": Channel.SMS}
_DIGITS: Final = 6
_NO_ADDRESS: Final = {
    Channel.EMAIL: mark("Skriv din e-postadress, till exempel namn@example.com"),
    Channel.SMS: mark("Skriv ett svenskt mobilnummer, till exempel 070-174 06 05"),
}
_ALONE: Final = mark("Kryssa i att ingen annan läser det här, eller välj inget: breven ligger kvar i Meddelanden")
_REFUSED: Final = {
    Asked.TOO_MANY: mark("Du har fått tre koder i dag. Försök igen i morgon."),
    Asked.JUST_SENT: mark("Vi skickade nyss en kod. Vänta en minut innan du ber om en ny."),
}
_NOT_RIGHT: Final = {
    Answered.WRONG: mark("Koden stämmer inte. Se efter och skriv den igen."),
    Answered.OVER: mark("Koden gäller inte längre, den har skrivits fel fem gånger. Be om en ny."),
    Answered.EXPIRED: mark("Koden gäller inte längre, det har gått en kvart. Be om en ny."),
}
_DONE: Final = {
    "valt": mark("Det är klart. Vi säger till när du får ett meddelande."),
    "borttaget": mark("Det är borttaget. Vi skickar inget dit."),
}


@pages.before_request
def private_login_only() -> Response | None:
    """The check of every page here: a login for work is told where this is chosen (403)."""
    if principal().kind in {Kind.REPORTER, Kind.STAFF}:
        return error_page(403, _AT_WORK)
    return _residents()


@pages.get("")
def show() -> str:
    """What is chosen, with its addresses half hidden, and what would be sent."""
    own = house().safe_channels.own(principal())
    return render_template(
        "reach.html",
        ways=[_row(way, own[channel]) for way, channel in _WAYS.items()],
        said=_said(Template.READ),
        done=_DONE.get(request.args.get("klart", "")),
    )


@pages.get("/<way>")
def state(way: str) -> ResponseReturnValue:
    """The question for an address; one that is confirmed already is shown where it can be taken away."""
    channel = _channel(way)
    if house().safe_channels.own(principal())[channel].standing is Standing.CONFIRMED:
        return see_other(url_for("reach.show"))
    return _asking(way, {}, {})


@pages.post("/<way>")
def send_code(way: str) -> ResponseReturnValue:
    """Send a code to the stated address (303 to where it is typed), or say what is missing (422)."""
    channel = _channel(way)
    form = read_form(one=("address", "alone"))
    address = safe_channels.stated(channel, form.text("address"))
    errors = {} if address else {"address": gettext(_NO_ADDRESS[channel])}
    if form.text("alone") != "yes":
        errors["alone"] = gettext(_ALONE)
    if errors:
        return _asking(way, form.answers(), errors)
    said = house().safe_channels.ask(principal(), channel, address, language())
    if said is Asked.TOO_MANY:
        return _asking(way, form.answers(), {"address": gettext(_REFUSED[said])})
    return see_other(url_for("reach.show") if said is Asked.IN_USE else url_for("reach.code", way=way))


@pages.get("/<way>/kod")
def code(way: str) -> ResponseReturnValue:
    """Where the code is typed; without one under way the page of what is chosen."""
    return _typing(way, {})


@pages.post("/<way>/kod")
def confirm(way: str) -> ResponseReturnValue:
    """The right code confirms (303 to what is chosen); else what is wrong with it (422)."""
    channel = _channel(way)
    typed = "".join(read_form(one=("code",)).text("code").split())
    if not (len(typed) == _DIGITS and typed.isascii() and typed.isdecimal()):
        return _typing(way, {"code": gettext("Skriv de sex siffrorna")})
    said = house().safe_channels.answer(principal(), channel, typed)
    if said is Answered.RIGHT:
        return see_other(url_for("reach.show", klart="valt"))
    return _typing(way, {"code": gettext(_NOT_RIGHT[said])} if said in _NOT_RIGHT else {})


@pages.post("/<way>/ny-kod")
def send_another(way: str) -> ResponseReturnValue:
    """Send a new code to the same address (303); the one before is no code any more."""
    read_form(one=())
    channel = _channel(way)
    kept = house().safe_channels.own(principal())[channel]
    if kept.standing is not Standing.ASKED:
        return see_other(url_for("reach.show"))
    said = house().safe_channels.ask(principal(), channel, kept.address, language())
    if said in _REFUSED:
        return _typing(way, {"code": gettext(_REFUSED[said])})
    return see_other(url_for("reach.code", way=way, ny="1"))


@pages.post("/<way>/ta-bort")
def take_away(way: str) -> ResponseReturnValue:
    """From now on nothing is sent there (303)."""
    read_form(one=())
    house().safe_channels.take_away(principal(), _channel(way))
    return see_other(url_for("reach.show", klart="borttaget"))


def _channel(way: str) -> Channel:
    return _WAYS.get(way) or abort(404)


def _asking(way: str, values: Mapping[str, object], errors: Mapping[str, str]) -> Response:
    page = render_template("reach_address.html", way=way, values=values, errors=errors, said=_said(Template.READ))
    return make_response(page, 422 if errors else 200)


def _typing(way: str, errors: Mapping[str, str]) -> ResponseReturnValue:
    kept = house().safe_channels.own(principal())[_channel(way)]
    if kept.standing is not Standing.ASKED:
        return see_other(url_for("reach.show"))
    page = render_template(
        "reach_code.html", way=way, address=_plain(kept), errors=errors, another=request.args.get("ny") == "1"
    )
    return make_response(page, 422 if errors else 200)


def _row(way: str, kept: SafeChannel) -> dict[str, Any]:
    return {"way": way, "standing": kept.standing.value, "address": safe_channels.masked(kept.address)}


def _plain(kept: SafeChannel) -> str:
    return national(kept.address) if kept.channel is Channel.SMS else kept.address


def _said(template: Template) -> Words:
    """Word for word what is sent, in the language of the page if it is spoken."""
    spoken = WORDS[template]
    return spoken.get(language(), spoken["sv"]).filled(place=place(house().settings.origin))
