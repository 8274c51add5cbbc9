"""Asking for it once more: what came is not enough, or the last day moves; sent at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import own_name
from functions.casework.access import demand_same, submission
from functions.casework.supplement_asking import frame, opened, today
from shared.app import house
from shared.domain import supplementing
from shared.domain.change import Action
from shared.domain.deadlines import last_day
from shared.domain.supplements import LONGEST_WORDS, Standing, Supplement
from shared.formkit.dates import DATE
from shared.formkit.definition import Field, FieldType
from shared.records.casefiles import CaseFile
from shared.web import Form, gettext, language, local_text, principal, read_form, see_other

_DAY: Final = ("last_day-day", "last_day-month", "last_day-year")


def again(id: str, supplement: str) -> str:
    """The items that have come, to be asked for once more, and a new last day."""
    found = opened(id, Action.SUPPLEMENT_RENEWED)
    asked = _open(found, supplement)
    until = max(supplementing.proposed(today()), last_day(asked.due))
    return _again(found, asked, {"chosen": (), **_written_day(until)}, {})


def renew(id: str, supplement: str) -> ResponseReturnValue:
    """Ask once more, once (303), or say what is missing (422)."""
    found = opened(id, Action.SUPPLEMENT_RENEWED, posted=True)
    asked = _open(found, supplement)
    form = read_form(one=(*_DAY, *(f"words-{one.id}" for one in asked.items)), many=("chosen",))
    chosen = [one for one in asked.items if one.id in form.many("chosen")]
    if len(chosen) != len(form.many("chosen")):
        abort(400)
    reasons = {one.id: form.text(f"words-{one.id}") for one in chosen}
    until, errors = _day(form)
    if not (chosen or asked.missing):
        errors["chosen"] = gettext("Välj vad du behöver igen")
    for one in chosen:
        if wrong := _length(reasons[one.id], LONGEST_WORDS) or (
            not reasons[one.id] and gettext("Skriv vad som fattas")
        ):
            errors[f"words-{one.id}"] = wrong
    if errors:
        return _again(found, asked, _values(form, "chosen"), errors), 422
    once = submission(case=id, supplement=supplement, again=reasons, until=str(until))
    demand_same(
        house().supplements.ask_again(
            principal(), found.case.id, asked.id, reasons, until, who=own_name.me(), submission=once
        )
    )
    return see_other(url_for("supplements.show", id=id))


def _open(found: CaseFile, id: str) -> Supplement:
    every = house().supplements.of(principal(), found.case)
    return next((one.supplement for one in every if one.open and one.supplement.id == id), None) or abort(404)


def _length(text: str, most: int) -> str:
    over = len(text) - most
    return gettext("Texten är lite för lång. Ta bort ungefär %(count)s tecken.", count=over) if over > 0 else ""


def _day(form: Form) -> tuple[date | None, dict[str, str]]:
    """The posted last day, or what is wrong with it."""
    parts = {f"-{name.rpartition('-')[2]}": (form.text(name),) for name in _DAY}
    reading = DATE.read(Field("last_day", FieldType.DATE, {}), parts, today())
    if reading.flaw is not None:
        return None, {"last_day": reading.flaw.text[language()]}
    if not reading.answer:
        return None, {"last_day": gettext("Skriv sista dagen")}
    until = date.fromisoformat(str(reading.answer))
    if supplementing.may_be_last(until, today()):
        return until, {}
    return None, {"last_day": gettext("Sista dagen ska vara tidigast i morgon och senast om tre månader")}


def _written_day(when: date) -> dict[str, str]:
    return dict(zip(_DAY, (str(when.day), str(when.month), str(when.year)), strict=True))


def _values(form: Form, many: str) -> dict[str, Any]:
    return {**{name: one for name, one in form.singles.items() if name != "go"}, many: form.many(many)}


def _again(found: CaseFile, asked: Supplement, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    note = {Standing.MISSING: gettext("(saknas)")}
    return render_template(
        "supplement_again.html",
        items=[{"id": one.id, "name": local_text(one.name), "note": note.get(one.standing)} for one in asked.items],
        supplement=asked.id,
        limit=LONGEST_WORDS,
        values=values,
        last_day={name.rpartition("-")[2]: values.get(name, "") for name in _DAY},
        errors=errors,
        **frame(found.case),
    )
