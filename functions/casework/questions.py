"""The questions of the forms that staff sign, as one case asks them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from shared.domain import calendar
from shared.domain.cases import Case, CaseKind, reference
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import CaseId
from shared.formkit.conditions import AnyOf
from shared.formkit.definition import Field, FieldType, Form, Option
from shared.formkit.loading import load
from shared.formkit.words import LANGUAGES
from shared.records.casefiles import OtherCase
from shared.settings import ROOT
from shared.web.words import day

PROTECTION: Final = "protection_assessment"
DECISION: Final = "preliminary_assessment"
APPLICATION_DECISION: Final = "application_decision"
APPLICATION_WITHDRAWAL: Final = "application_withdrawal"
EXTENSION: Final = "investigation_extension"
ENDING: Final = "investigation_ending"
FOLLOW_UP_ENDING: Final = "follow_up_ending"
NOTE: Final = "journal_note"
APPEAL_TIME: Final = "appeal_time"
APPEAL_LIFTING: Final = "appeal_lifting"
APPEAL_REVIEW: Final = "appeal_review"
APPEAL_HANDOVER: Final = "appeal_handover"
_FORMS: Final = ROOT / "forms"
_LEAD_REASONS: Final = "violence_reason"
_VIOLENCE_NOTICE: Final = "violence_notice"
_NOTHING_ONGOING: Final = "nothing_ongoing"
_INVESTIGATION: Final = "investigation"
_OF_A_CHILD: Final = frozenset({"child", "guardian", "child_alone"})
_OF_AN_APPLICANT: Final = frozenset({"applicant"})
"""Answers to what a note asks that fit in a case about a child alone, and in one about somebody who applies."""
_NEVER: Final = AnyOf(())
"""No answer calls for the question: it is not shown, and what was written there before is kept but does not count."""


def protection() -> Form:
    """The protection assessment: the same in every case."""
    return load(_FORMS / f"{PROTECTION}.toml")


def application_decision() -> Form:
    """The decision on an application: the same in every case."""
    return load(_FORMS / f"{APPLICATION_DECISION}.toml")


def application_withdrawal() -> Form:
    """That an application was taken back: the same in every case."""
    return load(_FORMS / f"{APPLICATION_WITHDRAWAL}.toml")


def extension() -> Form:
    """More time for an investigation."""
    return load(_FORMS / f"{EXTENSION}.toml")


def ending() -> Form:
    """The decision that ends an investigation."""
    return load(_FORMS / f"{ENDING}.toml")


def follow_up_ending() -> Form:
    """The decision that ends the following up after an investigation."""
    return load(_FORMS / f"{FOLLOW_UP_ENDING}.toml")


def appeal(name: str) -> Form:
    """One of the forms about an appeal: the same in every case."""
    return load(_FORMS / f"{name}.toml")


def note(case: Case | None = None) -> Form:
    """A journal note, with those whom the case may be about; without a case it knows everybody."""
    form = load(_FORMS / f"{NOTE}.toml")
    if case is None:
        return form
    others = _OF_A_CHILD if case.application is not None else _OF_AN_APPLICANT
    (step,) = form.steps
    fields = (replace(one, options=tuple(by for by in one.options if by.code not in others)) for one in step.fields)
    return replace(form, steps=(replace(step, fields=tuple(fields)),))


def decision(
    ongoing: Sequence[OtherCase] | None, *, violence: bool, lead: bool, signed: PreliminaryForm | None = None
) -> Form:
    """The decision: the investigations to attach to, and the lead's reasons only to a lead where they matter.

    What `signed` says can be read in it, whatever has happened since. When nobody has asked what is `ongoing` (None)
    any investigation may be named: whether it takes the report is for the rules to say.
    """
    options = {one.id: _option(one.id, calendar.local_date(one.opened_at)) for one in ongoing or ()}
    if signed is not None and signed.investigation:
        options.setdefault(CaseId(signed.investigation), _option(CaseId(signed.investigation)))
    asked = {
        _NOTHING_ONGOING: ongoing is not None and not options,
        _INVESTIGATION: ongoing is None or bool(options),
        _VIOLENCE_NOTICE: violence,
        _LEAD_REASONS: (violence and lead) or (signed is not None and bool(signed.violence_reason)),
    }
    form = load(_FORMS / f"{DECISION}.toml")
    (step,) = form.steps
    choice = None if ongoing is None else tuple(options.values())
    fields = tuple(_fitted(one, choice, asked=asked.get(one.id, True)) for one in step.fields)
    return replace(form, steps=(replace(step, fields=fields),))


def _fitted(field: Field, investigations: tuple[Option, ...] | None, *, asked: bool) -> Field:
    if field.id == _INVESTIGATION and investigations is not None:
        field = replace(field, type=FieldType.RADIO, options=investigations)
    if field.id == "outcome" and investigations == ():
        return replace(field, options=tuple(one for one in field.options if one.code != Outcome.ONGOING))
    return field if asked else replace(field, when=_NEVER)


def _option(id: CaseId, opened: date | None = None) -> Option:
    name = reference(CaseKind.UTREDNING, id)
    if opened is None:
        return Option(id, dict.fromkeys(LANGUAGES, name))
    return Option(id, {"sv": f"{name}, inledd {day(opened, 'sv')}", "en": f"{name}, opened {day(opened, 'en')}"})
