"""What was sent along with the report: listed on its page, and given out as a file to save, never to show."""

from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, Response, abort

from shared.app import house
from shared.domain.cases import Case
from shared.domain.file_types import FORMS
from shared.domain.ids import CaseId, FileId
from shared.domain.received_files import FileState
from shared.formkit.files import size_in_words
from shared.web import content_security_policy, language, principal

pages = Blueprint("attachments", __name__, url_prefix="/arbete/arende/<id>/bilagor")

_ASCII_NAME: Final = "bilaga"


@pages.get("/<file>")
def fetch(id: str, file: str) -> Response:
    """The clean file, streamed, the reading logged first; it is not there for everybody who may not open the case."""
    given = house().case_attachments.give(principal(), CaseId(id), FileId(file)) or abort(404)
    kept = given.attachment.file
    response = Response(given.content, mimetype=FORMS[kept.kind].media_type, direct_passthrough=True)
    response.content_length = kept.size
    response.headers["Content-Disposition"] = _as_download(kept.name, FORMS[kept.kind].endings[0])
    response.headers["Content-Security-Policy"] = content_security_policy([], "sandbox")
    return response


def listed(case: Case) -> list[dict[str, Any]]:
    """The files of the case as its report's page shows them."""
    return [
        {
            "id": one.id,
            "name": one.file.name,
            "size": size_in_words(one.file.size, language()),
            "clean": one.file.state is FileState.CLEAN,
            "stopped": one.file.state is FileState.REFUSED,
        }
        for one in house().case_attachments.of(case)
    ]


def _as_download(name: str, ending: str) -> str:
    """RFC 6266: the name in UTF-8, and one that every program can read beside it."""
    return f"attachment; filename=\"{_ASCII_NAME}{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
