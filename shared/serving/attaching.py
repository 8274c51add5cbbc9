"""Files of a form: chosen, received, listed and taken away again, with no more than a form."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from shared.app import house
from shared.domain.ids import FileId
from shared.domain.principals import Kind
from shared.domain.received_files import FileState, Refusal
from shared.ports.store import NotFound, Unavailable
from shared.records.drafts import Draft
from shared.serving.refusals import in_words
from shared.serving.served import Served, from_check, saved_page
from shared.web import allow_sending, language, local_text, principal, read_form, see_other, takes_files
from shared.web.paths import login_path

if TYPE_CHECKING:
    from shared.formkit.definition import Field, Step

INPUT: Final = "filer"
_MORE: Final = "ladda"
_REMOVE: Final = "ta-bort"


class Attaching:
    """The pages for files of one service."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def pages(self) -> Blueprint:
        """`attaching`: where a form with files is posted."""
        found = Blueprint(
            f"{self._served.name}attaching", __name__, url_prefix=f"{self._served.prefix}/utkast/<id>/<slug>/filer"
        )
        found.before_request(self._theirs_only)
        found.get("", endpoint="listed")(self.listed)
        found.post("", endpoint="attach")(takes_files(partial(self.attach)))
        return found

    def _theirs_only(self) -> Response | None:
        """Files can not be kept for who has been logged out: the page they were chosen on says so after the login."""
        who = principal()
        if who.kind is Kind.ANONYMOUS:
            step = request.path.rpartition("/")[0]
            return see_other(login_path(f"{step}?utan=filer" if request.method == "POST" else step))
        if self._served.guard is not None:
            return self._served.guard()
        return None if self._served.is_theirs() else abort(403)

    def listed(self, id: str, slug: str) -> Response:
        """The question itself."""
        draft = self._served.find(id)
        step, _ = asked(self._served, draft, slug)
        return see_other(self._served.paths(draft).step(step.slug))

    def attach(self, id: str, slug: str) -> ResponseReturnValue:
        """Receive what was chosen, whichever button was pressed, then go on (303) or say what was refused (422)."""
        draft = self._served.find(id)
        step, question = asked(self._served, draft, slug)
        form = read_form(one=(INPUT, _MORE, _REMOVE, "later"))
        if set(request.files) - {INPUT}:
            raise BadRequest
        try:
            if gone := form.text(_REMOVE):
                draft = house().attachments.remove(draft, FileId(gone))
            problems = list(received(draft, question))
        except NotFound:
            self._served.find(id)  # deleted, or sent: its page says which
            raise
        if problems:
            errors = {INPUT if n == 0 else f"{INPUT}-{n + 1}": words for n, words in enumerate(problems)}
            return self.shown(self._served.find(id), step, errors), 422
        paths = self._served.paths(draft)
        if form.text(_MORE) or gone:
            return see_other(paths.step(step.slug))
        if form.text("later"):
            return see_other(saved_page(draft))
        return see_other(paths.check if from_check() else self._served.onward(self._served.find(id), step))

    def shown(self, draft: Draft, step: "Step", errors: Mapping[str, str] = {}) -> str:
        """The question with the files that are there, and what was not received."""
        from shared.formkit.page import page
        from shared.formkit.parts import part_of

        allow_sending()
        form = self._served.form(draft)
        states = {one.id: one.file.state for one in house().attachments.of(draft.id)}
        part = part_of(form, step)
        return render_template(
            self._served.files, frame=self._served.frame, draft=draft, step=step, name=local_text(step.name),
            page=page(form, step, draft.answers, language(), fill=self._served.fill()),
            part=local_text(part.name) if part else "",
            back=self._served.back(draft, step), from_check=from_check(), errors=errors, lost="utan" in request.args,
            action=url_for("attaching.attach", id=draft.id, slug=step.slug, till=request.args.get("till")),
            pending={id for id, state in states.items() if state is FileState.PENDING},
            stopped={id for id, state in states.items() if state is FileState.REFUSED},
        )  # fmt: skip


def asked(served: Served, draft: Draft, slug: str) -> "tuple[Step, Field]":
    """The page with this address and its question for files; every other page is 404 here."""
    step = served.form(draft).step(slug)
    question = step and step.takes_files
    return (step, question) if step and question else abort(404)


def received(draft: Draft, question: "Field") -> Iterator[str]:
    """Receive each posted file by itself, as this is read; why one is not received, in words, stops no other."""
    for sent in request.files.getlist(INPUT):
        if not sent.filename:
            continue
        try:
            kept = house().attachments.add(draft, question.id, sent.filename, sent.stream.read())
        except Unavailable:
            yield in_words(sent.filename, None)
            continue
        if isinstance(kept, Refusal):
            yield in_words(sent.filename, kept)
        else:
            draft = kept
