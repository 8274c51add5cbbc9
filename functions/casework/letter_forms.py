"""What staff are asked in a letter: who gets it and how, what it says, and what the case already knows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from functions.casework import words
from functions.casework.own_name import me
from shared.domain.cases import Case
from shared.domain.letters import LetterKind, Recipient, Relation
from shared.domain.naming import Naming
from shared.formkit.conditions import AnyOf, In
from shared.formkit.definition import Answer, Answers, Field, FieldType, Form, Option, Problem
from shared.formkit.identity_number import PERSONNUMMER, SAMORDNINGSNUMMER
from shared.formkit.letter_text import LetterText, load_letter
from shared.formkit.loading import load
from shared.formkit.words import LANGUAGES
from shared.settings import ROOT
from shared.web import gettext, mark

OTHER: Final = "other"
RECIPIENTS: Final = "recipients"
"""The field of whom the letter goes to."""
_CODE: Final = re.compile("[0-9a-f]{16,64}")
_FORMS: Final = ROOT / "forms"
_TO_OTHER: Final = In(RECIPIENTS, frozenset({OTHER}))
_NEVER: Final = AnyOf(())
_DAYS: Final = ("meeting_date", "answer_by", "new_day")
"""Days in a letter that lie ahead."""
RELATIONS: Final = {
    Relation.GUARDIAN: mark("vårdnadshavare"),
    Relation.CHILD: mark("barnet själv"),
    Relation.OTHER: mark("angiven av handläggaren"),
    Relation.APPLICANT: mark("den som har ansökt"),
}
_FORWARDED: Final = mark("Skyddade personuppgifter: på papper går brevet genom Skatteverkets förmedling.")
_UNCONFIRMED: Final = mark("Inte bekräftad: något i registret går inte ihop.")
_SOMEBODY: Final = mark("Någon annan")
_AHEAD: Final = mark("Dagen måste vara i dag eller senare")
_ANOTHER: Final = mark("Registret har ett annat namn på numret, eller personen lever inte. Kontrollera båda.")
_WHOLE_NUMBER: Final = mark("Skriv ett helt personnummer eller samordningsnummer")


def letter_text(kind: LetterKind) -> LetterText:
    """The words of this kind of letter."""
    return load_letter(_FORMS / "letters" / f"{kind}.toml")


def questions(kind: LetterKind, known: Sequence[Recipient], *, plan: bool) -> Form:
    """Everything that is asked for the letter: `known` may be chosen, and `plan` is asked for where it is needed."""
    to, written = load(_FORMS / "letter_recipients.toml"), load(_FORMS / f"letter_{kind}.toml")
    (asked,), (step,) = to.steps, written.steps
    first = [_fitted(one, known, plan=plan) for one in asked.fields]
    return replace(written, steps=(replace(step, fields=(*first, *step.fields)),))


def with_chosen(form: Form, chosen: Sequence[str]) -> Form:
    """The same with whoever is `chosen`, by the codes of an earlier page of it, as one to choose."""
    (step,) = form.steps
    more = tuple(Option(code, {}) for code in dict.fromkeys(chosen) if _CODE.fullmatch(code))
    fields = (replace(one, options=(*more, *one.options)) if one.id == RECIPIENTS else one for one in step.fields)
    return replace(form, steps=(replace(step, fields=tuple(fields)),))


def to_applicant(form: Form) -> Form:
    """The same to whoever applied, and to nobody else: it names no child."""
    (step,) = form.steps
    fields = tuple(_to_applicant(one) for one in step.fields if one.id != "child_name")
    return replace(form, steps=(replace(step, fields=fields),))


def prefilled(kind: LetterKind, case: Case, naming: Naming) -> dict[str, Answer]:
    """What the case and the municipality know already, and what usually stands in such a letter.

    Where the sender is not named the phone is the unit's.
    """
    here = words.directory()
    own = me().phone if naming is Naming.NAMED else ""
    phone = own or here.units[case.unit].phone
    visit = here.contact.visit["sv"]
    known = {"child_name": case.person.name, "contact_phone": phone, "place": visit.rpartition(": ")[2]}
    return {**letter_text(kind).usual, **known}


def for_form(form: Form, found: Mapping[str, Answer]) -> dict[str, Answer]:
    """Those of the answers that the form asks for and that are not empty."""
    asked = {field.id for step in form.steps for field in step.fields}
    return {name: answer for name, answer in found.items() if name in asked and answer}


def problems(form: Form, answers: Answers, today: date) -> Iterator[Problem]:
    """What only a letter demands: days ahead of us, and a whole identity number."""
    (step,) = form.steps
    for name in _DAYS:
        when = answers.get(name)
        if isinstance(when, str) and date.fromisoformat(when) < today:
            yield Problem(step.id, name, f"{name}-day", "ahead", _said(_AHEAD))
    number = answers.get("other_number")
    if isinstance(number, dict) and number.get("type") not in {PERSONNUMMER, SAMORDNINGSNUMMER}:
        yield Problem(step.id, "other_number", "other_number", "whole_number", _said(_WHOLE_NUMBER))


def promised(answers: Answers) -> date | None:
    """The day that a notice of delay promises; None in every other letter."""
    when = answers.get("new_day")
    return date.fromisoformat(when) if isinstance(when, str) and when else None


def another_person(form: Form) -> Problem:
    """The register has somebody else at the number; it is not told whom."""
    return Problem(form.steps[0].id, "other_number", "other_number", "another_person", _said(_ANOTHER))


def _fitted(field: Field, known: Sequence[Recipient], *, plan: bool) -> Field:
    if field.id == RECIPIENTS:
        return replace(field, type=FieldType.MULTI, options=(*map(_option, known), Option(OTHER, _said(_SOMEBODY))))
    if field.id.startswith("other_"):
        return replace(field, when=_TO_OTHER)
    return replace(field, when=_NEVER) if field.id == "plan" and not plan else field


def _to_applicant(field: Field) -> Field:
    if field.id == RECIPIENTS:
        return replace(field, options=tuple(one for one in field.options if one.code != OTHER))
    return replace(field, when=_NEVER) if field.id.startswith("other_") else field


def _option(one: Recipient) -> Option:
    label = dict.fromkeys(LANGUAGES, f"{one.name}, {gettext(RELATIONS[one.relation])}")
    care = _FORWARDED if one.forward else _UNCONFIRMED
    return Option(one.index, label, hint=_said(care) if one.forward or not one.confirmed else None)


def _said(msgid: str) -> dict[str, str]:
    """The words in the reader's language: the form is made anew for each page."""
    return dict.fromkeys(LANGUAGES, gettext(msgid))
