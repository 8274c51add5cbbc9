"""The way through a report: where a question lies, what comes before it and what after."""

from typing import TYPE_CHECKING, Final

from flask import request, url_for

from functions.concern_reports.report_form import report_form
from shared.records.drafts import Draft

if TYPE_CHECKING:
    from shared.formkit.definition import Step

BACK_TO_CHECK: Final = "kontrollera"


def step_path(draft: Draft, step: "Step") -> str:
    """The address of one question."""
    return url_for("drafts.ask", id=draft.id, slug=step.slug)


def here(draft: Draft, step: "Step") -> str:
    """The same, with word of whether the answer leads back to the check page."""
    path = step_path(draft, step)
    return f"{path}?till={BACK_TO_CHECK}" if from_check() else path


def from_check() -> bool:
    """Whether the question was opened from the check page."""
    return request.args.get("till") == BACK_TO_CHECK


def onward(draft: Draft, step: "Step") -> str:
    """The next question, or the check page after the last."""
    from shared.formkit.steps import next_step

    following = next_step(report_form(), draft.answers, step)
    return step_path(draft, following) if following else url_for("sending.check", id=draft.id)


def way_back(draft: Draft, step: "Step") -> str:
    """The question before, or the check page if that is where it was opened."""
    from shared.formkit.steps import previous_step

    if from_check():
        return url_for("sending.check", id=draft.id)
    before = previous_step(report_form(), draft.answers, step)
    return step_path(draft, before) if before else "/anmal"
