"""Who may be here, and the meeting that an address names: the person's own, or none."""

from typing import Final, NoReturn

from flask import Response, abort, request, url_for

from shared.app import house
from shared.domain.booking.bookings import Booking
from shared.domain.booking.meeting_kinds import Offered
from shared.domain.ids import ItemId, SubmissionId, is_id
from shared.domain.principals import Kind
from shared.records.booking import Meetings
from shared.records.submissions import Submission
from shared.web import ErrorWords, cookies, mark, posted_submission_id, principal, private_login, see_other

_AT_WORK: Final = ErrorWords(
    mark("Egna möten bokar du privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att boka eller se privata möten."),
    mark("Inget har bokats och inget har ändrats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)


private_login_only: Final = private_login(_AT_WORK)
"""The check of every page where anything is booked."""


def own_meeting_only() -> Response | None:
    """The check of the pages of one meeting: for private logins, and for who came with a code."""
    return None if is_guest() else _to_the_door() or private_login_only()


def guests_only() -> Response | None:
    """The check of the pages of an invitation: everybody else is led to the door for codes."""
    return None if is_guest() else _to_the_door() or see_other(url_for("code.ask"))


def is_guest() -> bool:
    """Whether somebody came with a code."""
    return principal().kind is Kind.INVITED


def _to_the_door() -> Response | None:
    """Where the session of somebody who came with a code has ended, told if a post was lost; None for all others."""
    came = cookies.read(request, cookies.INVITED, house().settings)
    ended = came and principal().kind is Kind.ANONYMOUS
    lost = "1" if request.method == "POST" else None
    return see_other(url_for("code.ask", slut="1", tappat=lost)) if ended else None


def desk() -> Meetings:
    """The desk of the own meetings, or of the one that somebody is invited to."""
    return house().invited_meetings if is_guest() else house().meetings


def own(id: str, *, shown: bool = False) -> Booking:
    """The person's own meeting, or the page for what does not exist (404); what is `shown` whole is logged."""
    if not is_id(id):
        abort(404)
    find = desk().open if shown else desk().find
    return find(principal(), ItemId(id)) or _not_there(ItemId(id))


def _not_there(id: ItemId) -> NoReturn:
    """Who goes back to a time that was given up for another is led to that other; for all else this is 404."""
    if not desk().let_go(principal(), id):
        abort(404)
    held = desk().held(principal())
    abort(see_other(url_for("confirming.check", id=held[0]) if held else first_page()))


def first_page() -> str:
    """Where booking begins for who is here."""
    return url_for("code.show") if is_guest() else url_for("choosing.start")


def times_page(booking: Booking) -> str:
    """Where another time is chosen instead of a held one."""
    if is_guest():
        return url_for("code.when", form=booking.form.value)
    return url_for("choosing.when", service=booking.service, form=booking.form.value)


def offered(booking: Booking) -> Offered | None:
    """What kind of meeting it is and what it may be moved within; None when that is offered no more."""
    return desk().offered(booking)


def once(**content: object) -> Submission:
    """The form that was posted, so that it counts once."""
    who = principal()
    return Submission(str(who.person or who.invitation), SubmissionId(posted_submission_id()), content)
