"""What the preview shows, in the templates that the services use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Response, render_template, request

from shared.dev.form_preview.draft import FormFile
from shared.formkit.definition import Answers, Form, Problem, Step
from shared.formkit.item_pages import item_card, item_list, item_page
from shared.formkit.lacking import missing
from shared.formkit.page import StepPage, page
from shared.formkit.parts import by_part, part_of, parts
from shared.formkit.repeats import Posted
from shared.formkit.steps import previous_step
from shared.formkit.summary import Section, summary
from shared.web import language, local_text
from shared.web.form_paths import BACK, CHECK, FormPaths
from shared.web.words import day

_FRAME: Final = "preview_frame.html"
_FILL: Final = {
    "acute": "112",
    "out_of_hours": "031-\u2060390\u00a006\u00a012",
    "phone": "031-\u2060390\u00a006\u00a001",
    "municipality": "Exempelkommun",
}
_WATCHING: Final = """let seen
setInterval(async () => {
  const now = await (await fetch('/andrad')).text()
  if (seen && now !== seen) location.reload()
  seen = now
}, 700)
"""


def watching() -> Response:
    """The script that loads the page anew when the file has changed."""
    return Response(_WATCHING, mimetype="text/javascript")


def mistakes(file: FormFile) -> tuple[str, int]:
    """What is wrong with the file."""
    return render_template("mistakes.html", frame=_FRAME, file=file.path.name, mistakes=file.mistakes), 500


def own_paths() -> FormPaths:
    """The addresses of the preview; every answer leads back to the check when the question was opened there."""
    return FormPaths("", checking=request.args.get(BACK) == CHECK)


@dataclass(frozen=True, slots=True)
class Views:
    """The pages of one form with the answers so far."""

    form: Form
    answers: Answers
    today: date

    def parts(self) -> str:
        """The list of parts."""
        heading = local_text(self.form.title)
        shown = parts(self.form, self.answers)
        return render_template("form/parts.html", frame=_FRAME, parts=shown, paths=own_paths(), heading=heading)

    def ask(self, step: Step, posted: Posted | None = None, problems: Sequence[Problem] = ()) -> str:
        """One step."""
        shown = page(
            self.form, step, self.answers, language(),
            posted=posted, problems=problems, fill=_FILL, today=self.today,
        )  # fmt: skip
        return self._question(step, shown, problems, action=own_paths().step(step.slug), back=self._back(step))

    def item(self, step: Step, id: str, posted: Posted | None = None, problems: Sequence[Problem] = ()) -> str:
        """The page of one item."""
        shown = item_page(
            self.form, step, id, self.answers, language(),
            posted=posted, problems=problems, fill=_FILL, today=self.today,
        )  # fmt: skip
        paths = own_paths()
        return self._question(
            step, shown, problems, action=paths.item(step.slug, id), back=paths.step(step.slug)
        )  # fmt: skip

    def items(self, step: Step, problem: Problem | None = None) -> str:
        """The items of a group that have a page each."""
        paths = own_paths()
        shown = item_list(self.form, step, self.answers, language(), show_date=_day, fill=_FILL)
        return render_template(
            "form/items.html", frame=_FRAME, page=shown, paths=paths, name=local_text(step.name), part=self._part(step),
            back=self._back(step), errors={problem.name: problem.text[language()]} if problem else {},
            from_check=paths.checking,
        )  # fmt: skip

    def ask_to_remove(self, step: Step, id: str) -> str:
        """Ask before an item is taken away."""
        paths, card = own_paths(), item_card(self.form, step, id, self.answers, language(), show_date=_day, fill=_FILL)
        action, back = paths.remove(step.slug, id), paths.step(step.slug)
        return render_template("form/remove_item.html", frame=_FRAME, card=card, action=action, back=back)

    def check(self, problems: Sequence[Problem] = ()) -> str:
        """Everything that would be sent."""
        closing = self.form.closing
        last = page(self.form, closing, self.answers, language(), problems=problems, fill=_FILL) if closing else None
        return render_template(
            "form/check.html", frame=_FRAME, paths=FormPaths("", checking=True), back="/", closing=last,
            missing=missing(self.form, self.answers), groups=self._groups(),
            errors={one.name: one.text[language()] for one in problems}, action="/kontrollera", send="Skicka (övning)",
        )  # fmt: skip

    def _groups(self) -> list[tuple[str, Sequence[Section]]]:
        names = {part.id: local_text(part.name) for part in self.form.parts}
        sections = summary(self.form, self.answers, language(), show_date=_day, fill=_FILL)
        return [(names.get(part, ""), own) for part, own in by_part(self.form, sections)]

    def _question(
        self, step: Step, shown: StepPage, problems: Sequence[Problem], *, action: str, back: str
    ) -> str:  # fmt: skip
        return render_template(
            "form/ask.html", frame=_FRAME, page=shown, name=local_text(step.name), action=action, back=back,
            part=self._part(step), from_check=own_paths().checking, step=step,
            errors={one.name: one.text[language()] for one in problems},
        )  # fmt: skip

    def _part(self, step: Step) -> str:
        part = part_of(self.form, step)
        return local_text(part.name) if part else ""

    def _back(self, step: Step) -> str:
        if own_paths().checking:
            return "/kontrollera"
        before = previous_step(self.form, self.answers, step)
        if before and before.part == step.part:
            return f"/{before.slug}"
        return "/delar" if self.form.parts else "/"


def _day(when: date) -> str:
    return day(when, language())
