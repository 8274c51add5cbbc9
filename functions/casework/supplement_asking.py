"""Asking an applicant for what is missing: written and kept, read through, sent once."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import own_name, supplement_form, words
from functions.casework.access import case_or_404, demand_same, file_or_404, submission
from functions.casework.facts import person_name
from functions.casework.overtaken_pages import overtaken_page
from functions.casework.staff_forms import LATER, Overtaken, StaffForm, by_itself, kept_by_itself
from shared.app import house
from shared.domain import access, transitions
from shared.domain.broken_rules import AlreadyDone, NotAllowed, NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.domain.supplementing import Asked
from shared.domain.supplements import LONGEST_WORDS
from shared.formkit.check import Checked
from shared.formkit.definition import Answers, Problem
from shared.formkit.lacking import remaining
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.web import (
    allow_sending,
    gettext,
    language,
    local_text,
    posted_submission_id,
    principal,
    read_form,
    see_other,
)
from shared.web.words import day


def ask(id: str) -> str:
    """The papers of the form to choose among, three lines for something else, and a last day; with what is saved."""
    case = opened(id, Action.SUPPLEMENT_REQUESTED).case
    form = supplement_form.asked_of(case)
    return _page(case, form, form.draft())


def save(id: str) -> ResponseReturnValue:
    """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204, or 409 in silence."""
    case = _case(id)
    form = supplement_form.asked_of(case)
    if by_itself():
        return kept_by_itself(form, form.draft())
    try:
        draft, checked = form.save(form.draft())
    except Overtaken as overtaken:
        return overtaken_page(form, overtaken, frame(case))
    later = request.form.get("go") == LATER
    if more := checked.problems if later else _all_problems(form, checked, draft.answers):
        return _page(case, form, draft, replace(checked, problems=more)), 422
    return see_other(url_for("supplements.ask" if later else "supplements.check", id=id))


def check(id: str) -> ResponseReturnValue:
    """What the applicant will be told, to be read through."""
    case = opened(id, Action.SUPPLEMENT_REQUESTED).case
    form = supplement_form.asked_of(case)
    draft = form.draft()
    if draft is None or _unfinished(form, draft):
        return see_other(url_for("supplements.ask", id=id))
    return render_template(
        "supplement_check.html",
        card=_told(_asked(case, form, draft)),
        draft=draft,
        changed="andrad" in request.args,
        **frame(case),
    )


def send(id: str) -> ResponseReturnValue:
    """Send what was read through, once (303): it lies in the applicant's inbox."""
    seen = read_form(one=("seen",)).text("seen")
    posted_submission_id()
    case = own(id)
    form = supplement_form.asked_of(case)
    draft = form.draft()
    if draft is None:
        return see_other(url_for("supplements.show", id=id))
    if _unfinished(form, draft):
        return see_other(url_for("supplements.ask", id=id))
    if seen != str(draft.rev):
        return see_other(url_for("supplements.check", id=id, andrad=1))
    once = submission(case=id, answers=dict(draft.answers))
    what = _asked(case, form, draft)
    demand_same(house().supplements.ask(principal(), case.id, what, who=own_name.me(), submission=once, draft=draft))
    return see_other(url_for("supplements.show", id=id))


def opened(id: str, act: Action, *, posted: bool = False) -> CaseFile:
    """The case, where the viewer may do this now; else what stands in the way."""
    found = file_or_404(id, "case")
    if found.application is None:
        abort(404)
    try:
        transitions.demand_possible(found.case, principal(), today(), act)
    except AlreadyDone as done:
        if posted:
            return found  # perhaps this very post was written before: the desk knows
        raise NotOpen("a supplement is open") from done  # whoever only looks was not overtaken by anybody
    return found


def own(id: str) -> Case:
    """The case of an application, for its own caseworker, without opening anything of it."""
    case = case_or_404(id)
    if case.application is None:
        abort(404)
    if not access.is_caseworker(principal(), case):
        raise NotAllowed("not the case's own caseworker")
    return case


def _case(id: str) -> Case:
    """The same, where the viewer may ask now."""
    case = own(id)
    transitions.demand_possible(case, principal(), today(), Action.SUPPLEMENT_REQUESTED)
    return case


def _asked(case: Case, form: StaffForm, draft: Draft) -> Asked:
    return supplement_form.asked(supplement_form.papers_of(case), form.counted(draft.answers))


def _unfinished(form: StaffForm, draft: Draft) -> bool:
    """Whether something is empty, or goes together badly, in what was saved."""
    return bool(remaining(form.form, draft.answers) or _all_problems(form, Checked({}), draft.answers))


def _all_problems(form: StaffForm, checked: Checked, answers: Answers) -> tuple[Problem, ...]:
    """What is empty and what goes together badly, told at once and in the order of the form."""
    return form.all_problems(checked, supplement_form.problems(form.step, form.counted(answers), today()))


def _page(case: Case, form: StaffForm, draft: Draft | None, checked: Checked | None = None) -> str:
    allow_sending()  # it keeps itself while somebody writes
    page = form.page(draft.answers if draft else supplement_form.usual(today()), checked)
    asked = {one.name: one for one in page.questions}
    return render_template(
        "supplement_ask.html",
        asked=asked,
        papers=[{"id": one.code, "name": one.label} for one in asked["papers"].choices],
        values={
            **{one.name: one.values.get("", "") for one in page.questions},
            "papers": [one.code for one in asked["papers"].choices if one.chosen],
        },
        own=supplement_form.OWN,
        limit=LONGEST_WORDS,
        draft=draft,
        errors={one.name: one.text[language()] for one in (checked.problems if checked else ())},
        **frame(case),
    )


def frame(case: Case) -> dict[str, Any]:
    """What every page of asking shows."""
    return {
        "case": case,
        "person": person_name(case),
        "kind": gettext(words.KINDS[case.kind]),
        "name": gettext("Begär komplettering"),
        "clock": None,
        "write_href": url_for("supplements.ask", id=case.id),
        "check_href": url_for("supplements.check", id=case.id),
        "case_href": url_for("supplements.show", id=case.id),
    }


def today() -> date:
    """The Swedish day."""
    return local_date(house().clock.now())


def _told(asked: Asked) -> list[dict[str, str]]:
    """What the applicant will be told, row by row."""
    rows = [(local_text(one.name), one.words or gettext("Ingen förklaring")) for one in asked.items]
    if asked.last_day is not None and asked.if_not is not None:
        rows += [
            (gettext("Senast"), day(asked.last_day, language())),
            (gettext("Om det inte kommer"), gettext(supplement_form.IF_NOT[asked.if_not])),
        ]
    return [{"key": key, "value": value} for key, value in rows]
