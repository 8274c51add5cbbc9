"""This service: whose its drafts are, which form they answer, and the page that comes first in danger."""

from typing import TYPE_CHECKING, Final

from flask import url_for

from functions.concern_reports.own_drafts import OWN
from functions.concern_reports.report_form import ACUTE, in_danger_now, report_form
from shared.domain.principals import Kind
from shared.records.drafts import Draft
from shared.serving.attaching import Attaching
from shared.serving.served import Served

if TYPE_CHECKING:
    from shared.formkit.definition import Step


def _whom_to_call(draft: Draft, step: "Step") -> str | None:
    if step.id == ACUTE and in_danger_now(draft.answers):
        return url_for("drafts.danger", id=draft.id)
    return None


SERVED: Final = Served(
    prefix="/anmal",
    kind=Kind.REPORTER,
    find=OWN.find,
    kept=OWN.find,
    form=lambda _draft: report_form(),
    frame="report_frame.html",
    question="report_question.html",
    files="files_step.html",
    aside=_whom_to_call,
)
FILES: Final = Attaching(SERVED)
