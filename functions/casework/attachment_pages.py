"""What was sent to a case: listed where it was sent, and given out as a file to save, never to show."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort

from shared.app import house
from shared.domain.attachments import Attachment
from shared.domain.cases import Case
from shared.domain.ids import CaseId, FileId
from shared.domain.received_files import FileState
from shared.formkit.files import size_in_words
from shared.serving.downloads import download
from shared.web import language, principal

pages = Blueprint("attachments", __name__, url_prefix="/arbete/arende/<id>/bilagor")


@pages.get("/<file>")
def fetch(id: str, file: str) -> Response:
    """The clean file, streamed, the reading logged first; it is not there for everybody who may not open the case."""
    return download(house().case_attachments.give(principal(), CaseId(id), FileId(file)) or abort(404))


def listed(case: Case) -> list[dict[str, Any]]:
    """The files that the case came in with, as its report's page shows them."""
    return rows(house().case_attachments.of(case))


def rows(attached: Sequence[Attachment]) -> list[dict[str, Any]]:
    """Files as a page lists them."""
    return [
        {
            "id": one.id,
            "name": one.file.name,
            "size": size_in_words(one.file.size, language()),
            "clean": one.file.state is FileState.CLEAN,
            "stopped": one.file.state is FileState.REFUSED,
        }
        for one in attached
    ]
