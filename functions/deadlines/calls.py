"""The three calls: an alarm that rings, a message that may leave, and the sweep."""

import json
import re
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from shared import log
from shared.app import house
from shared.domain.ids import DeadlineId, MessageId
from shared.web import without_csrf

_ID: Final = re.compile(r"[0-9a-f]{32}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_SIGNED: Final = "the caller proves itself with a token for this very call; browsers never come here"

calls = Blueprint("deadlines", __name__)


@dataclass(frozen=True, slots=True)
class Call:
    """What an alarm says: which deadline, and which of its alarms it is."""

    deadline: DeadlineId
    epoch: int
    hop: int


@calls.before_request
def only_our_own_callers() -> None:
    """Nothing is read or done for anybody else."""
    authorization = request.headers.get("Authorization", "")
    if not house().callers.verify(authorization, request.path, request.get_data()):
        log.warn("alarm.foreign_call", route=request.path if request.url_rule else "")
        abort(403)


@calls.post("/intern/larm")
@without_csrf(_SIGNED)
def alarm() -> ResponseReturnValue:
    """Ring; what can never succeed is noted and answered with 200, because everything else comes again for a day."""
    call = read_call(request.get_data())
    if call is None:
        log.alarm("alarm.malformed")
        return {"outcome": "malformed"}
    return {"outcome": house().deadlines.ring(call.deadline, call.epoch, call.hop)}


@calls.post("/intern/meddelande")
@without_csrf(_SIGNED)
def message() -> ResponseReturnValue:
    """Send one message of the outbox; what can never succeed is noted and answered with 200."""
    id = read_message_call(request.get_data())
    if id is None:
        log.alarm("alarm.malformed")
        return {"outcome": "malformed"}
    return {"outcome": house().sending.send(id)}


@calls.post("/intern/svep")
@without_csrf(_SIGNED)
def sweep() -> ResponseReturnValue:
    """Sweep once, deadlines before messages before originals; the counts of the deadlines that were found."""
    report = house().sweep.run()
    house().sending.sweep()
    house().waiting_originals.make()
    return {"found": report.found, "rang": report.rang, "armed": report.armed, "errors": report.errors}


def read_call(body: bytes) -> Call | None:
    """The call in a JSON body of three texts, or None when it is anything else."""
    match _said(body):
        case {"deadline": str(id), "epoch": str(epoch), "hop": str(hop)} if (
            _ID.fullmatch(id) and _NUMBER.fullmatch(epoch) and _NUMBER.fullmatch(hop)
        ):
            return Call(DeadlineId(id), int(epoch), int(hop))
    return None


def read_message_call(body: bytes) -> MessageId | None:
    """The message's id in a JSON body, or None when it is anything else."""
    match _said(body):
        case {"message": str(id)} if _ID.fullmatch(id):
            return MessageId(id)
    return None


def _said(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
