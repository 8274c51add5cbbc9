"""From answers to a filed report: what rules depend on is read out, and contact details are kept apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
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

CONTACT: Final = frozenset({"child_address", "child_phone"})
"""How the child is reached, as reported: no register vouches for it."""
CONTACT_IN: Final[Mapping[str, frozenset[str]]] = {"guardians": frozenset({"phone", "email", "address"})}
"""The same of the people in a repeated group."""
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
    story, contact = without_contact(form), only_contact(form)
    reached = _reached(kept)
    record = snapshot(story, kept, language, now, show_date=show_date, fill=fill)
    return Filed(
        child=_child(kept),
        source=_text(kept, "reporter_category") or NOT_STATED,
        snapshot=record,
        contact=snapshot(contact, reached, language, now, show_date=show_date, fill=fill) if reached else {},
        acute=is_acute(kept),
        violence=_violence(kept),
        feedback_requested=kept.get("feedback_requested") == "yes",
        born_estimate=_born_estimate(kept, calendar.local_date(now)),
    )


def without_contact(form: Form) -> Form:
    """The form without its contact questions."""
    steps = (replace(step, fields=tuple(map(_thinned, filter(_is_story, step.fields)))) for step in form.steps)
    return replace(form, steps=tuple(steps))


def only_contact(form: Form) -> Form:
    """The form with its contact questions alone, unconditional: it is asked of answers that count already."""
    steps = (replace(step, fields=tuple(_asked_of_all(step.fields)), when=None) for step in form.steps)
    return replace(form, steps=tuple(step for step in steps if step.fields))


def is_acute(kept: Answers) -> bool:
    """Whether the duty must know at once: the child is in danger now, or cannot go home today."""
    return kept.get("acute_now") == "yes" or kept.get("safe_at_home_today") == "no"


def _asked_of_all(fields: Iterable[Field]) -> Iterator[Field]:
    return (replace(one, when=None) for one in fields if one.id in CONTACT or one.id in CONTACT_IN)


def _is_story(field: Field) -> bool:
    return field.id not in CONTACT


def _thinned(field: Field) -> Field:
    apart = CONTACT_IN.get(field.id, frozenset())
    return replace(field, fields=tuple(one for one in field.fields if one.id not in apart)) if apart else field


def _reached(kept: Answers) -> dict[str, Answer]:
    found = {name: kept[name] for name in kept if name in CONTACT}
    for name, apart in CONTACT_IN.items():
        if any(item.get(one) is not None for item in items_of(kept.get(name)) for one in apart):
            found[name] = kept[name]
    return found


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
    return _text(kept, "child_birth_date") or ("" if age is None else f"ungefär {age} år")


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
