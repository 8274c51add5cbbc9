"""Checking the answers and sending the report."""

from typing import TYPE_CHECKING, Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from functions.concern_reports.drafting import already_sent
from functions.concern_reports.opening import reading
from functions.concern_reports.report_form import is_acute, report_form
from functions.concern_reports.served import SERVED
from shared import log
from shared.app import house
from shared.records.drafts import Draft
from shared.records.submissions import Sent
from shared.serving.borrowed import borrowed, in_words
from shared.serving.sending import Sending, changed
from shared.web import gettext as _
from shared.web import language, principal
from shared.web.form_paths import FormPaths

if TYPE_CHECKING:
    from shared.formkit.repeats import Posted

_CONFIRM: Final = "confirm"
CONFIRMED: Final = "yes"


def _receipt(id: str) -> str:
    return url_for("receipts.receipt", id=id)


def _deliver(draft: Draft, posted: "Posted") -> Sent | ResponseReturnValue:
    from functions.concern_reports import filing

    if posted.get(_CONFIRM) != [CONFIRMED]:
        return _page(draft, _("Kryssa i att du vill skicka anmälan")), 422
    municipality = house().municipality
    filed = filing.filed(
        report_form(), draft.answers, language(), house().clock.now(),
        show_date=in_words, fill=borrowed(municipality),
    )  # fmt: skip
    sent = house().reporting.file(principal(), filed, municipality.intake.id, draft)
    log.info("report.sent", kind="first" if sent.first else "again")
    return sent


def _page(draft: Draft, unconfirmed: str = "") -> str:
    from shared.formkit.lacking import missing, skipped
    from shared.formkit.submission import submission
    from shared.formkit.summary import summary

    form, municipality = report_form(), house().municipality
    kept = submission(form, draft.answers)
    return render_template(
        "check.html",
        draft=draft,
        paths=FormPaths(SERVED.paths(draft).base, checking=True),
        sections=summary(form, draft.answers, language(), show_date=in_words, fill=borrowed(municipality)),
        missing=missing(form, draft.answers),
        skipped=skipped(form, draft.answers),
        slugs={step.id: step.slug for step in form.steps},
        acute=is_acute(kept),
        reading=reading(municipality.opening, house().clock.now()),
        changed=changed(),
        errors={_CONFIRM: unconfirmed} if unconfirmed else {},
    )


SENDING: Final = Sending(SERVED, _page, _deliver, _receipt, closing=lambda _draft: (_CONFIRM,), late=already_sent)
