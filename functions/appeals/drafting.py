"""Drafts: taken up again on any device, put aside, deleted."""

from typing import Final

from flask import Blueprint, Response

from functions.appeals import own_drafts
from functions.appeals.residents import residents_only
from functions.appeals.served import SERVED
from shared.serving.kept_drafts import KeptDrafts
from shared.web import see_other

pages: Final = Blueprint("drafts", __name__, url_prefix="/overklaga")
pages.before_request(residents_only)
KeptDrafts(SERVED).join(pages)


@pages.get("/utkast/<id>")
def resume(id: str) -> Response:
    """On with it: to its first question, or to the check when that is answered."""
    from shared.formkit.lacking import remaining

    draft = own_drafts.find(id)
    form, paths = own_drafts.form_of(draft), SERVED.paths(draft)
    return see_other(paths.step(form.steps[0].slug) if remaining(form, draft.answers) else paths.check)
