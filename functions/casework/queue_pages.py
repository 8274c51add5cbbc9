"""The work queue: what is late, due today, this week and later, the unassigned first."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import words
from shared.app import house
from shared.domain import transitions
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseKind, ClockState
from shared.domain.change import Action
from shared.domain.clock_view import day_of
from shared.domain.queue import Filter, Group
from shared.ports.store import Refused
from shared.records.queue import CAP, Piles, QueuePage
from shared.web import gettext, principal, see_other

pages = Blueprint("queue", __name__)


@pages.get("/arbete")
def front() -> ResponseReturnValue:
    """The workplace begins with the queue."""
    return see_other(url_for("queue.show"))


@pages.get("/arbete/ko")
def show() -> ResponseReturnValue:
    """One page of the queue."""
    narrowed, only = _chosen()
    try:
        page = house().queue.page(principal(), narrowed, only, request.args.get("efter"))
    except Refused:
        abort(404)
    after = url_for("queue.show", **_links(narrowed, only), efter=page.cursor) if page.cursor else None
    return render_template(
        "queue.html",
        piles=_piles(page.piles, narrowed, only),
        filters=_filters(narrowed, only),
        groups=_groups(page, house().clock.now()),
        shown=len(page.cases),
        narrowed=narrowed,
        only=only,
        next_href=after,
        first_href=url_for("queue.show", **_links(narrowed, only)) if request.args.get("efter") else None,
        heading=gettext(words.GROUPS[only]) if only else gettext(words.FILTERS[narrowed]),
    )


def _chosen() -> tuple[Filter, Group | None]:
    try:
        only = request.args.get("grupp")
        return Filter(request.args.get("visa", Filter.ALL)), Group(only) if only else None
    except ValueError:
        abort(404)


def _links(narrowed: Filter, only: Group | None) -> dict[str, Any]:
    return {
        "visa": None if narrowed is Filter.ALL else narrowed.value,
        "grupp": None if only is None else only.value,
    }


def _piles(piles: Piles, narrowed: Filter, only: Group | None) -> list[dict[str, Any]]:
    shown = [
        {
            "count": _count(piles.all[group]),
            "words": gettext(label),
            "href": url_for("queue.show", grupp=group.value),
            "current": only is group and narrowed is Filter.ALL,
            "hot": group is Group.LATE and piles.all[group] > 0,
        }
        for group, label in words.PILES.items()
    ]
    unassigned = sum(piles.unassigned.values())
    shown.append(
        {
            "count": _count(unassigned),
            "words": gettext("utan handläggare"),
            "href": url_for("queue.show", visa=Filter.UNASSIGNED.value),
            "current": narrowed is Filter.UNASSIGNED and only is None,
            "hot": False,
        }
    )
    return shown


def _count(number: int) -> str:
    return gettext("mer än 100") if number >= CAP else str(number)


def _filters(narrowed: Filter, only: Group | None) -> list[dict[str, Any]]:
    return [
        {
            "href": url_for("queue.show", **_links(one, only)),
            "words": gettext(label),
            "current": one is narrowed,
        }
        for one, label in words.FILTERS.items()
    ]


def _groups(page: QueuePage, now: datetime) -> list[dict[str, Any]]:
    return [
        {"title": gettext(label), "rows": [_row(case, now) for group, case in page.cases if group is one]}
        for one, label in words.GROUPS.items()
    ]


def _row(case: Case, now: datetime) -> dict[str, Any]:
    badge, can = _nearest(case, now), transitions.possible(case, principal(), local_date(now))
    return {
        "late": badge["state"] == "late",
        "state": badge["state"],
        "clock": badge["words"],
        "href": url_for("cases.show", id=case.id),
        "kind": gettext(words.KINDS[case.kind]),
        "reference": case.reference,
        "step": words.waiting(case),
        "second": _second(case, now),
        "age": words.age(case.age_band),
        "source": words.source(case.source),
        "unheard": case.unheard > 0,
        "take": url_for("allocation.take", id=case.id) if Action.CASE_TAKEN in can else None,
        "who": words.staff_name(case.assignee),
    }


def _nearest(case: Case, now: datetime) -> dict[str, str]:
    running = [clock for clock in case.clocks.values() if clock.state is ClockState.RUNNING]
    if not running:
        return {"state": "rest", "words": gettext("Ingen frist")}
    return words.clock_badge(min(running, key=lambda clock: clock.due), now)


def _second(case: Case, now: datetime) -> dict[str, str] | None:
    clock = case.clocks.get("forhandsbedomning")
    if case.kind is not CaseKind.OROSANMALAN or clock is None or clock.state is not ClockState.RUNNING:
        return None
    at, of = day_of(case.opened_at, clock.due, now)
    state = "over" if at > of else "ok"
    return {"state": state, "words": gettext("dag %(at)s av %(of)s", at=at, of=of)}
