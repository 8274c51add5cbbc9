"""Noting that a reporter asks for feedback after the report, for example on the phone (SoL 19:6)."""

from datetime import date
from typing import Final

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework.access import demand_same, file_or_404, submission
from functions.casework.facts import person_name
from shared.app import house
from shared.domain import transitions
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotOpen
from shared.domain.calendar import local_date
from shared.domain.change import Action
from shared.domain.feedback import may_have_asked
from shared.domain.ids import CaseId
from shared.domain.reports import AskedHow
from shared.formkit.dates import DATE
from shared.formkit.definition import Field, FieldType
from shared.records.casefiles import CaseFile
from shared.web import Form, gettext, language, mark, principal, read_form, see_other

pages = Blueprint("feedback_requests", __name__, url_prefix="/arbete/arende/<id>/aterkoppling/begaran")

NOTED: Final = {how.value: how for how in (AskedHow.PHONE, AskedHow.MEETING, AskedHow.WRITTEN)}
"""The ways that staff hear of a request; who is logged in asks without them."""
WAYS: Final = {
    AskedHow.PHONE: mark("Per telefon"),
    AskedHow.MEETING: mark("Vid ett möte"),
    AskedHow.WRITTEN: mark("Skriftligt"),
}
_PARTS: Final = ("day", "month", "year")
_ON: Final = Field("asked_on", FieldType.DATE, {}, past=True)


@pages.get("")
def ask(id: str) -> str:
    """When and how the reporter asked; today, until something else is written."""
    today = _today()
    return _page(_open(id), {"day": str(today.day), "month": str(today.month), "year": str(today.year)}, "", {})


@pages.post("")
def note(id: str) -> ResponseReturnValue:
    """Note the request, once (303), or say what is missing (422)."""
    form = read_form(one=("how", *(f"asked_on-{part}" for part in _PARTS)))
    how, (on, wrong) = NOTED.get(form.text("how")), _day(form)
    if how is not None and on is not None:
        once = submission(case=id, on=on.isoformat(), how=how.value)
        try:
            demand_same(house().feedback_requests.note(principal(), CaseId(id), on, how, once))
        except Incomplete:
            pass  # the day: said below, with all that is wrong
        else:
            return see_other(url_for("cases.show", id=id))
    found = _open(id)
    if on is not None and found.report is not None and not may_have_asked(found.report, on, _today()):
        wrong = gettext("Dagen kan inte vara före den dag då anmälan kom in")
    errors = {"asked_on": wrong, "how": "" if how else gettext("Välj hur anmälaren frågade")}
    typed = {part: form.text(f"asked_on-{part}") for part in _PARTS}
    return _page(found, typed, form.text("how"), {name: words for name, words in errors.items() if words}), 422


def _open(id: str) -> CaseFile:
    """The case, where the viewer may note a request now; else what stands in the way."""
    found = file_or_404(id, "feedback")
    try:
        transitions.demand_possible(found.case, principal(), _today(), Action.FEEDBACK_REQUESTED)
    except AlreadyDone as done:
        raise NotOpen("feedback was asked for") from done  # whoever only looks was not overtaken by anybody
    return found


def _day(form: Form) -> tuple[date | None, str]:
    """The posted day, or why there is none."""
    reading = DATE.read(_ON, {f"-{part}": (form.text(f"asked_on-{part}"),) for part in _PARTS}, _today())
    if reading.flaw is not None:
        return None, reading.flaw.text[language()]
    return (date.fromisoformat(str(reading.answer)), "") if reading.answer else (None, gettext("Skriv dagen"))


def _today() -> date:
    return local_date(house().clock.now())


def _page(found: CaseFile, asked_on: dict[str, str], how: str, errors: dict[str, str]) -> str:
    case = found.case
    return render_template(
        "feedback_request.html",
        case=case,
        person=person_name(case),
        case_href=url_for("cases.show", id=case.id),
        ways=[{"value": one.value, "text": gettext(WAYS[one])} for one in NOTED.values()],
        asked_on=asked_on,
        how=how,
        errors=errors,
    )
