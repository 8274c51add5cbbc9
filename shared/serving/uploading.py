"""Files of a form in parts, for the script on the page: announced, sent part by part, taken up again, finished."""

import re
from typing import Any, Final

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from shared.app import house
from shared.domain.ids import UploadId
from shared.domain.principals import Kind
from shared.domain.received_files import FileState, Refusal
from shared.domain.uploads import PART, Announced, PartProblem, Upload
from shared.ports.store import NotFound
from shared.records.drafts import Draft
from shared.serving.attaching import asked
from shared.serving.refusals import in_words
from shared.serving.served import Served
from shared.web import language, principal, read_form

DIGEST: Final = "X-Part-SHA256"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SIZE: Final = re.compile(r"\d{1,12}")
_STATUS: Final = {PartProblem.UNKNOWN: 404, PartProblem.MISSING: 409, PartProblem.CHECKSUM: 409}


class Uploading:
    """What the script on the page of one service asks."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def pages(self) -> Blueprint:
        """`uploading`: files in parts."""
        found = Blueprint(
            f"{self._served.name}uploading", __name__, url_prefix=f"{self._served.prefix}/utkast/<id>/<slug>/delar"
        )
        found.before_request(self._theirs_only)
        found.post("", endpoint="announce")(self.announce)
        found.put("/<upload>/<int:number>", endpoint="keep")(self.keep)
        found.post("/<upload>/klar", endpoint="finish")(self.finish)
        return found

    def _theirs_only(self) -> ResponseReturnValue | None:
        if principal().kind is Kind.ANONYMOUS:
            return jsonify(problem="login"), 401  # a script can not be led to the login
        if self._served.guard is not None:
            return self._served.guard()
        return None if self._served.is_theirs() else abort(403)

    def announce(self, id: str, slug: str) -> ResponseReturnValue:
        """Which parts of the file are wanted; 200 when all of it is there already, 422 when it will not be received."""
        draft = self._served.find(id)
        _, question = asked(self._served, draft, slug)
        form = read_form(one=("name", "size", "sha256"))
        size, digest, name = form.text("size"), form.text("sha256"), form.text("name")
        if not (_SIZE.fullmatch(size) and _SHA256.fullmatch(digest) and name):
            raise BadRequest
        begun = house().uploads.begin(draft, question.id, Announced(name, int(size), digest))
        if begun is None:
            return _listed(draft, question.id)
        return _refused(name, begun) if isinstance(begun, Refusal) else _wanted(begun)

    def keep(self, id: str, slug: str, upload: str, number: int) -> ResponseReturnValue:
        """Keep one part; the same part again is answered alike."""
        draft = self._served.find(id)
        asked(self._served, draft, slug)
        kept = house().uploads.keep(
            draft, UploadId(upload), number, request.get_data(), request.headers.get(DIGEST, "")
        )
        return _problem(kept) if isinstance(kept, PartProblem) else _wanted(kept)

    def finish(self, id: str, slug: str, upload: str) -> ResponseReturnValue:
        """The file is received (200) or is not (422); 404 and 409 say to announce it again."""
        draft = self._served.find(id)
        _, question = asked(self._served, draft, slug)
        form = read_form(one=("name",))
        try:
            kept = house().uploads.finish(draft, UploadId(upload))
        except NotFound:
            self._served.find(id)
            raise
        if isinstance(kept, PartProblem):
            return _problem(kept)
        return _refused(form.text("name"), kept) if isinstance(kept, Refusal) else _listed(kept, question.id)


def _wanted(upload: Upload) -> Response:
    return jsonify(upload=upload.id, part=PART, parts=upload.parts, had=sorted(upload.had))


def _listed(draft: Draft, question: str) -> Response:
    """All files of the question, as the page lists them."""
    from shared.formkit.files import files_of, size_in_words

    states = {one.id: one.file.state for one in house().attachments.of(draft.id)}
    files: list[dict[str, Any]] = [
        {
            "id": one["id"],
            "name": one["name"],
            "size": size_in_words(one["size"], language()),
            "waits": states.get(one["id"]) is FileState.PENDING,
        }
        for one in files_of(draft.answers.get(question))
    ]
    return jsonify(files=files)


def _refused(name: str, refusal: Refusal) -> ResponseReturnValue:
    return jsonify(refused=in_words(name, refusal)), 422


def _problem(problem: PartProblem) -> ResponseReturnValue:
    return jsonify(problem=problem.value), _STATUS.get(problem, 400)
