"""What is said on one's honour when a form is sent: never kept in a draft, so that it is about what is sent."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from shared.formkit.definition import Answer, Answers, Field, FieldType, Form, Problem, Step
from shared.formkit.repeats import Posted
from shared.formkit.submission import Called, called_for

TICKED: Final = "yes"


@dataclass(frozen=True, slots=True)
class Attestation:
    """One thing confirmed: the words that stood beside the box, their SHA-256 in hex and the instant (aware UTC)."""

    field: str
    text: str
    sha256: str
    at: datetime


def attestations(called: Called) -> Iterator[tuple[Step, Field]]:
    """What must be confirmed before what the answers call for can be sent."""
    for step, fields in called.steps:
        yield from ((step, field) for field in fields if field.type is FieldType.ATTESTATION)


def check_attested(form: Form, answers: Answers, posted: Posted) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """The ids of what was confirmed on the page that sends, and words about what was not."""
    asked = list(attestations(called_for(form, answers)))
    ticked = frozenset(field.id for _, field in asked if list(posted.get(field.id, ())) == [TICKED])
    problems = (
        Problem(step.id, field.id, field.id, "missing", field.missing or field.label)
        for step, field in asked
        if field.id not in ticked
    )
    return ticked, tuple(problems)


def all_attested(called: Called, attested: Collection[str]) -> bool:
    """Whether everything that must be confirmed is among what was."""
    return all(field.id in attested for _, field in attestations(called))


def written(text: str, at: datetime) -> dict[str, Answer]:
    """The confirmation as it stands in the record of the form."""
    return {"text": text, "sha256": sha256(text.encode()).hexdigest(), "at": at.isoformat(timespec="microseconds")}


def as_read(field: str, found: dict[str, str]) -> Attestation:
    """The confirmation in a record."""
    return Attestation(field, found["text"], found["sha256"], datetime.fromisoformat(found["at"]))
