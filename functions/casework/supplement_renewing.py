"""Asking for it once more: what came is not enough, or the last day moves."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from functions.casework import own_name, renewal_form, supplement_form
from functions.casework.staff_forms import by_itself
from functions.casework.supplement_asking import opened, own, posted
from functions.casework.supplement_writing import Writing, seen
from shared.app import house
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.domain.supplements import Standing, Supplement
from shared.formkit.definition import Answers
from shared.records.drafts import Draft
from shared.records.submissions import Sent, Submission
from shared.web import gettext, local_text, principal, see_other


def again(id: str, supplement: str) -> str:
    """The items, to be asked for once more, and a new last day; with what is saved."""
    writing = _begun(id, supplement)
    return writing.page(writing.form.draft())


def save(id: str, supplement: str) -> ResponseReturnValue:
    """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204, or 409 in silence."""
    if not by_itself():
        return _begun(id, supplement).save()
    case = posted(id, Action.SUPPLEMENT_RENEWED)
    return _writing(case, _open(house().supplements.open_in(case), supplement)).save()


def check(id: str, supplement: str) -> ResponseReturnValue:
    """What the applicant will be told, to be read through."""
    return _begun(id, supplement).check()


def renew(id: str, supplement: str) -> ResponseReturnValue:
    """Ask once more, once (303): it lies in the applicant's inbox."""
    read, case = seen(), own(id)
    found = house().supplements.open_in(case)
    if found is None or found.id != supplement:
        return see_other(url_for("supplements.show", id=id))

    def commit(answers: Answers, once: Submission, draft: Draft) -> Sent:
        return house().supplements.ask_again(
            principal(),
            case.id,
            found.id,
            renewal_form.reasons(found, answers),
            supplement_form.last_day(answers),
            who=own_name.me(),
            submission=once,
            draft=draft,
        )

    return _writing(case, found).send(read, commit)


def _begun(id: str, supplement: str) -> Writing:
    """The page was asked for: the case is opened, and the reading of what was asked is logged."""
    case = opened(id, Action.SUPPLEMENT_RENEWED)
    every = house().supplements.of(principal(), case)
    return _writing(case, _open(next((one.supplement for one in every if one.open), None), supplement))


def _open(found: Supplement | None, id: str) -> Supplement:
    return found if found is not None and found.id == id else abort(404)


def _writing(case: Case, asked: Supplement) -> Writing:
    form = renewal_form.asked_of(asked)
    note = {Standing.MISSING: gettext("(saknas)")}
    items = [{"id": one.id, "name": local_text(one.name), "note": note.get(one.standing)} for one in asked.items]
    return Writing(
        case,
        form,
        write_href=url_for("supplements.again", id=case.id, supplement=asked.id),
        check_href=url_for("supplements.check_again", id=case.id, supplement=asked.id),
        template="supplement_again.html",
        usual=renewal_form.usual(asked),
        badly=lambda answers: renewal_form.problems(asked, form.step, answers),
        told=lambda answers: renewal_form.told(asked, answers),
        more={"items": items},
    )
