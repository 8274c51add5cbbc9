"""From answers to a filed report: what rules depend on is read out, and contact details are kept apart."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Final

from shared.domain import calendar
from shared.domain.assessments import Answer as Said
from shared.domain.cases import AgeBand, Child, age_band
from shared.domain.intake import Filed
from shared.formkit.definition import Answer, Answers, Field, Form
from shared.formkit.reading import ShowDate
from shared.formkit.repeats import items_of
from shared.formkit.snapshot import snapshot
from shared.formkit.submission import submission

VIOLENCE: Final = frozenset(
    {"physical_violence", "psychological_violence", "sexual_abuse", "witnessed_violence", "honour_oppression"}
)
"""Kinds of worry that count as suspected violence, also when the question about it was left open or denied."""
NOT_STATED: Final = "not_stated"
"""The source of a report whose writer did not say where she works."""


def filed(
    form: Form,
    answers: Answers,
    language: str,
    now: datetime,
    *,
    show_date: ShowDate = date.isoformat,
    fill: Mapping[str, str] | None = None,
) -> Filed:
    """The report to receive. `Incomplete` while something hard remains.

    `snapshot` is the form's record without the contact questions; `contact` is a record of the same kind that
    holds only them (a group of people whole, so that a number stands beside its name), or empty when nobody's
    contact details were given. Both are read with `read_snapshot`.
    """
    kept = submission(form, answers)
    reached = _reached(form, kept)
    record = snapshot(without_contact(form), kept, language, now, show_date=show_date, fill=fill)
    contact = snapshot(only_contact(form), reached, language, now, show_date=show_date, fill=fill) if reached else {}
    return Filed(
        child=_child(kept),
        source=_text(kept, "reporter_category") or NOT_STATED,
        snapshot=record,
        contact=contact,
        acute=is_acute(kept),
        violence=_violence(kept),
        feedback_requested=kept.get("feedback_requested") == "yes",
        born_estimate=_born_estimate(kept, calendar.local_date(now)),
    )


@cache
def without_contact(form: Form) -> Form:
    """The form without its contact questions."""
    steps = (replace(step, fields=tuple(_story(one) for one in step.fields if not one.contact)) for step in form.steps)
    return replace(form, steps=tuple(steps))


@cache
def only_contact(form: Form) -> Form:
    """The form with its contact questions alone, unconditional: it is asked of answers that count already."""
    steps = (
        replace(step, fields=tuple(replace(one, when=None) for one in step.fields if _tells_where(one)), when=None)
        for step in form.steps
    )
    return replace(form, steps=tuple(step for step in steps if step.fields))


def is_acute(kept: Answers) -> bool:
    """Whether the duty must know at once: the child is in danger now, or cannot go home today."""
    return kept.get("acute_now") == "yes" or kept.get("safe_at_home_today") == "no"


def _story(field: Field) -> Field:
    return replace(field, fields=tuple(one for one in field.fields if not one.contact))


def _tells_where(field: Field) -> bool:
    return field.contact or any(one.contact for one in field.fields)


def _reached(form: Form, kept: Answers) -> dict[str, Answer]:
    asked = (field for step in form.steps for field in step.fields)
    return {field.id: kept[field.id] for field in asked if field.id in kept and _says_where(field, kept[field.id])}


def _says_where(field: Field, answer: Answer) -> bool:
    apart = [one.id for one in field.fields if one.contact]
    return field.contact or any(item.get(one) is not None for item in items_of(answer) for one in apart)


def _child(kept: Answers) -> Child:
    number = kept.get("child_person_id")
    type_, value = (number.get("type"), str(number.get("value", ""))) if isinstance(number, dict) else (None, "")
    known = type_ in {"personnummer", "samordningsnummer"}
    described = (_text(kept, "child_area"), _text(kept, "child_description"), "" if known else value)
    return Child(
        name=" ".join(filter(None, (_text(kept, "child_given_name"), _text(kept, "child_family_name")))),
        number=value if known else "",
        born=_born(kept),
        described="\n".join(filter(None, described)),
        unborn=kept.get("child_unborn") is True,
    )


def _born(kept: Answers) -> str:
    age = kept.get("child_age")
    return _text(kept, "child_birth_date") or ("" if age is None else str(age))


def _born_estimate(kept: Answers, today: date) -> AgeBand:
    born, age = _text(kept, "child_birth_date"), kept.get("child_age")
    if born:
        return age_band(date.fromisoformat(born), today)
    return age_band(date(today.year - age, 1, 1), today) if isinstance(age, int) else AgeBand.UNKNOWN


def _violence(kept: Answers) -> Said:
    kinds = kept.get("concern_types")
    if isinstance(kinds, list) and not VIOLENCE.isdisjoint(str(one) for one in kinds):
        return Said.YES
    return Said(_text(kept, "violence_suspected") or Said.UNKNOWN)


def _text(kept: Answers, name: str) -> str:
    answer = kept.get(name)
    return answer if isinstance(answer, str) else ""
