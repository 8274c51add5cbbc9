"""This service: whose its drafts are, and which form they answer."""

from typing import Final

from functions.concern_reports import own_drafts
from functions.concern_reports.report_form import report_form
from shared.domain.principals import Kind
from shared.serving.attaching import Attaching
from shared.serving.served import Served

SERVED: Final = Served(
    prefix="/anmal",
    kind=Kind.REPORTER,
    find=own_drafts.find,
    form=lambda _draft: report_form(),
    frame="report_frame.html",
    files="files_step.html",
)
FILES: Final = Attaching(SERVED)
