"""Alarms and sweep: called by the alarm keeper and the scheduler only, never by a person."""

from flask import Flask

from functions.deadlines.calls import calls
from functions.deadlines.faults import answer_in_json
from shared.app import house
from shared.web import as_function, create_app

_BODY_LIMIT = 16 * 1024

app: Flask = create_app(__package__, house, internal=True, body_limit=_BODY_LIMIT)
app.register_blueprint(calls)
answer_in_json(app)
http = as_function(app)
