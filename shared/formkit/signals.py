"""What whoever receives a form must see at once: named conditions on its answers, for an order of work and no more."""

from shared.formkit.conditions import holds
from shared.formkit.definition import Answers, Form
from shared.formkit.submission import submission


def signals(form: Form, answers: Answers) -> tuple[str, ...]:
    """The ids of the form's signals that the answers that count give, in the form's order."""
    kept = submission(form, answers)
    return tuple(one.id for one in form.signals if holds(one.when, kept))
