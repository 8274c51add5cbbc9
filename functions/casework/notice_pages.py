"""What staff are told: notices about clocks and acute reports, and for leads whether the sweep still runs."""

from typing import Any, Final

from flask import Blueprint, Response, render_template, url_for

from functions.casework import message_pages
from shared.app import house
from shared.domain.cases import reference
from shared.domain.flows import kind_with
from shared.domain.ids import NoticeId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Kind, Role
from shared.domain.supplements import CLOCK
from shared.domain.sweeps import sweep_is_late
from shared.web import gettext, language, login_required, mark, ngettext, principal, read_form, see_other
from shared.web.law_words import CLOCKS
from shared.web.words import moment

FULL: Final = 25
"""As many notices as one page holds; then there may be older ones."""
pages = Blueprint("notices", __name__, url_prefix="/arbete")

TITLES: Final = {
    NoticeKind.ACUTE_REPORT: mark("Akut orosanmälan: läs den nu"),
    NoticeKind.URGENT_APPLICATION: mark("En ansökan som inte kan vänta"),
    NoticeKind.PAGE_FAILED: mark("Jouren har inte nåtts: ring jouren nu"),
    NoticeKind.CASE_ASSIGNED: mark("Du har fått ett ärende"),
    NoticeKind.REPORT_ATTACHED: mark("En ny anmälan hör till utredningen"),
    NoticeKind.CASE_GIVEN_BACK: mark("Ärendet saknar handläggare: den som hade det kan inte ha det längre"),
    NoticeKind.FEEDBACK_REQUESTED: mark("Anmälaren vill ha återkoppling: svara genast"),
    NoticeKind.NOTE_OBJECTED_TO: mark("Den som akten gäller tycker att en anteckning är fel"),
    NoticeKind.FILE_ADDED_TO: mark("Den som akten gäller har lagt till något i akten"),
    NoticeKind.SUPPLEMENT_SENT: mark("Den sökande har skickat något som begärts"),
    NoticeKind.APPEAL_WITHDRAWN: mark("Ett överklagande är återkallat och ska inte till domstolen"),
    NoticeKind.APPEAL_ADDED_TO: mark("Något är tillagt i ett överklagande: läs det, det ska också till domstolen"),
    NoticeKind.APPEAL_RECEIVED: mark("Ett beslut är överklagat: se om det kom i tid och lämna det vidare"),
    NoticeKind.FILE_STOPPED: mark("En bilaga har stoppats"),
}
_WARNINGS: Final = {
    "acute": mark("Kom in sent på dagen eller när det var stängt"),
    "unassigned": mark("Ingen har tagit ärendet än"),
    "overdue": mark("Fristen har gått ut"),
    "T-0": mark("Sista dagen är i dag"),
}


@pages.get("/notiser")
def show() -> str:
    """The viewer's own notices and those of the viewer's roles, newest first."""
    now, found = house().clock.now(), house().notices.newest(principal())
    return render_template("notices.html", notices=[_words(one, now) for one in found], full=len(found) >= FULL)


@pages.post("/notiser/<id>")
def mark_read(id: str) -> Response:
    """The notice is read."""
    read_form(one=())
    house().notices.mark_read(principal(), NoticeId(id))
    return see_other(url_for("notices.show"))


@pages.get("/drift")
@login_required(Kind.STAFF, roles={Role.TEAM_LEAD})
def operations() -> str:
    """Whether the clocks are being watched: the sweep's last run."""
    last, now = house().sweep.last(), house().clock.now()
    late = sweep_is_late(last.at if last else None, now)
    return render_template("operations.html", last=last, late=late, post=message_pages.health(now))


def _words(notice: Notice, now: Any) -> dict[str, Any]:
    kind = notice.of or kind_with(notice.deadline)
    return {
        "id": notice.id,
        "title": _title(notice),
        "about": gettext(CLOCKS[notice.deadline]) if notice.deadline else "",
        "reference": reference(kind, notice.case),
        "href": url_for("cases.show", id=notice.case),
        "when": moment(notice.at, language(), now),
        "acute": notice.acute,
        "read": notice.read_at is not None,
    }


def _title(notice: Notice) -> str:
    if notice.kind in TITLES:
        return gettext(TITLES[notice.kind])
    if notice.deadline == CLOCK:
        return gettext("Allt som begärdes har inte kommit")
    warning = notice.warning.partition(" ")[0]
    if warning in _WARNINGS:
        return gettext(_WARNINGS[warning])
    return ngettext("%(num)s dag kvar", "%(num)s dagar kvar", int(warning.removeprefix("T-")))
