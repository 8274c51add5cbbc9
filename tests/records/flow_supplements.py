"""What supplements add to the model of the flow: who may ask, accept and close, and what runs meanwhile."""

from datetime import datetime, timedelta
from typing import Final

from shared.domain import calendar
from tests.records.flow_people import Deed
from tests.records.flow_standing import Standing

SUPPLEMENTS: Final = ("ask", "accept", "renew", "close")
DAYS: Final = timedelta(days=9)
"""How long the applicant has, in every story."""


def refused(case: Standing, deed: Deed) -> str | None:
    """The code of the rule that stops the deed."""
    if case.kind != "ekonomiskt_bistand":
        return "not_open"
    if case.assignee != deed.who.staff:
        return "not_allowed"
    if deed.act == "ask" and case.asking:
        return "already_done"
    if case.step not in {"forsta_genomgang", "handlaggning"} or (deed.act != "ask" and not case.asking):
        return "not_open"
    return "incomplete" if not deed.whole and deed.act in {"ask", "renew"} else None


def asks(case: Standing, deed: Deed, now: datetime) -> None:
    """The applicant was asked, or is asked no more."""
    case.asking = deed.act == "ask"
    if case.asking:
        case.due["komplettering"] = calendar.end_of_day(calendar.local_date(now) + DAYS)
        case.ended.pop("komplettering", None)
    else:
        case.ended["komplettering"] = now
