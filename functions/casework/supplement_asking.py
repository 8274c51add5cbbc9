"""Asking an applicant for what is missing, for the first time."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from functions.casework import own_name, supplement_form
from functions.casework.access import case_or_404, file_or_404
from functions.casework.staff_forms import by_itself
from functions.casework.supplement_form import today
from functions.casework.supplement_writing import Writing, seen
from shared.app import house
from shared.domain import access, transitions
from shared.domain.broken_rules import AlreadyDone, NotAllowed, NotOpen
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.domain.supplementing import Asked
from shared.formkit.definition import Answers
from shared.records.drafts import Draft
from shared.records.submissions import Sent, Submission
from shared.web import local_text, principal


def ask(id: str) -> str:
    """The papers of the form to choose among, three lines for something else, and a last day; with what is saved."""
    writing = _writing(opened(id, Action.SUPPLEMENT_REQUESTED))
    return writing.page(writing.form.draft())


def save(id: str) -> ResponseReturnValue:
    """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204, or 409 in silence."""
    return _writing(posted(id, Action.SUPPLEMENT_REQUESTED)).save()


def check(id: str) -> ResponseReturnValue:
    """What the applicant will be told, to be read through."""
    return _writing(opened(id, Action.SUPPLEMENT_REQUESTED)).check()


def send(id: str) -> ResponseReturnValue:
    """Send what was read through, once (303): it lies in the applicant's inbox."""
    read, case = seen(), own(id)

    def commit(answers: Answers, once: Submission, draft: Draft) -> Sent:
        what = _asked(case, answers)
        return house().supplements.ask(principal(), case.id, what, who=own_name.me(), submission=once, draft=draft)

    return _writing(case).send(read, commit)


def opened(id: str, act: Action) -> Case:
    """The case, opened where the viewer may do this now; else what stands in the way."""
    found = file_or_404(id, "case")
    if found.application is None:
        abort(404)
    try:
        transitions.demand_possible(found.case, principal(), today(), act)
    except AlreadyDone as done:
        raise NotOpen("a supplement is open") from done  # whoever only looks was not overtaken by anybody
    return found.case


def posted(id: str, act: Action) -> Case:
    """The same for a form that is kept: a page may answer it, but never what the browser keeps by itself."""
    case = own(id) if by_itself() else _owned(file_or_404(id, "case").case)
    transitions.demand_possible(case, principal(), today(), act)
    return case


def own(id: str) -> Case:
    """The case of an application, for its own caseworker, without opening anything of it."""
    return _owned(case_or_404(id))


def _owned(case: Case) -> Case:
    if case.application is None:
        abort(404)
    if not access.is_caseworker(principal(), case):
        raise NotAllowed("not the case's own caseworker")
    return case


def _writing(case: Case) -> Writing:
    form = supplement_form.asked_of(case)
    return Writing(
        case,
        form,
        write_href=url_for("supplements.ask", id=case.id),
        check_href=url_for("supplements.check", id=case.id),
        template="supplement_ask.html",
        usual=supplement_form.usual(),
        badly=lambda answers: supplement_form.problems(form.step, answers),
        told=lambda answers: supplement_form.told(_asked(case, answers)),
        more={
            "papers": [{"id": one.id, "name": local_text(one.name)} for one in supplement_form.papers_of(case)],
            "own": supplement_form.OWN,
        },
    )


def _asked(case: Case, answers: Answers) -> Asked:
    return supplement_form.asked(supplement_form.papers_of(case), answers)
