"""Writing a journal note: kept while it is written, read through, signed once. The draft is its writer's alone."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import questions, words
from functions.casework.access import case_or_404, demand_same, file_or_404, submission
from functions.casework.cards import card
from functions.casework.facts import person_name
from functions.casework.overtaken_pages import overtaken_page
from functions.casework.staff_forms import LATER, Overtaken, StaffForm, by_itself, kept_by_itself
from shared.app import house
from shared.domain import journaling
from shared.domain.cases import Case
from shared.domain.ids import StaffId
from shared.formkit.check import Checked
from shared.formkit.definition import Problem
from shared.formkit.lacking import remaining
from shared.records.drafts import Draft
from shared.records.note_rows import note_form
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


def write(id: str) -> ResponseReturnValue:
    """The note with what is saved of it."""
    case = _writable(file_or_404(id, "note_draft").case)
    form = _form(case)
    return _page(case, form, form.draft())


def save(id: str) -> ResponseReturnValue:
    """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204, or 409 in silence."""
    if by_itself():
        form = _form(_writable(case_or_404(id)))
        return kept_by_itself(form, form.draft())
    case = _writable(file_or_404(id, "note_draft").case)
    form = _form(case)
    try:
        draft, checked = form.save(form.draft())
    except Overtaken as overtaken:
        return overtaken_page(form, overtaken, _frame(case))
    early = () if request.form.get("go") == LATER else _too_early(form, draft)
    if problems := form.all_problems(checked, early):
        again = Checked(checked.answers, problems)
        return _page(case, form, draft, again), 422
    if request.form.get("go") == LATER:
        return see_other(url_for("journal.write", id=id))
    return see_other(url_for("journal.check", id=id))


def check(id: str) -> ResponseReturnValue:
    """Everything that will be signed, to read through."""
    case = _writable(file_or_404(id, "note_draft").case)
    form = _form(case)
    draft = form.draft()
    if draft is None or remaining(form.form, draft.answers) or _too_early(form, draft):
        return see_other(url_for("journal.write", id=id))
    return render_template(
        "note_check.html",
        card=card(form.rows(draft.answers)),
        draft=draft,
        changed="andrad" in request.args,
        **_frame(case),
    )


def commit(id: str) -> ResponseReturnValue:
    """Sign what was read through, once (303 to the journal)."""
    seen = read_form(one=("seen",)).text("seen")
    posted_submission_id()
    case = _writable(case_or_404(id))
    form = _form(case)
    draft = form.draft()
    if draft is None:
        return see_other(url_for("journal.show", id=id))
    if seen != str(draft.rev) or remaining(form.form, draft.answers):
        return see_other(url_for("journal.check", id=id, andrad=1))
    sent = house().journal.sign(
        principal(),
        case.id,
        note_form(form.counted(draft.answers)),
        title=own_title(),
        submission=submission(case=id, answers=dict(draft.answers)),
        draft=draft,
    )
    demand_same(sent)
    return see_other(url_for("journal.show", id=id, _anchor=f"a-{sent.result}"))


def own_title() -> str:
    """The viewer's title, as it is signed with."""
    return words.directory().staff[StaffId(str(principal().staff))].title


def _writable(case: Case) -> Case:
    journaling.demand_writer(case, principal())
    return case


def _form(case: Case) -> StaffForm:
    return StaffForm(questions.note(case), case.id, StaffId(str(principal().staff)))


def _too_early(form: StaffForm, draft: Draft) -> tuple[Problem, ...]:
    """A time of today that has not come yet."""
    at = journaling.happened_at(str(draft.answers.get("happened", "")))
    if at is None or at <= house().clock.now():
        return ()
    said = {language(): gettext("Klockslaget har inte varit än")}
    return (Problem(form.step.id, "happened", "happened-time", "time_past", said),)


def _page(case: Case, form: StaffForm, draft: Draft | None, checked: Checked | None = None) -> str:
    allow_sending()  # it keeps itself while somebody writes
    return render_template(
        "note_write.html",
        page=form.page(draft.answers if draft else {}, checked),
        draft=draft,
        errors={one.name: one.text[language()] for one in (checked.problems if checked else ())},
        **_frame(case),
    )


def _frame(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "person": person_name(case),
        "kind": gettext(words.KINDS[case.kind]),
        "name": local_text(questions.note().title),
        "law": questions.note().law,
        "clock": None,
        "write_href": url_for("journal.write", id=case.id),
        "check_href": url_for("journal.check", id=case.id),
        "case_href": url_for("journal.show", id=case.id),
    }
