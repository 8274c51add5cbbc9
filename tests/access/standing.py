"""A town where a report has come as far as a route needs it, and what an answer there must never hold for outsiders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from functions.concern_reports.filing import filed
from functions.concern_reports.report_form import report_form
from shared.app.foundations import fresh
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, SubmissionId
from shared.domain.queries import NOTICES_OF_ROLE
from shared.formkit.definition import Answer
from shared.records.drafts import STAFF_FORM, staff_form_id
from shared.records.submissions import Submission
from tests.access.routes import DECISION, PROTECTION, Route
from tests.cases import PROTECTION as ASSESSMENT
from tests.cases import preliminary_form
from tests.journeys.town import Town
from tests.people import ANNA, ELSA, UNIT
from tests.records.reports import case_of, draft_of, file_report

CHILD: Final = "Nova Hemlig"
STORY: Final = "Nova är hungrig varje morgon."
PHONE: Final = "070-174 06 05"
SECRETS: Final = (CHILD, STORY, PHONE)
ANSWERS: Final[Mapping[str, Answer]] = {
    "acute_now": "yes",
    "reporter_name": "Elsa Exempel",
    "child_given_name": "Nova",
    "child_family_name": "Hemlig",
    "child_person_id": {"type": "personnummer", "value": "198804202383"},
    "child_phone": PHONE,
    "concern_description": STORY,
    "feedback_requested": "yes",
}
_STEPS: Final = ("received", "taken", "assessed", "decided")


@dataclass(frozen=True, slots=True)
class Standing:
    """The ids of what stands there."""

    draft: str
    report: str
    case: CaseId
    notice: str
    original: str = ""

    def known(self, route: Route) -> Mapping[str, str]:
        """What fills the placeholders of the route."""
        kinds = {"/anmal/utkast": self.draft, "/anmal/kvitto": self.report, "/arbete/notiser": self.notice}
        id = next((one for start, one in kinds.items() if route.rule.startswith(start)), self.case)
        return {"id": id, "slug": "beskriv", "original": self.original}


def standing(town: Town, step: str) -> Standing:
    """A report of Elsa's at that step, and a second one of hers in writing."""
    what = filed(report_form(), ANSWERS, "sv", town.clock.now())
    report = file_report(town.house, what).result
    case = case_of(town.house, report)
    for one in _STEPS[1 : _STEPS.index(step) + 1]:
        _advance(town, case, one)
    _begin_staff_forms(town, case)
    draft = draft_of(town.house, ELSA, dict(ANSWERS))
    town.house.sweep.run()
    found = town.house.store.query(NOTICES_OF_ROLE, {"unit": UNIT, "role": "team_lead"}, limit=1)
    original = town.house.originals.make_of(case)
    return Standing(draft.id, report, case, found.documents[0].id, original.id if original else "")


def _advance(town: Town, case: CaseId, step: str) -> None:
    desk = town.house.caseworker
    if step == "taken":
        desk.take(ANNA, case, _sent())
    elif step == "assessed":
        desk.assess(ANNA, case, ASSESSMENT, _sent(), None)
    else:
        form = preliminary_form(Outcome.OPEN)
        desk.decide(ANNA, case, form, title="socialsekreterare", submission=_sent(), draft=None)


def _sent() -> Submission:
    return Submission(str(ANNA.staff), SubmissionId(fresh()), {})


def _begin_staff_forms(town: Town, case: CaseId) -> None:
    written: dict[str, dict[str, Answer]] = {
        "protection_assessment": {**PROTECTION, "sources_checked": ["report"]},
        "preliminary_assessment": dict(DECISION),
    }
    for name, fields in written.items():
        answers = {field: answer for field, answer in fields.items() if field != "seen"}
        town.house.drafts.begin(
            STAFF_FORM, staff_form_id(case, name), case, form=name, version="1", answers=answers, by=str(ANNA.staff)
        )
