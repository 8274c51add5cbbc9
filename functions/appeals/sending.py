"""Reading the appeal, or what is added to it, through and sending it."""

from typing import Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from functions.appeals import own_drafts
from functions.appeals.served import SERVED
from shared import log
from shared.app import house
from shared.domain.appeal_letters import court
from shared.domain.broken_rules import BrokenRule
from shared.records.drafts import Draft
from shared.records.submissions import Sent
from shared.serving.borrowed import borrowed, in_words
from shared.serving.sending import Sending, changed
from shared.web import language, principal, see_other
from shared.web.form_paths import FormPaths


def _receipt(id: str) -> str:
    return url_for("receipts.receipt", id=id)


def _deliver(draft: Draft, _posted: object) -> Sent | ResponseReturnValue:
    from functions.appeals.filing import appealed

    what = appealed(
        own_drafts.form_of(draft), draft.answers, language=language(), now=house().clock.now(), show_date=in_words,
        fill=borrowed(house().municipality),
    )  # fmt: skip
    try:
        sent = house().appellants.send(principal(), what, own_drafts.about(draft), draft)
    except BrokenRule:  # it can not be sent as things are now: the decision's page says why, and leads to the draft
        return see_other(url_for("start.about", decision=draft.about))
    log.info("appeal.sent", kind="first" if sent.first else "again")
    return sent


def _page(draft: Draft) -> str:
    from shared.formkit.lacking import missing
    from shared.formkit.summary import summary

    form, fill = own_drafts.form_of(draft), borrowed(house().municipality)
    paths = FormPaths(SERVED.paths(draft).base, checking=True)
    return render_template(
        "check.html",
        frame=SERVED.frame,
        draft=draft,
        paths=paths,
        back=FormPaths(paths.base).step(form.steps[-1].slug),
        missing=missing(form, draft.answers),
        groups=[("", summary(form, draft.answers, language(), show_date=in_words, fill=fill))],
        action=url_for("sending.send", id=draft.id),
        changed=changed(),
        court=court(house().municipality),
        case=own_drafts.its_case(draft),
    )


SENDING: Final = Sending(SERVED, _page, _deliver, _receipt)
