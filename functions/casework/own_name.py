"""Whether the words that are sent tell who wrote them, where the name is left out (FL 33 §)."""

from collections.abc import Collection, Iterator
from typing import Final

from functions.casework import words
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.domain.phone_numbers import international
from shared.formkit.definition import WRITTEN, Answers, FieldType, Form, Problem
from shared.formkit.words import LANGUAGES
from shared.web import gettext, mark, principal

_TOLD: Final = mark("Ta bort ditt namn och ditt direktnummer: de ska inte stå i det som skickas")
_OF_OTHERS: Final = frozenset({"plan", "child_name", "other_name", "other_address", "recipients"})
"""What is not sent, or names somebody else."""
_COUNTRY: Final = 3
"""Characters of a country's code in front of a Swedish number: +46."""


def me() -> Staff:
    """The viewer, as the municipality knows its staff."""
    return words.directory().staff[StaffId(str(principal().staff))]


def sent_fields(form: Form) -> list[str]:
    """The fields of a letter's form in which anything can be written that is sent."""
    kinds = WRITTEN | {FieldType.PHONE}
    return [one.id for one in form.steps[0].fields if one.type in kinds and one.id not in _OF_OTHERS]


def told(form: Form, answers: Answers, fields: Collection[str]) -> Iterator[Problem]:
    """A problem for each field in which the viewer's whole name or own number stands, however it is spaced."""
    step, who = form.steps[0], me()
    for name in fields:
        said = str(answers.get(name) or "")
        if _spaced(who.name) in _spaced(said) or _rings(who, said):
            yield Problem(step.id, name, name, "own_name", dict.fromkeys(LANGUAGES, gettext(_TOLD)))


def _rings(who: Staff, said: str) -> bool:
    """Whether the person's own number stands there; one that is the unit's tells nobody."""
    own, of_unit = (international(number)[_COUNTRY:] for number in (who.phone, words.directory().units[who.unit].phone))
    return bool(own) and own != of_unit and own in "".join(filter(str.isdigit, said))


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split())
