"""What an applicant is asked for, on the case: what has come and is missing, what is enough, and when it is closed."""

from datetime import date, datetime
from typing import Any, Final

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import supplement_asking, supplement_form, supplement_renewing, words
from functions.casework.access import demand_same, file_or_404, submission
from functions.casework.attachment_pages import listed
from functions.casework.case_pages import frame
from shared.app import house
from shared.domain import access, transitions
from shared.domain.calendar import local_date
from shared.domain.change import Action
from shared.domain.deadlines import last_day
from shared.domain.ids import CaseId, ItemId
from shared.domain.supplements import Standing, Supply, Wanted
from shared.records.supplements import Received
from shared.web import gettext, language, local_text, mark, principal, read_form, see_other
from shared.web.words import day, moment

pages = Blueprint("supplements", __name__, url_prefix="/arbete/arende/<id>/komplettering")
pages.add_url_rule("/begar", "ask", supplement_asking.ask, methods=["GET"])
pages.add_url_rule("/begar", "save", supplement_asking.save, methods=["POST"])
pages.add_url_rule("/begar/kontrollera", "check", supplement_asking.check, methods=["GET"])
pages.add_url_rule("/begar/kontrollera", "send", supplement_asking.send, methods=["POST"])
pages.add_url_rule("/<supplement>/igen", "again", supplement_renewing.again, methods=["GET"])
pages.add_url_rule("/<supplement>/igen", "save_again", supplement_renewing.save, methods=["POST"])
pages.add_url_rule("/<supplement>/igen/kontrollera", "check_again", supplement_renewing.check, methods=["GET"])
pages.add_url_rule("/<supplement>/igen/kontrollera", "renew", supplement_renewing.renew, methods=["POST"])

STANDING: Final = {
    Standing.MISSING: (mark("Saknas"), "turn"),
    Standing.RECEIVED: (mark("Har kommit"), "going"),
    Standing.CANNOT: (mark("Kan inte få fram det"), "stop"),
    Standing.ENOUGH: (mark("Räcker"), "done"),
}


@pages.get("")
def show(id: str) -> str:
    """The open supplement item by item with what has come, and the earlier ones; the reading is logged."""
    found = file_or_404(id, "case")
    if found.application is None:
        abort(404)
    can = transitions.possible(found.case, principal(), local_date(house().clock.now()))
    asked = house().supplements.of(principal(), found.case)
    files = {one["id"]: one for one in listed(found.case)}
    shown = [_shown(one, files) for one in asked]
    return render_template(
        "supplements.html",
        now_open=next((one for one in shown if one["open"]), None),
        earlier=[one for one in shown if not one["open"]],
        may_ask=Action.SUPPLEMENT_REQUESTED in can,
        may_act=Action.SUPPLEMENT_CLOSED in can,
        may_read=access.is_caseworker(principal(), found.case),
        **frame(found, "supplements"),
    )


@pages.post("/<supplement>/racker/<wanted>")
def accept(id: str, supplement: str, wanted: str) -> ResponseReturnValue:
    """Nothing more is needed of one item (303)."""
    read_form(one=())
    item = ItemId(wanted)
    once = submission(case=id, supplement=supplement, item=item)
    demand_same(house().supplements.accept(principal(), CaseId(id), ItemId(supplement), [item], once))
    return see_other(url_for("supplements.show", id=id))


@pages.get("/<supplement>/avsluta")
def ask_to_close(id: str, supplement: str) -> str:
    """Ask before nothing more can be sent."""
    case = supplement_asking.own(id)
    if case.supplement != supplement:
        abort(404)
    return render_template("supplement_close.html", case=case, kind=gettext(words.KINDS[case.kind]))


@pages.post("/<supplement>/avsluta")
def close(id: str, supplement: str) -> ResponseReturnValue:
    """Nothing more is asked for (303)."""
    read_form(one=())
    once = submission(case=id, closes=supplement)
    demand_same(house().supplements.close(principal(), CaseId(id), ItemId(supplement), once))
    return see_other(url_for("supplements.show", id=id))


@pages.post("/<supplement>/last")
def mark_read(id: str, supplement: str) -> ResponseReturnValue:
    """What has been sent is read (303)."""
    read_form(one=())
    once = submission(case=id, read=supplement)
    demand_same(house().supplements.mark_read(principal(), CaseId(id), ItemId(supplement), once))
    return see_other(url_for("supplements.show", id=id))


def _shown(one: Received, files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    asked, now = one.supplement, house().clock.now()
    due = last_day(asked.due)
    return {
        "id": asked.id,
        "open": one.open,
        "asked": moment(asked.asked_at, language(), now),
        "by": words.staff_name(asked.by),
        "due": _day(due, now),
        "passed": one.open and bool(asked.missing) and due < local_date(now),
        "if_not": gettext(supplement_form.IF_NOT[asked.if_not]),
        "missing": len(asked.missing),
        "items": [_item(item, one.sent, files, now) for item in asked.items],
        "new": sum(sent.read_at is None for sent in one.sent),
    }


def _item(item: Wanted, sent: list[Supply], files: dict[str, dict[str, Any]], now: datetime) -> dict[str, Any]:
    state, look = STANDING[item.standing]
    return {
        "id": item.id,
        "name": local_text(item.name),
        "words": item.words,
        "again": item.again,
        "state": gettext(state),
        "look": look,
        "enough": item.standing is Standing.ENOUGH,
        "came": [came for one in sent for came in _came(item, one, files, now)],
    }


def _came(item: Wanted, one: Supply, files: dict[str, dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "when": moment(one.at, language(), now),
            "late": one.late,
            "new": one.read_at is None,
            "words": answer.words,
            "cannot": answer.cannot,
            "files": [files[id] for id in answer.files if id in files],
        }
        for answer in one.answers
        if answer.item == item.id
    ]


def _day(when: date, now: datetime) -> str:
    return day(when, language(), year=when.year != local_date(now).year)
