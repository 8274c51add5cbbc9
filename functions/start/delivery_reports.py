"""What the SMS gateway tells of a delivery: posted by a machine, known by the secret in its address."""

from typing import Final

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from shared.app import house
from shared.domain.messages import State
from shared.web import without_csrf

LARGEST: Final = 4096
"""Bytes of one report; a real one has about a hundred."""
_TOLD: Final = {one.value: one for one in (State.SENT, State.DELIVERED, State.FAILED)}
_KNOWN: Final = (
    "no browser comes here and no login counts: the secret in the address is the message's own, and all that can be "
    "done with it is to say how far that message has come"
)

reports = Blueprint("delivery_reports", __name__)


@reports.post("/aterkoppling/<secret>")
@without_csrf(_KNOWN)
def take(secret: str) -> ResponseReturnValue:
    """204 for a report that is understood, also when it tells nothing new; 404 for everything else."""
    request.max_content_length = LARGEST
    state = _TOLD.get(request.form.get("status", ""))
    if state is None or not house().delivery.report(secret, state):
        abort(404)
    return "", 204
