"""Giving out a file that somebody sent: to save and never to show, with a media type of ours, in a sandbox."""

from typing import Final
from urllib.parse import quote

from flask import Response

from shared.domain.file_types import FORMS
from shared.records.case_attachments import Given
from shared.web import content_security_policy

_ASCII_NAME: Final = "bilaga"


def download(given: Given) -> Response:
    """The file, streamed; that it is being read has been logged before."""
    kept = given.attachment.file
    form = FORMS[kept.kind]
    response = Response(given.content, mimetype=form.media_type, direct_passthrough=True)
    response.content_length = kept.size
    response.headers["Content-Disposition"] = _as_download(kept.name, form.endings[0])
    response.headers["Content-Security-Policy"] = content_security_policy([], "sandbox")
    return response


def _as_download(name: str, ending: str) -> str:
    """RFC 6266: the name in UTF-8, and one that every program can read beside it."""
    return f"attachment; filename=\"{_ASCII_NAME}{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
