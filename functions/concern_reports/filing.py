"""From answers to a filed report: what rules depend on is read out, and contact details are kept apart."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from functions.concern_reports.report_form import is_acute
from shared.domain import calendar
from shared.domain.assessments import Answer as Said
from shared.domain.cases import AgeBand, CasePerson, age_band
from shared.domain.ids import FileId
from shared.domain.intake import Filed
from shared.formkit.apart import only_contact, without_contact
from shared.formkit.definition import Answers, Form
from shared.formkit.files import file_ids
from shared.formkit.reading import ShowDate
from shared.formkit.snapshot import complete, record

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
    called = complete(form, answers)
    kept, apart = called.kept, only_contact(called)
    story = record(form, without_contact(called), language, now, show_date=show_date, fill=fill)
    contact = record(form, apart, language, now, show_date=show_date, fill=fill) if apart.kept else {}
    return Filed(
        child=_child(kept),
        source=_text(kept, "reporter_category") or NOT_STATED,
        snapshot=story,
        contact=contact,
        acute=is_acute(kept),
        violence=_violence(kept),
        feedback_requested=kept.get("feedback_requested") == "yes",
        born_estimate=_born_estimate(kept, calendar.local_date(now)),
        attachments=tuple(map(FileId, file_ids(form, kept))),
    )


def _child(kept: Answers) -> CasePerson:
    number = kept.get("child_person_id")
    type_, value = (number.get("type"), str(number.get("value", ""))) if isinstance(number, dict) else (None, "")
    known = type_ in {"personnummer", "samordningsnummer"}
    described = (_text(kept, "child_area"), _text(kept, "child_description"), "" if known else value)
    return CasePerson(
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
