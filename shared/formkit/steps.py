"""The way through a form: which steps the answers so far call for, and in what order."""

from dataclasses import dataclass

from shared.formkit.conditions import fields_of
from shared.formkit.definition import Answers, Form, Step
from shared.formkit.submission import called_for
from shared.formkit.words import Texts, words


@dataclass(frozen=True, slots=True)
class Progress:
    """Where in the form a step stands; the total changes with the answers, so it is said as "about"."""

    number: int
    total: int

    @property
    def text(self) -> Texts:
        """In words by language: Fråga 3 av ungefär 12."""
        return words("progress", number=self.number, total=self.total)


def visible_steps(form: Form, answers: Answers) -> tuple[Step, ...]:
    """The steps that the answers call for, in order; what is confirmed when the form is sent is no step on the way."""
    return tuple(step for step, _ in called_for(form, answers).steps if not step.closes)


def deciding(form: Form, answers: Answers, step: Step) -> tuple[Step, ...]:
    """The visible steps whose answers decide whether the step is asked, in form order."""
    looked_at = set(fields_of(step.when))
    return tuple(one for one in visible_steps(form, answers) if any(field.id in looked_at for field in one.fields))


def next_step(form: Form, answers: Answers, step: Step) -> Step | None:
    """The step to go on to, or None when it is time to check the answers."""
    place = form.steps.index(step)
    return next((one for one in visible_steps(form, answers) if form.steps.index(one) > place), None)


def previous_step(form: Form, answers: Answers, step: Step) -> Step | None:
    """The step to go back to, or None from the first."""
    place = form.steps.index(step)
    return next((one for one in reversed(visible_steps(form, answers)) if form.steps.index(one) < place), None)


def progress(form: Form, answers: Answers, step: Step) -> Progress:
    """The step's place among the steps of its part, or of a form without parts, that the answers call for."""
    visible = [one for one in visible_steps(form, answers) if one.part == step.part]
    place = form.steps.index(step)
    return Progress(1 + sum(form.steps.index(one) < place for one in visible), len(visible))
