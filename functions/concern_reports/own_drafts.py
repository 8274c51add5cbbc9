"""The reporter's own draft: found, saved again after a collision, or told to be sent already."""

import secrets
from typing import NoReturn

from flask import abort

from functions.concern_reports.report_form import known_from_login, report_form
from shared.app import house
from shared.domain.ids import DIGITS, DraftId, is_id
from shared.ports.store import AlreadyExists
from shared.records.drafts import REPORT, Draft, report_owner
from shared.web import principal


class AlreadySent(Exception):
    """The draft has become a report; `report` is its id."""

    def __init__(self, report: str) -> None:
        super().__init__(report)
        self.report = report


class TooMany(Exception):
    """The reporter is writing as many reports as anybody may at a time; none was begun."""


def begin(wanted: str) -> Draft:
    """The reporter's draft with the id `wanted`, made when it is new: the same start twice is one draft.

    Raises `TooMany` when there is no room for a new one.
    """
    id, owner = DraftId(wanted), report_owner(principal())
    if house().reporting.sent_before(principal(), id):
        id = DraftId(secrets.token_hex(DIGITS // 2))
    if house().drafts.full(owner):
        return house().drafts.find(id, owner) or _no_room()
    form = report_form()
    known = known_from_login(principal(), house().municipality)
    try:
        return house().drafts.begin(REPORT, id, owner, form=form.id, version=str(form.version), answers=known)
    except AlreadyExists:
        return house().drafts.find(id, owner) or abort(404)


def find(id: str) -> Draft:
    """The reporter's draft; anybody else's, an expired and an unknown one alike are 404. Raises `AlreadySent`."""
    if not is_id(id):
        abort(404)
    return house().drafts.find(DraftId(id), report_owner(principal())) or _gone(id)


def _no_room() -> NoReturn:
    raise TooMany


def _gone(id: str) -> Draft:
    report = house().reporting.sent_before(principal(), id)
    if report is None:
        abort(404)
    raise AlreadySent(report)
