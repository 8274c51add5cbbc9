"""What the login knows, as the first answers of a new draft."""

from collections.abc import Mapping

from shared.formkit.definition import ONE_OF, Answer, Form
from shared.formkit.plain_text import cleaned


def initial(form: Form, facts: Mapping[str, str]) -> dict[str, Answer]:
    """Answers for the fields whose `fact` is given; a fact that no field asks for, or no option has, is left out."""
    answers: dict[str, Answer] = {}
    for field in (one for step in form.steps for one in step.fields if one.fact):
        text = cleaned(facts.get(field.fact or "", ""), lines=False)
        known = field.type not in ONE_OF or any(option.code == text for option in field.options)
        if text and known:
            answers[field.id] = text[: field.max_length] if field.max_length else text
    return answers
