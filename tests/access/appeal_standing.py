"""A town where Tolvan has appealed a decision, as far as a route needs it, and is writing an addition."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.appeal_forms import ReviewForm, TimeForm
from shared.domain.cases import AppealState, Case, Step
from shared.domain.ids import StaffId, SubmissionId
from shared.formkit.definition import Answer
from shared.records.case_rows import case_row
from shared.records.drafts import STAFF_FORM, staff_form_id
from shared.records.submissions import Submission
from tests.access.outcomes import Route
from tests.appeals import appeal, decided, draft_of, stored
from tests.journeys.town import TOLVAN, Town
from tests.people import ANNA

STEPS: Final = ("appealed", "tried", "kept", "dismissed")
_SECRET: Final = "Nova är hungrig varje morgon."
_WRITTEN: Final[Mapping[str, Mapping[str, Answer]]] = {
    "appeal_time": {"outcome": "in_time"},
    "application_decision": {
        "outcome": "bifall",
        "paragraph": "sol_12_1",
        "what": "Hyran",
        "amount": 845_000,
        "first_day": "2026-12-01",
        "last_day": "2026-12-31",
        "motivation": "Hyran stämmer.",
        "name_stands": "yes",
    },
    "appeal_lifting": {"reasons": "Vi räknade från fel dag."},
    "appeal_review": {"reasons": "Inget nytt."},
    "appeal_handover": {"day": "2026-11-02", "how": "post"},
}


def appealed(town: Town, step: str) -> Mapping[str, str]:
    """What fills the routes of an appeal at that step; nothing for every other step."""
    if step not in STEPS:
        return {}
    house = town.house
    case, decision = decided(house, by=TOLVAN, told=_SECRET)
    sent = house.appellants.send(TOLVAN, appeal(_SECRET), decision, draft_of(house, decision, TOLVAN, _SECRET)).result
    who: dict[str, Any] = {"who": house.municipality.staff[StaffId("anna.exempel")]}
    if step != "appealed":
        house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time"), **who, submission=_sent())
    if step == "kept":
        house.appeal_cases.keep(ANNA, case, ReviewForm("Inget nytt."), **who, submission=_sent())
    if step == "dismissed":
        _dismissed(house, stored(house, case))
    for name, answers in _WRITTEN.items():
        kept = staff_form_id(case, name)
        house.drafts.begin(STAFF_FORM, kept, case, form=name, version="1", answers=answers, by=str(ANNA.staff))
    return {"case": case, "decision": decision, "appeal": sent, "draft": draft_of(house, decision, TOLVAN, _SECRET).id}


def _dismissed(house: House, case: Case) -> None:
    """The appeal is found to be late, as it stands weeks after: no time goes by here."""
    assert case.appeal is not None
    clocks = {**case.clocks, "overklagande": case.clocks["overklagande"].met(house.clock.now())}
    ended = replace(case, step=Step.AVSLUTAT, open=False, clocks=clocks)
    late = replace(ended, appeal=replace(case.appeal, state=AppealState.DISMISSED, new=case.appeal.decision))
    house.store.commit([case_row(late).write(house._vault.sealing)])


def known(stands: Mapping[str, str], route: Route) -> Mapping[str, str]:
    """What fills the placeholders of the route."""
    kept = {"/overklaga/utkast": "draft", "/overklaga/kvitto": "appeal", "/arbete": "case"}
    kinds = {start: stands.get(name, "none") for start, name in kept.items()}
    id = next((one for start, one in kinds.items() if route.rule.startswith(start)), "")
    slug = "bilagor" if "/filer" in route.rule or "<slug>/delar" in route.rule else "varfor"
    return {"id": id, "slug": slug, "decision": stands.get("decision", "none")}


def _sent() -> Submission:
    return Submission(str(ANNA.staff), SubmissionId(fresh()), {})
