"""Short answers to machines when something is wrong; what may succeed later is a 503, so that it is tried again."""

from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from shared import log
from shared.ports.alarms import ProofUnavailable
from shared.ports.store import Conflict, Unavailable


def answer_in_json(app: Flask) -> None:
    """Answer every error of the app with its code instead of a page."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Unavailable, _later)
    app.register_error_handler(Conflict, _later)
    app.register_error_handler(ProofUnavailable, _later)
    app.register_error_handler(Exception, _failed)


def _refused(error: HTTPException) -> ResponseReturnValue:
    return {"outcome": "refused"}, error.code or 500


def _later(error: Exception) -> ResponseReturnValue:
    log.alarm("alarm.later", error)
    return {"outcome": "later"}, 503


def _failed(error: Exception) -> ResponseReturnValue:
    log.alarm("alarm.failed", error)
    return {"outcome": "failed"}, 500
