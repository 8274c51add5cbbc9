"""What a person is asked for in the own application: what is missing and by when, sending it, and the receipt."""

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.applications.residents import residents_only
from functions.applications.supplying import NotTaken, own
from shared import log
from shared.app import house
from shared.domain.broken_rules import Incomplete, NotAllowed, NotOpen
from shared.domain.calendar import local_date
from shared.domain.deadlines import last_day
from shared.domain.ids import ItemId, is_id
from shared.domain.supplements import IfNot, Standing, Supplied, Supply
from shared.ports.store import Conflict
from shared.web import gettext, language, mark, principal, read_form, see_other
from shared.web.kept import kept_fields
from shared.web.words import day, moment

if TYPE_CHECKING:
    from shared.records.drafts import Draft
    from shared.records.own_supplements import OwnSupplement

pages: Final = Blueprint("supplement", __name__, url_prefix="/ansok/komplettering/<id>")
pages.before_request(residents_only)

CHECKED: Final = "checked"
"""Which saved draft the person had before them when pressing the button: its id and revision."""
EMPTY: Final = "tomt"
"""Which item was just saved with nothing in it."""
_STANDING: Final = {
    Standing.MISSING: (mark("Saknas"), "turn"),
    Standing.RECEIVED: (mark("Vi har fått det"), "going"),
    Standing.CANNOT: (mark("Vi har fått din förklaring"), "going"),
    Standing.ENOUGH: (mark("Klart"), "done"),
}
_IF_NOT: Final = {
    IfNot.DECIDED: mark("Kommer det inte bestämmer vi ändå, med det vi har. Då kan du få mindre, eller avslag."),
    IfNot.DISMISSED: mark("Kommer det inte kan vi avvisa ansökan. Då prövar vi den inte."),
}


@pages.get("")
def show(id: str) -> str:
    """What is asked for, what has come and what is missing, by when; and what waits to be sent."""
    return _page(own(id))


@pages.post("")
def send(id: str) -> ResponseReturnValue:
    """Send what is filled in and lead to its receipt (303); once, however often it is pressed."""
    shown, _, rev = read_form(one=(CHECKED,)).text(CHECKED).partition(".")
    desk, who = house().own_supplements, principal()
    if before := desk.sent_before(who, shown):
        return see_other(url_for("supplement.receipt", id=id, supply=before))
    found = own(id)
    if not found.open:
        raise NotTaken(found)
    draft = desk.draft(who, found.supplement)
    if draft is None or draft.id != shown or str(draft.rev) != rev:
        return _look_again(id)
    try:
        sent = desk.send(who, ItemId(id), draft)
    except (Conflict, Incomplete):
        return _look_again(id)
    except (NotOpen, NotAllowed):
        raise NotTaken(own(id)) from None
    log.info("supplement.sent", kind="first" if sent.first else "again")
    return see_other(url_for("supplement.receipt", id=id, supply=sent.result))


@pages.get("/kvitto/<supply>")
def receipt(id: str, supply: str) -> str:
    """That it has come in, when, and what it was; what is missing still, and that it came late if it did."""
    found = house().own_supplements.receipt(principal(), ItemId(supply)) if is_id(supply) else None
    if found is None or found.supplement.id != id:
        abort(404)
    names = {one.id: one.name for one in found.supplement.items}
    return render_template(
        "supplement_receipt.html",
        receipt=found,
        items=[{"name": names[one.item], "said": _said(one)} for one in found.supply.answers],
        missing=len(found.supplement.missing),
        here=url_for("supplement.show", id=id),
        due=_day(found.supplement.due),
    )


@pages.app_errorhandler(NotTaken)
def not_taken(error: NotTaken) -> ResponseReturnValue:
    """Nothing can be sent to it any more: why, somebody to call, and what was typed."""
    kept = kept_fields() if request.method == "POST" else []
    return _page(error.found, kept), 409 if request.method == "POST" else 200


def _look_again(id: str) -> Response:
    return see_other(url_for("supplement.show", id=id, andrad=1))


def _page(found: "OwnSupplement", kept: list[tuple[str, str]] | None = None) -> str:
    asked, now = found.supplement, house().clock.now()
    draft = house().own_supplements.draft(principal(), asked) if found.open else None
    items = [_item(found, draft, one) for one in asked.items]
    return render_template(
        "supplement.html",
        found=found,
        items=items,
        missing=len(asked.missing),
        came=len(asked.items) - len(asked.missing),
        ready=any(one["waiting"] for one in items),
        checked=f"{draft.id}.{draft.rev}" if draft else "",
        due=_day(asked.due),
        late=now >= asked.due,
        if_not=gettext(_IF_NOT[asked.if_not]),
        sent=[_sent(found, one) for one in found.sent],
        changed="andrad" in request.args,
        empty=next((one for one in items if one["id"] == request.args.get(EMPTY) and not one["waiting"]), None),
        kept=kept or [],
    )


def _item(found: "OwnSupplement", draft: "Draft | None", item: Any) -> dict[str, Any]:
    from shared.records.own_supplements import supplied

    filled = {} if draft is None else {one.item: one for one in supplied(found.supplement, draft.answers)}
    waiting = filled.get(item.id)
    state, look = _STANDING[item.standing]
    return {
        "id": item.id,
        "missing": item.standing is Standing.MISSING,
        "name": item.name,
        "words": item.again or item.words,
        "again": bool(item.again) and item.standing is Standing.MISSING,
        "state": gettext(state),
        "look": look,
        "waiting": None if waiting is None else _said(waiting),
        "href": f"/ansok/komplettering/utkast/{found.supplement.id}/{item.id}",
        "answered": item.answered,
    }


def _sent(found: "OwnSupplement", one: Supply) -> dict[str, Any]:
    return {
        "when": moment(one.at, language(), house().clock.now()),
        "late": one.late,
        "href": url_for("supplement.receipt", id=found.supplement.id, supply=one.id),
    }


def _said(one: Supplied) -> str:
    """What is sent for one item, in words: how many files, whether there is text, or that it can not be had."""
    from shared.web import ngettext

    parts = []
    if one.files:
        parts.append(ngettext("%(num)d fil", "%(num)d filer", len(one.files)))
    if one.cannot:
        parts.append(gettext("du kan inte få fram det"))
    elif one.words.strip():
        parts.append(gettext("text"))
    return ", ".join(parts)


def _day(due: Any) -> str:
    until, today = last_day(due), local_date(house().clock.now())
    return day(until, language(), year=until.year != today.year)
