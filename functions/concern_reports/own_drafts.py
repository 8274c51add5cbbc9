"""The reporter's own drafts."""

from typing import Final

from functions.concern_reports.report_form import known_from_login, report_form
from shared.app import house
from shared.records.drafts import REPORT, Draft, report_owner
from shared.serving.own_drafts import OwnDrafts
from shared.web import principal

OWN: Final = OwnDrafts(REPORT, report_owner, lambda id: house().reporting.sent_before(principal(), id))


def begin(wanted: str) -> Draft:
    """The reporter's draft with the id `wanted`, with what the login knows when it is new. Raises `TooMany`."""
    return OWN.begin(report_form(), wanted, lambda: known_from_login(principal(), house().municipality))
