"""Reading through what is said to the own file, and sending it."""

from typing import TYPE_CHECKING, Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from functions.journal import own_drafts
from functions.journal.served import SERVED
from shared import log
from shared.app import house
from shared.domain.broken_rules import NotOpen
from shared.domain.ids import FileId
from shared.ports.store import NotFound
from shared.records.drafts import Draft, note_of
from shared.records.submissions import Sent
from shared.serving.sending import Sending, changed
from shared.web import ErrorWords, error_page, language, mark, principal
from shared.web.form_paths import FormPaths

if TYPE_CHECKING:
    from shared.records.objections import Written

_FULL: Final = ErrorWords(
    mark("Det gick inte att skicka härifrån"),
    mark("Här finns redan så mycket från dig som väntar på oss, eller så visas anteckningen inte längre."),
    mark("Inget har skickats. Det du skrev finns kvar."),
    mark("Ring oss, så skriver vi ner vad du säger."),
)
_NO: Final = "no"


def _receipt(id: str) -> str:
    return url_for("said.show", id=id)


def _deliver(draft: Draft, _posted: object) -> Sent | ResponseReturnValue:
    note = note_of(draft.id)
    try:
        sent = house().objections.send(principal(), note, _written(draft), draft)
    except (NotOpen, NotFound):
        return error_page(409, _FULL)
    log.info("own_file.said", kind="objection" if note else "addition")
    return sent


def _written(draft: Draft) -> "Written":
    from shared.formkit.files import file_ids
    from shared.formkit.lacking import remaining
    from shared.formkit.snapshot import Incomplete
    from shared.formkit.submission import submission
    from shared.records.objections import Written

    form = own_drafts.form_of(draft)
    if remaining(form, draft.answers):
        raise Incomplete
    kept = submission(form, draft.answers)
    files = tuple(map(FileId, file_ids(form, kept)))
    return Written(str(kept["text"]), files, asks=kept.get("answer") != _NO)


def _page(draft: Draft) -> str:
    from shared.formkit.lacking import missing
    from shared.formkit.summary import summary

    form = own_drafts.form_of(draft)
    return render_template(
        "say_check.html",
        draft=draft,
        paths=FormPaths(SERVED.paths(draft).base, checking=True),
        missing=missing(form, draft.answers),
        sections=summary(form, draft.answers, language()),
        objects=note_of(draft.id) is not None,
        asks=draft.answers.get("answer") != _NO,
        action=url_for("sending.send", id=draft.id),
        changed=changed(),
    )


SENDING: Final = Sending(SERVED, _page, _deliver, _receipt)
