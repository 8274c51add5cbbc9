"""The case: facts and clocks on top, what has happened, the report as filed, and what has been assessed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, abort, render_template, request, url_for

from functions.casework import original_pages, questions, words
from functions.casework.access import file_or_404
from functions.casework.attachment_pages import listed
from functions.casework.cards import card, cards
from functions.casework.facts import facts, person_name
from functions.casework.staff_forms import StaffForm, stated
from shared.app import house
from shared.domain import access, transitions
from shared.domain.assessments import ProtectionAssessment
from shared.domain.assistance_decisions import AssistanceDecision
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseKind, ClockState, reference
from shared.domain.change import Action
from shared.domain.clock_view import day_of
from shared.domain.deadline_law import rule
from shared.domain.deadlines import last_day
from shared.domain.decisions import PreliminaryDecision
from shared.domain.flow import Takes
from shared.domain.flows import FLOWS
from shared.domain.investigating import CLOCK
from shared.domain.investigation_decisions import InvestigationDecision, InvestigationOutcome
from shared.domain.withdrawals import Withdrawal
from shared.formkit.definition import Form
from shared.ports.store import Refused
from shared.records.casefiles import CaseFile, TimelinePage
from shared.web import gettext, language, local_text, mark, principal
from shared.web.law_words import CLOCKS, EXTENDED, LAW
from shared.web.words import day

_FORWARD: Final = {
    Action.PROTECTION_ASSESSED: ("protection.write", mark("Gör skyddsbedömningen")),
    Action.INVESTIGATION_OPENED: ("decisions.write", mark("Besluta: inleda utredning eller inte")),
    Action.APPLICATION_REVIEWED: ("application.show", mark("Läs ansökan")),
    Action.APPLICATION_GRANTED: ("application_decision.write", mark("Besluta om ansökan")),
    Action.INVESTIGATION_ENDED: ("ending.write", mark("Avsluta utredningen")),
    Action.FOLLOW_UP_ENDED: ("follow_up_ending.write", mark("Avsluta uppföljningen")),
    Action.APPEAL_IN_TIME: ("appeal_time.write", mark("Se om överklagandet kom i tid")),
    Action.APPEAL_DECISION_KEPT: ("appeal_review.write", mark("Ompröva beslutet")),
    Action.APPEAL_HANDED_OVER: ("appeal.show", mark("Lämna till domstolen")),
    Action.FEEDBACK_RELEASED: ("feedback.ask", mark("Ge återkoppling till anmälaren")),
}
pages = Blueprint("cases", __name__, url_prefix="/arbete/arende/<id>")


@pages.get("")
def show(id: str) -> str:
    """What has happened, newest first."""
    return events(file_or_404(id, "case"))


@pages.get("/anmalan")
def report(id: str) -> str:
    """The report as it was filed; contact details stay masked."""
    found = file_or_404(id, "report")
    if found.report is None:
        abort(404)
    shown = {"cards": cards(found.report.snapshot), "attached": listed(found.case)}
    return render_template("report.html", **shown, **frame(found, "report"))


@pages.get("/bedomningar")
def assessments(id: str) -> str:
    """The protection assessment and the decision, as they were signed."""
    found = file_or_404(id, "assessments")
    return render_template("assessments.html", signed=_signed(found), **frame(found, "assessments"))


def events(found: CaseFile, errors: Mapping[str, str] = {}) -> str:
    """The case page, also when a form on it is to be put right."""
    case = found.case
    page = _timeline(case)
    now = house().clock.now()
    return render_template(
        "events.html",
        entries=[words.trail_entry(entry, now) for entry in page.entries],
        next_href=url_for("cases.show", id=case.id, efter=page.cursor) if page.cursor else None,
        first_href=url_for("cases.show", id=case.id) if request.args.get("efter") else None,
        **frame(found, "events", errors),
    )


def frame(found: CaseFile, tab: str, errors: Mapping[str, str] = {}) -> dict[str, Any]:
    """What the head and the aside of every page of a case show; `errors` are those of the forms in the aside."""
    case, now = found.case, house().clock.now()
    can = transitions.possible(case, principal(), local_date(house().clock.now()))
    continues = case.continues_in
    shown = {continues, *(one.id for one in found.taken_over)}
    return {
        "case": case,
        "file": found,
        "tab": tab,
        "person": person_name(case),
        "kind": gettext(words.KINDS[case.kind]),
        "facts": facts(found),
        "clocks": [_clock(case, name, now) for name in _by_hurry(case)],
        "next_step": next_step(can, case),
        "mine": access.may_see_contact(principal(), case),
        "may_extend": Action.INVESTIGATION_EXTENDED in can,
        "may_note_request": Action.FEEDBACK_REQUESTED in can,
        "may_take": Action.CASE_TAKEN in can,
        "needs_socionom": access.is_caseworker(principal(), case) and _takes_a_socionom(case),
        "colleagues": _colleagues(case) if Action.CASE_ASSIGNED in can else [],
        "kinds": words.KINDS,
        "taken_over": found.taken_over,
        "others": [one for one in found.others if one.id not in shown],
        "errors": errors,
        "original": original_pages.standing(found),
        "continues": continues and {"id": continues, "reference": reference(CaseKind.UTREDNING, continues)},
    }


def next_step(can: Sequence[Action], case: Case) -> dict[str, str] | None:
    """What takes the case on, of all that the viewer can do in it; None when that is for others."""
    for act in can:
        if act in _FORWARD:
            endpoint, label = _FORWARD[act]
            return {"href": url_for(endpoint, id=case.id), "text": gettext(label)}
    return None


def _takes_a_socionom(case: Case) -> bool:
    """Whether what takes the case on is for a socionom, and the viewer is none."""
    here = (row for row in FLOWS[case.kind].rows if case.step in row.at and row.act in _FORWARD)
    return not principal().socionom and any(Takes.SOCIONOM in row.takes for row in here)


def _timeline(case: Case) -> TimelinePage:
    try:
        page = house().files.timeline(principal(), case.id, request.args.get("efter"))
    except Refused:
        abort(404)
    if page is None:
        abort(404)
    return page


def _signed(found: CaseFile) -> list[dict[str, Any]]:
    """What has been signed, in the order of the work."""
    signed = []
    if (made := found.assessment) is not None:
        signed.append(_paper(questions.protection(), made, made.assessed_at, words.staff_name(made.by)))
    if (decided := found.decision) is not None:
        asked = questions.decision((), violence=False, lead=False, signed=decided.form)
        by = f"{words.staff_name(decided.by)}, {decided.title}"
        more = {"law": decided.lagrum, "unnamed": original_pages.unnamed(found)}
        signed.append(_paper(asked, decided, decided.decided_at, by) | more)
    if (settled := found.assistance) is not None:
        by = f"{words.staff_name(settled.by)}, {settled.title}"
        more = {"law": settled.lagrum, "unnamed": original_pages.unnamed(found)}
        signed.append(_paper(questions.application_decision(), settled, settled.decided_at, by) | more)
    if (taken_back := found.withdrawal) is not None:
        by = f"{words.staff_name(taken_back.by)}, {taken_back.title}"
        asked = questions.application_withdrawal()
        signed.append(_paper(asked, taken_back, taken_back.at, by) | {"law": asked.law})
    return [*signed, *_investigated(found)]


def _investigated(found: CaseFile) -> Iterator[dict[str, Any]]:
    """What has been decided in an investigation, oldest first, each with its original."""
    if not found.investigated:
        return
    case = found.case.id
    made = {one.id for one in house().originals.of_case(case)}
    for one in reversed(found.investigated):
        by = f"{words.staff_name(one.by)}, {one.title}"
        yield _paper(_asked(one), one, one.decided_at, by) | {
            "law": one.lagrum,
            "unnamed": original_pages.unnamed_in(one.form),
            "late": one.late,
            "original": url_for("originals.download", id=case, original=one.id) if one.id in made else None,
        }


def _asked(one: InvestigationDecision) -> Form:
    """The questions that the decision answered."""
    match one.form.outcome:
        case InvestigationOutcome.EXTENDED:
            return questions.extension()
        case InvestigationOutcome.FOLLOW_UP_ENDED:
            return questions.follow_up_ending()
    return questions.ending()


def _paper(
    asked: Form,
    item: ProtectionAssessment | PreliminaryDecision | AssistanceDecision | InvestigationDecision | Withdrawal,
    at: datetime,
    by: str,
) -> dict[str, Any]:
    rows = StaffForm(asked, item.case).rows(stated(item.form))
    return card(rows, title=local_text(asked.title), at=at, by=by)


def _colleagues(case: Case) -> list[dict[str, str]]:
    staff = words.directory().colleagues(case.unit)
    return [
        {"value": one.id, "text": words.at_work(one)}
        for one in staff
        if access.may_have(one, case) and one.id != case.assignee
    ]


def _by_hurry(case: Case) -> list[str]:
    """The names of its clocks: those that run first, the nearest before, then what is done."""
    running = {name: one.due for name, one in case.clocks.items() if one.state is ClockState.RUNNING}
    return [*sorted(running, key=lambda name: running[name]), *(name for name in case.clocks if name not in running)]


def _clock(case: Case, name: str, now: datetime) -> dict[str, Any]:
    clock = case.clocks[name]
    at, of = day_of(case.opened_at, clock.due, now)
    badge, last = words.clock_on_case(clock, now), last_day(clock.due)
    running = clock.state is ClockState.RUNNING
    counted = running and of > 0 and name in FLOWS[case.kind].from_the_start  # others run from a later day
    other_year = last.year != local_date(now).year
    return {
        "title": gettext(CLOCKS[name]),
        "law": gettext(EXTENDED if _extended(case, name) else LAW[name]),
        **badge,
        "due": day(last, language(), year=other_year) if running and badge["state"] != "today" else None,
        "used": max(at, 0),
        "length": of if counted else None,
    }


def _extended(case: Case, name: str) -> bool:
    """Whether the investigation has been given more time than the law's own."""
    if name != CLOCK:
        return False
    opened = local_date(case.opened_at)
    return last_day(case.clocks[name].due) != rule(name, opened).last_day(opened)
