"""An application of Tolvan's, as far as a route needs it."""

from collections.abc import Mapping
from dataclasses import replace

from shared.app.foundations import fresh
from shared.domain.ids import CaseId, SubmissionId
from shared.formkit.definition import Answer
from shared.records.drafts import STAFF_FORM, staff_form_id
from shared.records.own_supplements import writing
from shared.records.submissions import Submission
from tests.access.applicant_routes import WITHDRAWAL
from tests.access.routes import ASSISTANCE
from tests.applications import ANSWERS, applied, case_of, draft_of, send, story
from tests.journeys.town import TOLVAN, Town
from tests.people import ANNA
from tests.supplements import ask


def apply_as(town: Town, step: str, secrets: tuple[str, str, str]) -> Mapping[str, str]:
    """Sent, taken by Anna, and read or with something asked when the step says so; `secrets`: name, story, phone."""
    child, told, phone = secrets
    what = replace(applied("no_food"), name=child, snapshot=story(told), contact=story(phone))
    application = send(town.house, what, TOLVAN).result
    case = case_of(town.house, application)
    town.house.caseworker.take(ANNA, case, _sent())
    if step == "read":
        town.house.caseworker.review(ANNA, case, _sent())
        _begin(town, case, "application_decision", ASSISTANCE)
        _begin(town, case, "application_withdrawal", {**WITHDRAWAL, "said_on": "2026-11-02"})
    children: Answer = [{"id": "00000001", "child_name": child, "child_residence": "full_time"}]
    answers = {**ANSWERS, "livelihood_description": told, "children": children}
    draft = draft_of(town.house, TOLVAN, answers)
    asked = _ask(town, case, told) if step == "asked" else {}
    return {"applied": case, "application": application, "applying": draft.id, **asked}


def _begin(town: Town, case: CaseId, form: str, posted: Mapping[str, str]) -> None:
    """A staff form is filled in as it would be posted, and not signed."""
    parts = ("-day", "-month", "-year")
    answers: dict[str, Answer] = {
        name: one for name, one in posted.items() if name != "seen" and not name.endswith(parts)
    }
    town.house.drafts.begin(
        STAFF_FORM, staff_form_id(case, form), case, form=form, version="1", answers=answers, by=str(ANNA.staff)
    )


def _sent() -> Submission:
    return Submission(str(ANNA.staff), SubmissionId(fresh()), {})


def _ask(town: Town, case: CaseId, story: str) -> dict[str, str]:
    """Two papers are asked for, and the story is told about one of them."""
    desk, id = town.house.own_supplements, ask(town.house, case)
    found = desk.open(TOLVAN, id)
    assert found is not None
    item, draft = found.supplement.items[0].id, desk.begin(TOLVAN, found.supplement)
    written = town.house.drafts.save(draft, writing(draft.answers, item, story, cannot=False))
    kept, form = {"chosen": [item], f"words-{item}": story, "last_day": "2026-11-20"}, f"supplement_again-{id}"
    town.house.drafts.begin(
        STAFF_FORM, staff_form_id(case, form), case, form=form, version="1", answers=kept, by=str(ANNA.staff)
    )
    return {"supplement": id, "supply": desk.send(TOLVAN, id, written).result, "wanted": item}
