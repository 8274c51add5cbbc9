"""What staff fill in to ask once more for what has come or is missing: items with a reason each, and a new last day."""

from collections.abc import Iterator

from functions.casework import supplement_form
from functions.casework.staff_forms import StaffForm
from functions.casework.supplement_form import said
from shared.domain import supplementing
from shared.domain.deadlines import last_day
from shared.domain.ids import ItemId
from shared.domain.supplementing import Asked
from shared.domain.supplements import LONGEST_WORDS, Supplement, Wanted
from shared.formkit.conditions import In
from shared.formkit.definition import Answers, Field, FieldType, Need, Option, Problem, Step
from shared.web import gettext


def asked_of(supplement: Supplement) -> StaffForm:
    """The form about this very supplement: what is written about one is never found in another."""
    fields = tuple(_fields(supplement))
    title = gettext("Be om det igen")
    return StaffForm(supplement_form.form(f"supplement_again-{supplement.id}", "igen", title, fields), supplement.case)


def usual(supplement: Supplement) -> Answers:
    """What stands in the form before anybody has answered: a day that is no earlier than the one there is."""
    until = max(supplementing.proposed(supplement_form.today()), last_day(supplement.due))
    return {"last_day": until.isoformat()}


def problems(supplement: Supplement, step: Step, answers: Answers) -> Iterator[Problem]:
    """What does not go together in the answers that count, as far as they have been given."""
    if not (answers.get("chosen") or supplement.missing):
        yield supplement_form.problem(step, "chosen", gettext("Välj vad du behöver igen"))
    yield from supplement_form.bad_day(step, answers)


def reasons(supplement: Supplement, answers: Answers) -> dict[ItemId, str]:
    """The items that are asked for once more, each with what is lacking."""
    chosen = answers.get("chosen")
    asked = (one.id for one in supplement.items if isinstance(chosen, list) and one.id in chosen)
    return {id: str(answers.get(f"words-{id}", "")) for id in asked}


def told(supplement: Supplement, answers: Answers) -> list[dict[str, str]]:
    """What the applicant will be told: what is asked for now, and what was missing before."""
    again = reasons(supplement, answers)
    items = [
        Wanted(one.id, one.name, again.get(one.id) or one.again or one.words)
        for one in supplement.items
        if one.id in again or not one.answered
    ]
    return supplement_form.told(Asked(tuple(items), supplement_form.last_day(answers), supplement.if_not))


def _fields(supplement: Supplement) -> Iterator[Field]:
    """The labels name each item, so that both texts of a conflict can be told apart by them."""
    options = tuple(Option(one.id, one.name) for one in supplement.items)
    yield Field("chosen", FieldType.MULTI, said(gettext("Vad behöver du igen?")), options=options)
    for one in supplement.items:
        yield Field(
            f"words-{one.id}",
            FieldType.TEXTAREA,
            one.name,
            max_length=LONGEST_WORDS,
            need=Need.HARD,
            missing=said(gettext("Skriv vad som fattas")),
            when=In("chosen", frozenset({one.id})),
        )
    yield supplement_form.day_field(gettext("Ny sista dag"))
