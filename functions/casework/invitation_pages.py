"""The meetings that people of a case are invited to: what has come of each, taking one back, and sending it anew."""

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import invitation_words, letter_forms, own_name, words
from functions.casework.access import case_or_404, demand_same, file_or_404, submission
from functions.casework.case_pages import frame
from shared import log
from shared.app import house
from shared.domain import access, calendar, inviting, lettering
from shared.domain.booking.invitations import Invitation, Shown, Standing
from shared.domain.cases import Case
from shared.domain.ids import ItemId, is_id
from shared.domain.inviting import Post
from shared.domain.letters import Addressed, How, Letter, Recipient, Relation
from shared.domain.naming import in_letter
from shared.records.inviting import AGAIN
from shared.records.letters import Named
from shared.web import gettext, language, local_text, mark, principal, read_form, see_other
from shared.web.meeting_words import FORMS
from shared.web.words import day, moment

pages = Blueprint("invitations", __name__, url_prefix="/arbete/arende/<id>/moten")
_STATES: Final = {
    Shown.OPEN: ("going", mark("Väntar på att personen väljer tid")),
    Shown.BOOKED: ("done", mark("Bokat")),
    Shown.CANCELLED: ("stop", mark("Avbokat")),
    Shown.WITHDRAWN: ("still", mark("Återtagen")),
    Shown.EXPIRED: ("stop", mark("Ingen tid valdes")),
    Shown.OVER: ("still", mark("Mötet har varit")),
    Shown.LOCKED: ("stop", mark("Spärrad: fel födelsedag fem gånger")),
}
_AGAIN: Final = frozenset({Shown.OPEN, Shown.EXPIRED, Shown.LOCKED, Shown.BOOKED})


@pages.get("")
def show(id: str) -> str:
    """The invitations, the newest first."""
    found, now = file_or_404(id, "invitations"), house().clock.now()
    invited = house().inviting.of_case(principal(), found.case.id)
    starts = house().inviting.starts(invited)
    mine = access.is_caseworker(principal(), found.case)
    invites = mine and inviting.KIND in lettering.kinds(found.case)
    may = access.may_decide(principal(), found.case)
    return render_template(
        "invitations.html",
        rows=[_row(one, starts, now, mine=invites, may=may) for one in invited],
        may_invite=invites,
        waits=mine and lettering.waits_for_protection(found.case),
        **frame(found, "meetings"),
    )


@pages.post("/<invitation>/ta-tillbaka")
def withdraw(id: str, invitation: str) -> ResponseReturnValue:
    """The code opens nothing from now on (303)."""
    read_form(one=())
    case = case_or_404(id)
    demand_same(house().inviting.withdraw(principal(), case.id, _id(invitation), submission(withdrawn=invitation)))
    log.info("invitation.withdrawn")
    return see_other(url_for("invitations.show", id=id))


@pages.get("/<invitation>/nytt-brev")
def ask(id: str, invitation: str) -> str:
    """The letter with another code as it will be read, and how it goes."""
    case = file_or_404(id, "letter_draft").case
    return _anew_page(case, _invitation(case, invitation), {})


@pages.post("/<invitation>/nytt-brev")
def anew(id: str, invitation: str) -> ResponseReturnValue:
    """Send it, once (303); say what is missing (422)."""
    form = read_form(one=("how", "checked"))
    case = case_or_404(id)
    there = _invitation(case, invitation)
    errors = {} if form.text("how") in set(How) else {"how": gettext("Välj hur brevet ska fram")}
    if form.text("checked") != "yes":
        errors["checked"] = gettext("Kryssa i att du har prövat sekretessen")
    if errors:
        return _anew_page(case, there, errors, form.text("how")), 422
    before = _letter(there)
    to = _recipient(case, before) or abort(409)
    post = Post(_words(case, there, to), How(form.text("how")), before.plan)
    once = submission(anew=invitation, how=post.how.value)
    demand_same(house().inviting.anew(principal(), case.id, there.id, post, once))
    log.info("invitation.sent_anew")
    return see_other(url_for("invitations.show", id=id))


def _anew_page(case: Case, invitation: Invitation, errors: dict[str, str], how: str = "") -> str:
    lettering.demand_sendable(case, inviting.KIND, principal(), calendar.local_date(house().clock.now()))
    before = _letter(invitation)
    to = _recipient(case, before)
    return render_template(
        "invitation_anew.html",
        letter=_words(case, invitation, to) if to else None,
        relation=gettext(letter_forms.RELATIONS[before.recipient.relation]),
        plan=before.plan,
        how=how,
        errors=errors,
        case=case,
        person=case.person.name,
        kind=gettext(words.KINDS[case.kind]),
        name=gettext("Ny kod"),
        clock=None,
        action=url_for("invitations.anew", id=case.id, invitation=invitation.id),
        case_href=url_for("invitations.show", id=case.id),
    )


def _words(case: Case, invitation: Invitation, to: Recipient) -> Addressed:
    now = house().clock.now()
    until = None
    if invitation.booking is None:
        last = calendar.local_date(now) + AGAIN
        until = calendar.end_of_day(inviting.prolonged(invitation.terms, last).last) - timedelta(seconds=1)
    naming = in_letter(inviting.KIND, house().letters.decisions(case), own_name.me().id)
    phone = own_name.me().phone or words.directory().units[case.unit].phone
    return invitation_words.anew(case, to, until, phone, naming)


def _recipient(case: Case, before: Letter) -> Recipient | None:
    """The same person, as the register knows them now; None when it does not know them so any more."""
    to, found = before.recipient, house().letters.addressees(principal(), case)
    if to.relation is Relation.OTHER:
        return house().letters.named(principal(), case, Named(to.number, to.name, to.address), found.reply)
    return next((one for one in found.known if one.index == to.index), None)


def _letter(invitation: Invitation) -> Letter:
    return house().inviting.letter(principal(), invitation) or abort(404)


def _invitation(case: Case, invitation: str) -> Invitation:
    return house().inviting.find(principal(), case, _id(invitation)) or abort(404)


def _id(item: str) -> ItemId:
    return ItemId(item) if is_id(item) else abort(404)


def _row(one: Invitation, starts: dict[ItemId, datetime], now: datetime, *, mine: bool, may: bool) -> dict[str, Any]:
    shown, meeting = one.shown(now), house().offer.meetings.get(one.terms.service)
    kind, state = _STATES[shown]
    start = starts.get(one.booking) if one.booking else None
    return {
        "name": one.name,
        "what": local_text(meeting.name) if meeting else gettext("Möte"),
        "forms": ", ".join(gettext(FORMS[form]) for form in one.terms.forms),
        "holders": ", ".join(words.staff_name(id) for id in one.terms.staff),
        "start": moment(start, language(), now) if start else "",
        "until": day(one.terms.last, language()) if shown is Shown.OPEN else "",
        "sent": moment(one.made_at, language(), now),
        "by": words.staff_name(one.by),
        "state": gettext(state),
        "tag": kind,
        "meeting_href": _meeting_href(one),
        "letter_href": url_for("letters.read", id=one.case, letter=one.letter),
        "withdraw_href": _href("withdraw", one) if may and one.standing is Standing.OPEN else None,
        "anew_href": _href("ask", one) if mine and shown in _AGAIN else None,
    }


def _href(page: str, one: Invitation) -> str:
    return url_for(f"invitations.{page}", id=one.case, invitation=one.id)


def _meeting_href(one: Invitation) -> str | None:
    """The meeting's own page, for who holds it and the lead of its unit."""
    if one.booking is None or house().staff_meetings.find(principal(), one.booking) is None:
        return None
    return url_for("meeting.show", id=one.booking)
