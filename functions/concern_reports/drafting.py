"""Writing a report: one question at a time, saved with every answer."""

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from functions.concern_reports import own_drafts
from functions.concern_reports.own_drafts import AlreadySent, TooMany
from functions.concern_reports.report_form import ACUTE, report_form
from functions.concern_reports.served import FILES, SERVED
from functions.concern_reports.ways import from_check, here, onward, step_path, way_back
from shared.app import house
from shared.domain import calendar
from shared.domain.principals import Kind
from shared.ports.store import Conflict, NotFound
from shared.records.drafts import MOST, Draft, report_owner
from shared.serving.served import forget
from shared.serving.targets import target
from shared.web import language, local_text, posted_submission_id, principal, read_form, require, see_other
from shared.web.kept import kept_fields

if TYPE_CHECKING:
    from shared.formkit.check import Checked
    from shared.formkit.definition import Answers, Step
    from shared.formkit.repeats import Posted

pages = Blueprint("drafts", __name__, url_prefix="/anmal")
pages.before_request(require(Kind.REPORTER))

_OURS: Final = frozenset({"csrf_token", "submission_id", "later"})
_TRIES: Final = 4


@pages.post("/utkast")
def begin() -> Response:
    """A new draft with what the login knows; the same button pressed twice is one draft."""
    read_form(one=())
    return see_other(step_path(own_drafts.begin(posted_submission_id()), report_form().steps[0]))


@pages.post("/tillagg/<slug>")
def add(slug: str) -> Response:
    """A new draft from a page whose draft had been sent already."""
    step = _step(slug)
    _read(step, {})  # what is refused begins no draft
    draft = own_drafts.begin(posted_submission_id())
    _write(draft, step)
    return see_other(step_path(draft, step))


@pages.get("/utkast/<id>")
def resume(id: str) -> Response:
    """On to the first question after those that have been answered."""
    draft = own_drafts.find(id)
    return see_other(onward(draft, _last_answered(draft.answers)))


@pages.get("/utkast/<id>/<slug>")
def ask(id: str, slug: str) -> ResponseReturnValue:
    """One question with the saved answer."""
    from shared.formkit.steps import visible_steps

    draft, step = own_drafts.find(id), _step(slug)
    if step not in visible_steps(report_form(), draft.answers):
        return see_other(onward(draft, step))
    return FILES.shown(draft, step) if step.takes_files else _page(draft, step)


@pages.post("/utkast/<id>/<slug>")
def answer(id: str, slug: str) -> ResponseReturnValue:
    """Save what could be understood, then go on (303) or say what to put right (422)."""
    draft, step = own_drafts.find(id), _step(slug)
    draft, checked = _write(draft, step)
    if checked.problems:
        return _page(draft, step, checked), 422
    if checked.stay is not None:
        return see_other(f"{here(draft, step)}#{checked.stay}")
    if "later" in request.form:
        return see_other(url_for("drafts.saved", id=draft.id))
    if step.id == ACUTE and draft.answers.get("acute_now") == "yes":
        return see_other(url_for("drafts.danger", id=draft.id))
    return see_other(url_for("sending.check", id=draft.id) if from_check() else onward(draft, step))


@pages.get("/utkast/<id>/fara")
def danger(id: str) -> str:
    """Whom to call first, and the way on with the report."""
    draft = own_drafts.find(id)
    return render_template("danger.html", onward=onward(draft, report_form().steps[0]))


@pages.get("/utkast/<id>/sparat")
def saved(id: str) -> str:
    """What is saved, until when, and how to come back."""
    return render_template("saved.html", draft=own_drafts.find(id))


@pages.get("/utkast/<id>/ta-bort")
def ask_to_delete(id: str) -> str:
    """Ask before the draft goes."""
    return render_template("delete.html", draft=own_drafts.find(id))


@pages.post("/utkast/<id>/ta-bort")
def delete(id: str) -> Response:
    """The draft and its files are gone with their keys."""
    read_form(one=())
    draft = own_drafts.find(id)
    forget(draft)
    return see_other(url_for("receipts.mine"))


@pages.app_errorhandler(TooMany)
def too_many(_error: TooMany) -> ResponseReturnValue:
    """The drafts there are, one of which must go first, and what was typed."""
    slug = (request.view_args or {}).get("slug")
    drafts = house().drafts.of(report_owner(principal()))
    kept = kept_fields() if slug else []
    return render_template("too_many_drafts.html", drafts=drafts, kept=kept, slug=slug, most=MOST), 409


@pages.app_errorhandler(AlreadySent)
def already_sent(sent: AlreadySent) -> ResponseReturnValue:
    """The draft has been sent: the receipt, and what was typed since."""
    slug = (request.view_args or {}).get("slug", "")
    step = report_form().step(slug) if request.method == "POST" else None
    kept = [] if step is None else kept_fields()
    late = [] if step is None else _unsent(kept, sent, step)
    shown = render_template("already_sent.html", report=sent.report, kept=kept, unsent=late, slug=slug)
    return shown, 409 if request.method == "POST" else 200


def _unsent(kept: list[tuple[str, str]], sent: AlreadySent, step: "Step") -> list[tuple[str, str]]:
    from functions.concern_reports.too_late import unsent

    return unsent(kept, _posted(), sent.report, report_form(), step)


def _write(draft: Draft, step: "Step") -> tuple[Draft, "Checked"]:
    for _ in range(_TRIES):
        checked = _read(step, draft.answers)
        try:
            return house().drafts.save(draft, checked.answers), checked
        except (Conflict, NotFound):
            draft = own_drafts.find(draft.id)  # another page of the same draft was saved, or it was sent
    raise Conflict("drafts")


def _read(step: "Step", answers: "Answers") -> "Checked":
    from shared.formkit.check import check_step

    today = calendar.local_date(house().clock.now())
    checked = check_step(report_form(), step, _posted(), answers, today, half_done="later" in request.form)
    if checked.foreign or any(len(request.form.getlist(name)) > 1 for name in _OURS):
        raise BadRequest
    return checked


def _posted() -> "Posted":
    return {name: values for name, values in request.form.lists() if name not in _OURS}


def _page(draft: Draft, step: "Step", checked: "Checked | None" = None) -> str:
    from shared.formkit.page import page

    form, problems = report_form(), () if checked is None else checked.problems
    shown = page(
        form, step, draft.answers, language(),
        posted=None if checked is None else _posted(),
        problems=problems, fill=SERVED.fill(),
    )  # fmt: skip
    return render_template(
        "question_step.html", page=shown, draft=draft, step=step, name=local_text(step.name),
        back=way_back(draft, step), action=here(draft, step), from_check=from_check(),
        errors={target(one): one.text[language()] for one in problems},
    )  # fmt: skip


def _last_answered(answers: "Answers") -> "Step":
    form = report_form()
    own = [step for step in form.steps if any(one.id in answers and not one.fact for one in step.fields)]
    return own[-1] if own else form.steps[0]


def _step(slug: str) -> "Step":
    return report_form().step(slug) or abort(404)
