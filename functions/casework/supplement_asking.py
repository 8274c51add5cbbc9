"""Asking an applicant for what is missing: chosen from the form's own list or named, read through, sent once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import own_name, words
from functions.casework.access import demand_same, file_or_404, submission
from functions.casework.facts import person_name
from shared.app import house
from shared.app.foundations import fresh
from shared.domain import supplementing, transitions
from shared.domain.broken_rules import AlreadyDone, NotOpen
from shared.domain.calendar import local_date
from shared.domain.change import Action
from shared.domain.deadlines import last_day
from shared.domain.ids import ItemId
from shared.domain.supplementing import Asked
from shared.domain.supplements import LONGEST_NAME, LONGEST_WORDS, IfNot, Standing, Supplement, Wanted
from shared.formkit.dates import DATE
from shared.formkit.declared import declared
from shared.formkit.definition import Field, FieldType, Paper
from shared.formkit.words import LANGUAGES
from shared.records.casefiles import CaseFile
from shared.web import Form, gettext, language, local_text, mark, principal, read_form, see_other
from shared.web.words import day

OWN: Final = ("1", "2", "3")
"""The items that are named by whoever asks."""
_DAY: Final = ("last_day-day", "last_day-month", "last_day-year")
_CHECK, _SEND, _EDIT = "check", "send", "edit"
IF_NOT: Final = {
    IfNot.DECIDED: mark("Vi bestämmer ändå, med det vi har"),
    IfNot.DISMISSED: mark("Ansökan kan avvisas och prövas då inte (20 § FL)"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What was posted, with what is wrong in it by field."""

    asked: Asked
    values: Mapping[str, Any]
    errors: Mapping[str, str]


def ask(id: str) -> str:
    """The papers of the form to choose among, three lines for something else, and a last day."""
    found = _opened(id, Action.SUPPLEMENT_REQUESTED)
    return _page(found, {"papers": (), **_written_day(supplementing.proposed(_today()))}, {})


def send(id: str) -> ResponseReturnValue:
    """The question to read through, or to put right (422); sent it lies in the applicant's inbox (303)."""
    found = _opened(id, Action.SUPPLEMENT_REQUESTED, posted=True)
    papers = _papers(found)
    named = [name for one in (*(paper.id for paper in papers), *OWN) for name in (f"words-{one}", f"name-{one}")]
    form = read_form(one=("go", "if_not", *_DAY, *named), many=("papers",))
    filled, go = _filled(form, papers), form.text("go")
    if go not in {_CHECK, _SEND, _EDIT} or set(form.many("papers")) - {one.id for one in papers}:
        abort(400)
    if filled.errors:
        return _page(found, filled.values, filled.errors), 422
    if go != _SEND:
        return _page(found, filled.values, {}, filled.asked if go == _CHECK else None)
    once = submission(case=id, **{name: filled.values[name] for name in sorted(filled.values)})
    demand_same(house().supplements.ask(principal(), found.case.id, filled.asked, who=own_name.me(), submission=once))
    return see_other(url_for("supplements.show", id=id))


def again(id: str, supplement: str) -> str:
    """The items that have come, to be asked for once more, and a new last day."""
    found = _opened(id, Action.SUPPLEMENT_RENEWED)
    asked = _open(found, supplement)
    today = _today()
    until = max(supplementing.proposed(today), last_day(asked.due))
    return _again(found, asked, {"chosen": (), **_written_day(until)}, {})


def renew(id: str, supplement: str) -> ResponseReturnValue:
    """Ask once more, once (303), or say what is missing (422)."""
    found = _opened(id, Action.SUPPLEMENT_RENEWED, posted=True)
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


def _opened(id: str, act: Action, *, posted: bool = False) -> CaseFile:
    """The case, where the viewer may do this now; else what stands in the way."""
    found = file_or_404(id, "case")
    if found.application is None:
        abort(404)
    try:
        transitions.demand_possible(found.case, principal(), _today(), act)
    except AlreadyDone as done:
        if posted:
            return found  # perhaps this very post was written before: the desk knows
        raise NotOpen("a supplement is open") from done  # whoever only looks was not overtaken by anybody
    return found


def _open(found: CaseFile, id: str) -> Supplement:
    every = house().supplements.of(principal(), found.case)
    return next((one.supplement for one in every if one.open and one.supplement.id == id), None) or abort(404)


def _papers(found: CaseFile) -> tuple[Paper, ...]:
    form = declared(found.application.form) if found.application else None
    return () if form is None else form.papers


def _filled(form: Form, papers: tuple[Paper, ...]) -> Filled:
    until, errors = _day(form)
    chosen = form.many("papers")
    items = [_wanted(form, one.id, one.name, errors) for one in papers if one.id in chosen]
    items += [_wanted(form, key, dict.fromkeys(LANGUAGES, name), errors) for key, name in _named(form, errors).items()]
    if not items and not any(name.startswith("name-") for name in errors):
        errors["papers"] = gettext("Välj minst en sak, eller skriv en egen")
    if_not = IfNot(form.text("if_not")) if form.text("if_not") in set(IfNot) else None
    if if_not is None:
        errors["if_not"] = gettext("Välj vad som händer om det inte kommer")
    return Filled(Asked(tuple(items), until, if_not), _values(form, "papers"), errors)


def _named(form: Form, errors: dict[str, str]) -> dict[str, str]:
    """What is asked for besides the form's own papers, by where it was written."""
    found = {key: " ".join(form.text(f"name-{key}").split()) for key in OWN}
    for key, name in found.items():
        if wrong := _length(name, LONGEST_NAME):
            errors[f"name-{key}"] = wrong
        if not name and form.text(f"words-{key}"):
            errors[f"name-{key}"] = gettext("Skriv vad du behöver")
    return {key: name for key, name in found.items() if name}


def _wanted(form: Form, key: str, name: Mapping[str, str], errors: dict[str, str]) -> Wanted:
    said = form.text(f"words-{key}")
    if wrong := _length(said, LONGEST_WORDS):
        errors[f"words-{key}"] = wrong
    return Wanted(ItemId(fresh()), dict(name), said)


def _length(text: str, most: int) -> str:
    over = len(text) - most
    return gettext("Texten är lite för lång. Ta bort ungefär %(count)s tecken.", count=over) if over > 0 else ""


def _day(form: Form) -> tuple[date | None, dict[str, str]]:
    """The posted last day, or what is wrong with it."""
    parts = {f"-{name.rpartition('-')[2]}": (form.text(name),) for name in _DAY}
    reading = DATE.read(Field("last_day", FieldType.DATE, {}), parts, _today())
    if reading.flaw is not None:
        return None, {"last_day": reading.flaw.text[language()]}
    if not reading.answer:
        return None, {"last_day": gettext("Skriv sista dagen")}
    until = date.fromisoformat(str(reading.answer))
    if supplementing.may_be_last(until, _today()):
        return until, {}
    return None, {"last_day": gettext("Sista dagen ska vara tidigast i morgon och senast om tre månader")}


def _written_day(when: date) -> dict[str, str]:
    return dict(zip(_DAY, (str(when.day), str(when.month), str(when.year)), strict=True))


def _values(form: Form, many: str) -> dict[str, Any]:
    return {**{name: one for name, one in form.singles.items() if name != "go"}, many: form.many(many)}


def _today() -> date:
    return local_date(house().clock.now())


def _page(found: CaseFile, values: Mapping[str, Any], errors: Mapping[str, str], check: Asked | None = None) -> str:
    return render_template(
        "supplement_ask.html",
        papers=[{"id": one.id, "name": local_text(one.name)} for one in _papers(found)],
        own=OWN,
        check=check and _checked(check),
        if_not=[{"value": one.value, "text": gettext(IF_NOT[one])} for one in IfNot],
        **_shown(found, values, errors),
    )


def _again(found: CaseFile, asked: Supplement, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    items = [
        {"id": one.id, "name": local_text(one.name), "missing": one.standing is Standing.MISSING} for one in asked.items
    ]
    return render_template("supplement_again.html", items=items, supplement=asked.id, **_shown(found, values, errors))


def _shown(found: CaseFile, values: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, Any]:
    case = found.case
    return {
        "case": case,
        "person": person_name(case),
        "kind": gettext(words.KINDS[case.kind]),
        "values": values,
        "last_day": {name.rpartition("-")[2]: values.get(name, "") for name in _DAY},
        "errors": errors,
        "limit": LONGEST_WORDS,
        "back_to": url_for("supplements.show", id=case.id),
    }


def _checked(asked: Asked) -> list[dict[str, str]]:
    """What the applicant will be told, to be read through."""
    rows = [(local_text(one.name), one.words or gettext("Ingen förklaring")) for one in asked.items]
    if asked.last_day is not None and asked.if_not is not None:
        rows += [
            (gettext("Senast"), day(asked.last_day, language())),
            (gettext("Om det inte kommer"), gettext(IF_NOT[asked.if_not])),
        ]
    return [{"key": key, "value": value} for key, value in rows]
