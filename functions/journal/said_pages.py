"""One thing that the person has said of the own file: that it has come in, what came with it, and what came of it."""

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort, render_template, url_for

from functions.journal import words
from functions.journal.privately import privately
from shared.app import house
from shared.domain.ids import FileId, ItemId, is_id
from shared.domain.received_files import FileState
from shared.serving.downloads import download
from shared.web import language, principal
from shared.web.seen_pages import opened_or_not_at_all

if TYPE_CHECKING:
    from shared.domain.attachments import Attachment
    from shared.domain.objection_items import Objection

pages: Final = Blueprint("said", __name__, url_prefix="/journal/sagt/<id>")
pages.before_request(privately)
pages.before_request(opened_or_not_at_all)


@pages.get("")
def show(id: str) -> str:
    """What was said, as it was sent, with the answer or the day it comes."""
    said, now = _own(id), house().clock.now()
    note = house().own_file.entry(principal(), said.note) if said.note else None
    return render_template(
        "said.html",
        said=words.said(said, now),
        unit=said.unit,
        files=[_file(said, one) for one in house().sent_files.of(said)],
        note=words.note(note, now) if note else None,
    )


@pages.get("/filer/<file>")
def fetch(id: str, file: str) -> Response:
    """The clean file, streamed, the reading logged first."""
    given = house().sent_files.give(principal(), _own(id), FileId(file)) or abort(404)
    return download(given)


def _own(id: str) -> "Objection":
    return (house().objections.own_one(principal(), ItemId(id)) if is_id(id) else None) or abort(404)


def _file(said: "Objection", one: "Attachment") -> dict[str, Any]:
    from shared.formkit.files import size_in_words

    return {
        "name": one.file.name,
        "size": size_in_words(one.file.size, language()),
        "href": url_for("said.fetch", id=said.id, file=one.id) if one.file.state is FileState.CLEAN else "",
        "stopped": one.file.state is FileState.REFUSED,
    }
