"""One service that serves declared forms: where its drafts lie, whose they are, and what its pages look like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, request, url_for

from shared.app import house
from shared.domain.principals import Kind
from shared.domain.unbroken import unbroken
from shared.records.drafts import Draft
from shared.serving.borrowed import borrowed
from shared.web import principal, require
from shared.web.form_paths import BACK, CHECK, FormPaths

if TYPE_CHECKING:
    from shared.formkit.definition import Form, Step


@dataclass(frozen=True, slots=True)
class Served:
    """`find` gives the viewer's own draft with an id, or ends the request; `kept` does the same when it can not be sent
    any more. `form` is the form it answers.

    `guard` lets those through who may be here; `frame` is the template around every page, `question` the page of one
    question and `files` of one for files. `aside` is a page that an answer leads to before the way goes on,
    and `away` where whoever puts the draft aside or deletes it goes. `name`
    begins the names of the blueprints for files, where a function has more than one such service.
    """

    prefix: str
    kind: Kind
    find: Callable[[str], Draft]
    kept: Callable[[str], Draft]
    form: Callable[[Draft], "Form"]
    frame: str
    question: str = "form/ask.html"
    files: str = "form/files.html"
    aside: Callable[[Draft, "Step"], str | None] = lambda _draft, _step: None
    away: Callable[[Draft], str] = lambda _draft: url_for("receipts.mine")
    guard: Callable[[], Response | None] | None = None
    name: str = ""

    @property
    def start(self) -> str:
        """Where whoever goes back from the first page comes."""
        return self.prefix

    def paths(self, draft: Draft) -> FormPaths:
        """The addresses of the draft; every answer leads back to the check when the question was opened there."""
        return FormPaths(f"{self.prefix}/utkast/{draft.id}", checking=from_check())

    def step(self, draft: Draft, slug: str) -> "Step":
        """The page of the draft's form with this address; every other is 404."""
        step = self.form(draft).step(slug)
        return step if step is not None and not step.closes else abort(404)

    def onward(self, draft: Draft, step: "Step") -> str:
        """After the step: the next question, the list of parts at the end of a part, or the check at the end.

        Who began from an earlier form goes from part to part.
        """
        from shared.formkit.parts import next_in_part, part_after
        from shared.formkit.steps import next_step

        form, paths = self.form(draft), FormPaths(self.paths(draft).base)
        following = (next_in_part if form.parts else next_step)(form, draft.answers, step)
        if following is not None:
            return paths.step(following.slug)
        if not form.parts:
            return paths.check
        part = part_after(form, draft.answers, step)
        if part is None:
            return paths.parts
        return paths.check if part.first is None else paths.step(part.first.slug)

    def back(self, draft: Draft, step: "Step") -> str:
        """Before the step: the check if it was opened there, the question before, or where the form or part begins."""
        from shared.formkit.steps import previous_step

        form, paths = self.form(draft), FormPaths(self.paths(draft).base)
        if from_check():
            return paths.check
        before = previous_step(form, draft.answers, step)
        if before is not None and before.part == step.part:
            return paths.step(before.slug)
        return paths.parts if form.parts else self.start

    def fill(self) -> Mapping[str, str]:
        """The words for the places in the form's texts, for a narrow page."""
        return {place: unbroken(word) for place, word in borrowed(house().municipality).items()}

    def blueprint(self, name: str, below: str = "") -> Blueprint:
        """A blueprint for addresses below a draft's, for those whom the service is for."""
        pages = Blueprint(name, __name__, url_prefix=f"{self.prefix}/utkast/<id>{below}")
        pages.before_request(self.guard or require(self.kind))
        return pages

    def is_theirs(self) -> bool:
        """Whether whoever asks is one of those whom the service is for."""
        return principal().kind is self.kind


def from_check() -> bool:
    """Whether the question was opened from the check of the answers."""
    return request.args.get(BACK) == CHECK


def forget(draft: Draft) -> None:
    """The draft and its files are gone with their keys."""
    house().drafts.drop(draft)
    house().attachments.forget(draft.id)
    house().uploads.forget(draft.id)


def saved_page(draft: Draft) -> str:
    """Where a service tells what is saved and how to come back."""
    return url_for("drafts.saved", id=draft.id)
