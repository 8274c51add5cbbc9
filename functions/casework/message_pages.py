"""Messages that did not arrive: what they were, why, and what the lead does about them."""

from datetime import datetime
from typing import Any, Final

from flask import Blueprint, Response, abort, render_template, request, url_for

from functions.casework import words
from shared.app import house
from shared.domain.cases import reference
from shared.domain.flows import kind_with
from shared.domain.ids import MessageId, StaffId
from shared.domain.messages import Channel, Message, Reason, RecipientKind, Template
from shared.domain.principals import Kind, Role
from shared.ports.store import NotFound, Refused
from shared.web import gettext, language, login_required, mark, principal, read_form, see_other
from shared.web.words import moment

pages = Blueprint("messages", __name__, url_prefix="/arbete/drift/utskick")

CHANNELS: Final = {Channel.SMS: mark("sms"), Channel.EMAIL: mark("e-post")}
TEMPLATES: Final = {
    Template.PAGE: mark("Jouren söktes"),
    Template.LOOK: mark("Påminnelse om ett ärende"),
    Template.READ: mark("Besked till en enskild"),
    Template.REMIND: mark("Påminnelse till en enskild"),
    Template.WAITS: mark("Påminnelse till en enskild"),
    Template.TIMES: mark("Besked om en bokad, flyttad eller avbokad tid"),
    Template.OFF: mark("Besked om en inställd tid"),
    Template.CODE: mark("Kod till en enskild"),
}
_OF_MEETINGS: Final = frozenset({Template.REMIND, Template.OFF})
REASONS: Final = {
    Reason.NONE: "",
    Reason.DONE: "",
    Reason.SAID: "",
    Reason.TOO_LATE: mark("Det gick inte att skicka i tid."),
    Reason.REFUSED: mark("Adressen togs inte emot. Se efter att den stämmer."),
    Reason.UNCLEAR: mark("Det är oklart om det kom fram."),
    Reason.NO_ADDRESS: mark("Det finns ingen adress att skicka till."),
    Reason.NOT_SAFE: mark("Det finns ingen väg som är säker."),
    Reason.UNDELIVERED: mark("Det skickades men kom inte fram."),
}
_DONE: Final = {"igen": mark("Det skickas igen."), "klart": mark("Det är avprickat.")}


@pages.get("")
@login_required(Kind.STAFF, roles={Role.TEAM_LEAD})
def show() -> str:
    """Those of the viewer's unit that nobody has seen to, the urgent ones first."""
    cursor, now = request.args.get("efter"), house().clock.now()
    try:
        found = house().troubled.page(principal(), cursor)
    except Refused:
        abort(404)
    return render_template(
        "messages.html",
        messages=[_words(one, now) for one in found.messages],
        next_href=url_for("messages.show", efter=found.cursor) if found.cursor else None,
        first_href=url_for("messages.show") if cursor else None,
        done=_DONE.get(request.args.get("gjort", "")),
    )


@pages.post("/<message>/igen")
@login_required(Kind.STAFF, roles={Role.TEAM_LEAD})
def again(message: str) -> Response:
    """The message is tried again."""
    read_form(one=())
    try:
        house().troubled.again(principal(), MessageId(message))
    except NotFound:
        abort(404)
    return see_other(url_for("messages.show", gjort="igen"))


@pages.post("/<message>/klart")
@login_required(Kind.STAFF, roles={Role.TEAM_LEAD})
def settle(message: str) -> Response:
    """Somebody has seen to it in another way."""
    read_form(one=())
    try:
        house().troubled.settle(principal(), MessageId(message))
    except NotFound:
        abort(404)
    return see_other(url_for("messages.show", gjort="klart"))


def health(now: datetime) -> dict[str, Any]:
    """For the page about the operation: what is not connected, how much waits and since when, how much went wrong."""
    backlog = house().sending.backlog()
    return {
        "unconnected": [gettext(CHANNELS[one]) for one in house().sending.unconnected],
        "no_pages": Channel.SMS in house().sending.unconnected,
        "waiting": _at_most_a_hundred(backlog.waiting),
        "late": backlog.late(now),
        "troubled": _at_most_a_hundred(house().troubled.count(principal())),
    }


def _at_most_a_hundred(count: int) -> str:
    return gettext("fler än 100") if count > 100 else str(count)  # noqa: PLR2004 - a hundred


def _words(message: Message, now: datetime) -> dict[str, Any]:
    return {
        "id": message.id,
        "title": gettext(TEMPLATES[message.template]),
        "why": gettext(REASONS[message.reason]) if REASONS[message.reason] else "",
        "to": _recipient(message),
        "by": gettext(CHANNELS[message.channel]),
        "when": moment(message.at, language(), now),
        "urgent": message.urgent,
        "reference": reference(kind_with(message.clock), message.case) if message.clock else "",
        "href": url_for("meeting.show" if message.template in _OF_MEETINGS else "cases.show", id=message.case),
    }


def _recipient(message: Message) -> str:
    match message.recipient.kind:
        case RecipientKind.DUTY_PHONE:
            return gettext("jourtelefonen")
        case RecipientKind.STAFF:
            return words.staff_name(StaffId(message.recipient.id))
        case RecipientKind.RESIDENT:
            return gettext("en enskild")
