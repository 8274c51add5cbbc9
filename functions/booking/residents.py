"""Who may be here, and the meeting that an address names: the person's own, or none."""

from typing import Final, NoReturn

from flask import abort, url_for

from shared.app import house
from shared.domain.booking.bookings import Booking
from shared.domain.booking.meeting_kinds import Offered
from shared.domain.ids import ItemId, SubmissionId, is_id
from shared.records.submissions import Submission
from shared.web import ErrorWords, mark, posted_submission_id, principal, private_login, see_other

_AT_WORK: Final = ErrorWords(
    mark("Egna möten bokar du privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att boka eller se privata möten."),
    mark("Inget har bokats och inget har ändrats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)


private_login_only: Final = private_login(_AT_WORK)
"""The check of every page with times."""


def own(id: str, *, shown: bool = False) -> Booking:
    """The person's own meeting, or the page for what does not exist (404); what is `shown` whole is logged."""
    if not is_id(id):
        abort(404)
    find = house().meetings.open if shown else house().meetings.find
    return find(principal(), ItemId(id)) or _not_there(ItemId(id))


def _not_there(id: ItemId) -> NoReturn:
    """Who goes back to a time that was given up for another is led to that other; for all else this is 404."""
    if not house().meetings.let_go(principal(), id):
        abort(404)
    held = house().meetings.held(principal())
    abort(see_other(url_for("confirming.check", id=held[0]) if held else url_for("choosing.start")))


def offered(booking: Booking) -> Offered | None:
    """What kind of meeting it is; None when the municipality offers it no more."""
    return house().offer.meetings.get(booking.service)


def once(**content: object) -> Submission:
    """The form that was posted, so that it counts once."""
    return Submission(str(principal().person), SubmissionId(posted_submission_id()), content)
