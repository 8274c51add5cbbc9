"""The two calls: an alarm that rings, and the sweep."""

import json
import re
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from shared import log
from shared.app import house
from shared.domain.ids import DeadlineId
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
    """Ring; what can never succeed is noted and answered with 200, because everything else comes again for a month."""
    call = read_call(request.get_data())
    if call is None:
        log.alarm("alarm.malformed")
        return {"outcome": "malformed"}
    return {"outcome": house().deadlines.ring(call.deadline, call.epoch, call.hop)}


@calls.post("/intern/svep")
@without_csrf(_SIGNED)
def sweep() -> ResponseReturnValue:
    """Sweep once; the counts of what was found."""
    report = house().sweep.run()
    return {"found": report.found, "rang": report.rang, "armed": report.armed, "errors": report.errors}


def read_call(body: bytes) -> Call | None:
    """The call in a JSON body of three texts, or None when it is anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    match found:
        case {"deadline": str(id), "epoch": str(epoch), "hop": str(hop)} if (
            _ID.fullmatch(id) and _NUMBER.fullmatch(epoch) and _NUMBER.fullmatch(hop)
        ):
            return Call(DeadlineId(id), int(epoch), int(hop))
    return None
