"""Drafts: begun, taken up again on any device, put aside, deleted."""

from typing import Final

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.applications import own_drafts
from functions.applications.declared_forms import open_form
from functions.applications.own_drafts import Closed
from functions.applications.residents import residents_only
from functions.applications.served import SERVED
from shared.app import house
from shared.records.drafts import MOST, applicant
from shared.serving.kept_drafts import KeptDrafts
from shared.serving.own_drafts import TooMany
from shared.web import language, posted_submission_id, principal, read_form, see_other
from shared.web.kept import kept_fields

pages: Final = Blueprint("drafts", __name__, url_prefix="/ansok")
pages.before_request(residents_only)
KeptDrafts(SERVED).join(pages)


@pages.post("/<slug>/utkast")
def begin(slug: str) -> Response:
    """A new draft with what is known; the same button pressed twice is one draft."""
    return _begun(slug, again=False)


@pages.post("/<slug>/igen")
def begin_again(slug: str) -> Response:
    """The same, begun from what the person last sent of this form."""
    return _begun(slug, again=True)


def _begun(slug: str, *, again: bool) -> Response:
    read_form(one=())
    draft = own_drafts.begin(open_form(slug), posted_submission_id(), again=again)
    return see_other(url_for("drafts.resume", id=draft.id))


@pages.get("/utkast/<id>")
def resume(id: str) -> Response:
    """On with it: to its parts."""
    draft = own_drafts.find(id)
    form, paths = own_drafts.form_of(draft), SERVED.paths(draft)
    return see_other(paths.parts if form.parts else paths.step(form.steps[0].slug))


@pages.app_errorhandler(TooMany)
def too_many(_error: TooMany) -> ResponseReturnValue:
    """The drafts there are, one of which must go first."""
    drafts = [one for one in house().drafts.of(applicant(principal())) if not one.about]
    return render_template("too_many_drafts.html", drafts=drafts, most=MOST), 409


@pages.app_errorhandler(Closed)
def closed(error: Closed) -> ResponseReturnValue:
    """The form can not be sent any more: what was written can be read, and somebody to call."""
    from shared.formkit.summary import summary
    from shared.serving.borrowed import borrowed, in_words

    form, answers = error.form, error.draft.answers
    fill = borrowed(house().municipality)
    written = () if form is None else summary(form, answers, language(), show_date=in_words, fill=fill)
    kept = kept_fields() if request.method == "POST" else []
    shown = render_template("closed.html", draft=error.draft, sections=written, kept=kept)
    return shown, 409 if request.method == "POST" else 200
