"""Feedback to the reporter after a secrecy check (SoL 19:6): one of three sentences, or nothing."""

from typing import Final

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import words
from functions.casework.access import demand_same, file_or_404, submission
from functions.casework.facts import person_name
from shared.app import house
from shared.domain import transitions
from shared.domain.broken_rules import AlreadyDone, NotOpen
from shared.domain.calendar import local_date
from shared.domain.change import Action
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId
from shared.domain.reports import Report
from shared.web import gettext, language, mark, principal, read_form, see_other
from shared.web.law_words import LAW
from shared.web.words import day

pages = Blueprint("feedback", __name__, url_prefix="/arbete/arende/<id>/aterkoppling")

SENTENCES: Final = {
    Outcome.OPEN: mark("En utredning inleds"),
    Outcome.NOT_OPEN: mark("En utredning inleds inte"),
    Outcome.ONGOING: mark("En utredning pågår redan"),
}
"""What the reporter reads, and all that the law lets the reporter know."""
RELEASE: Final = "release"
WITHHOLD: Final = "withhold"
CHECKED: Final = "yes"


@pages.get("")
def ask(id: str) -> str:
    """What the reporter will see, and the check before it."""
    return _page(id, {})


@pages.post("")
def release(id: str) -> ResponseReturnValue:
    """Release or withhold, once (303), or say what is missing (422)."""
    form = read_form(one=("choice", "checked"))
    choice, errors = form.text("choice"), {}
    if choice not in {RELEASE, WITHHOLD}:
        errors["choice"] = gettext("Välj om anmälaren ska få återkopplingen")
    elif form.text("checked") != CHECKED:
        errors["checked"] = gettext("Kryssa i att du har prövat sekretessen")
    if errors:
        return _page(id, errors, choice), 422
    once = submission(case=id, choice=choice)
    demand_same(house().caseworker.release(principal(), CaseId(id), withhold=choice == WITHHOLD, submission=once))
    return see_other(url_for("cases.show", id=id))


def _page(id: str, errors: dict[str, str], choice: str = "") -> str:
    found = file_or_404(id, "feedback")
    try:
        transitions.demand_possible(found.case, principal(), local_date(house().clock.now()), Action.FEEDBACK_RELEASED)
    except AlreadyDone as done:
        raise NotOpen("feedback was released") from done  # whoever only looks was not overtaken by anybody
    if found.decision is None or found.decision.form.outcome is None:
        raise NotOpen("nothing is decided")
    deadline = transitions.deadline_of(found.case, Action.FEEDBACK_RELEASED)
    clock = found.case.clocks.get(deadline)
    return render_template(
        "feedback.html",
        case=found.case,
        person=person_name(found.case),
        sentence=gettext(SENTENCES[found.decision.form.outcome]),
        clock=words.clock_badge(clock, house().clock.now()) if clock else None,
        law=gettext(LAW[deadline]),
        asked=_asked(found.report),
        case_href=url_for("cases.show", id=id),
        choice=choice,
        errors=errors,
    )


def _asked(report: Report | None) -> str:
    """When and how the reporter asked, when that came after the report."""
    if report is None or report.request is None:
        return ""
    how, on = gettext(words.ASKED[report.request.how]), day(report.request.on, language())
    return gettext("Anmälaren bad om återkoppling %(day)s, %(how)s.", day=on, how=how)
