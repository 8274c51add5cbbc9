"""Checking the answers, confirming them on one's honour, and sending them."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from functions.applications import own_drafts
from functions.applications.served import SERVED
from shared import log
from shared.app import house
from shared.records.drafts import Draft
from shared.records.submissions import Sent
from shared.serving.borrowed import borrowed, in_words
from shared.serving.sending import Sending, changed
from shared.web import language, local_text, principal
from shared.web.form_paths import FormPaths

if TYPE_CHECKING:
    from shared.formkit.definition import Form, Problem
    from shared.formkit.repeats import Posted
    from shared.formkit.summary import Section


def _receipt(id: str) -> str:
    return url_for("receipts.receipt", id=id)


def _confirmed(draft: Draft) -> Collection[str]:
    closing = own_drafts.form_of(draft).closing
    return () if closing is None else [field.id for field in closing.fields]


def _deliver(draft: Draft, posted: "Posted") -> Sent | ResponseReturnValue:
    from functions.applications.filing import applied
    from shared.formkit.attesting import check_attested

    form, who, municipality = own_drafts.form_of(draft), principal(), house().municipality
    attested, problems = check_attested(form, draft.answers, posted)
    if problems:
        return _page(draft, problems), 422
    what = applied(
        form, draft.answers, attested, (who.name, house().sessions.number(who)),
        language=language(), now=house().clock.now(), show_date=in_words, fill=borrowed(municipality),
    )  # fmt: skip
    sent = house().applicants.send(who, what, municipality.receives(what.kind).id, draft)
    log.info("application.sent", kind="first" if sent.first else "again")
    return sent


def _page(draft: Draft, problems: "Sequence[Problem]" = ()) -> str:
    from shared.formkit.lacking import missing
    from shared.formkit.page import page

    form, fill = own_drafts.form_of(draft), SERVED.fill()
    closing = form.closing
    last = page(form, closing, draft.answers, language(), problems=problems, fill=fill) if closing else None
    paths = FormPaths(SERVED.paths(draft).base, checking=True)
    return render_template(
        "check.html",
        frame=SERVED.frame,
        draft=draft,
        paths=paths,
        back=paths.parts if form.parts else paths.step(form.steps[0].slug),
        closing=last,
        missing=missing(form, draft.answers),
        groups=_groups(form, draft),
        errors={one.name: one.text[language()] for one in problems},
        action=url_for("sending.send", id=draft.id),
        changed=changed(),
    )


def _groups(form: "Form", draft: Draft) -> "list[tuple[str, Sequence[Section]]]":
    from shared.formkit.parts import by_part
    from shared.formkit.summary import summary

    names = {part.id: local_text(part.name) for part in form.parts}
    fill = borrowed(house().municipality)
    sections = summary(form, draft.answers, language(), show_date=in_words, fill=fill)
    return [(names.get(part, ""), own) for part, own in by_part(form, sections)]


SENDING: Final = Sending(SERVED, _page, _deliver, _receipt, closing=_confirmed)
