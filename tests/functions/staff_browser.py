"""A browser at the desk of the intake unit, in a house that keeps everything in memory."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from werkzeug.test import TestResponse

from functions.casework.main import app
from functions.concern_reports.filing import filed
from functions.concern_reports.report_form import report_form
from shared.adapters.municipality_file import load_municipality
from shared.app import House, assemble, use
from shared.domain.cases import Case
from shared.domain.ids import CaseId, DraftId, StaffId, UnitId
from shared.domain.municipality import Staff, Unit
from shared.domain.principals import Principal, Role
from shared.records.drafts import report_owner
from tests.functions.browser import Browser, Forms
from tests.functions.reporter_browser import Reporter
from tests.houses import DEMO, HandClock, demo_house, kept
from tests.people import ANNA, ELSA
from tests.records.reports import Forms as Filled
from tests.records.reports import case_of, draft_of

PROTECTION = {
    "sources_checked": ["report", "talks"],
    "need": "no",
    "reasons": "Barnet är i skolan och hämtas av en moster.",
    "safe_tonight": "yes",
    "siblings": "",
    "guardians_may_be_contacted": "yes",
}
DECISION = {
    "child_heard": "yes",
    "child_view": "Jag vill bo kvar.",
    "best_interests": "Att stödet hemma får fortsätta.",
    "outcome": "inte_inleda",
    "motivation": "Familjen har redan det stöd som behövs.",
}
_STEPS = {
    "child_given_name": "vem", "reporter_category": "du",
    "feedback_requested": "sedan", "child_phone": "hemma", "violence_suspected": "trygghet",
    "interpreter_child": "sprak", "interpreter_child_language": "sprak",
}  # fmt: skip


def report(house: House, by: Principal = ELSA, /, **answers: str) -> str:
    """A report filed as a school does it; its id. `answers` add to what is always written.

    The same answers are written on the pages once, and taken from there to every house that asks for them.
    """
    written = _written(by, tuple(sorted(answers.items())))
    draft = draft_of(house, by, dict(written))
    what = filed(report_form(), draft.answers, "sv", house.clock.now())
    return house.reporting.file(by, what, house.municipality.intake.id, draft).result


@cache
def _written(by: Principal, answers: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
    """The answers as the pages keep them."""
    with use(demo_house()) as house:
        elsa = Reporter(house, by)
        draft = elsa.write()
        for name, answer in answers:
            assert elsa.answer(draft, _STEPS.get(name, "beskriv"), "", **{name: answer}).status_code == 303
        found = house.drafts.find(DraftId(draft), report_owner(by))
    assert found is not None
    return found.answers


def staffed_house(clock: HandClock | None = None) -> House:
    """A house whose directory also has a second unit with Cia, and Ali who has no role."""
    known = load_municipality(DEMO.municipality)
    other = Unit(UnitId("annan-enhet"), "Familjerätten", "031-390 06 20")
    more = (_employed("cia", other.id, Role.INTAKE_CASEWORKER), _employed("ali", known.intake.id))
    staff = {**known.staff, **{one.id: one for one in more}}
    return assemble(DEMO, kept(clock=clock), replace(known, staff=staff, units={**known.units, other.id: other}))


def _employed(name: str, unit: UnitId, *roles: Role) -> Staff:
    id = StaffId(f"{name}.exempel")
    return Staff(id, f"{name.capitalize()} Exempel", "socialsekreterare", unit, frozenset(roles), socionom=True)


class Desk(Browser):
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = ANNA) -> None:
        super().__init__(app, house, who)
        self.who = who

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`, as it was first shown."""
        forms = Forms()
        forms.feed(self.get(page).text)
        return forms.found[action or page]

    def resend(self, page: TestResponse, action: str, **more: str) -> TestResponse:
        """Press the button of the form on a page that was the answer to a post."""
        forms = Forms()
        forms.feed(page.text)
        return self.post(action, {**forms.found[action], **more})

    def take(self, case: CaseId) -> TestResponse:
        return self.post(f"{at(case)}/ta", self.fields(at(case), f"{at(case)}/ta"))

    def write(self, page: str, answers: Mapping[str, object], go: str = "") -> TestResponse:
        """Fill in a form beside the report and go on, or save it for later."""
        return self.post(page, {**self.fields(page), **answers, **({"go": go} if go else {})})

    def keep(self, page: str, fields: Mapping[str, object]) -> TestResponse:
        """What the browser does by itself while somebody writes."""
        sent = {**fields, "go": "later"}
        return self.pages.post(page, data=sent, headers={"X-Autosave": "1"}, base_url=self.house.settings.origin)

    def sign(self, page: str) -> TestResponse:
        """Sign what has been written, after reading it through."""
        return self.post(f"{page}/kontrollera", self.fields(f"{page}/kontrollera"))

    def assess(self, case: CaseId, **answers: object) -> TestResponse:
        """The whole protection assessment."""
        assert self.write(protection(case), {**PROTECTION, **answers}).status_code == 303
        return self.sign(protection(case))

    def decide(self, case: CaseId, **answers: object) -> TestResponse:
        """The whole decision."""
        assert self.write(decision(case), {**DECISION, **answers}).status_code == 303
        return self.sign(decision(case))

    def case(self, id: CaseId) -> Case:
        """What stands in the case."""
        found = self.house.files.case(ANNA, id)
        assert found is not None
        return found


def at(case: CaseId) -> str:
    """Where the case is read."""
    return f"/arbete/arende/{case}"


def protection(case: CaseId) -> str:
    """Where its protection assessment is written."""
    return f"{at(case)}/skyddsbedomning"


def decision(case: CaseId) -> str:
    """Where its decision is written."""
    return f"{at(case)}/beslut"


def reported(house: House, **answers: str) -> CaseId:
    """The case of a filed report."""
    return case_of(house, report(house, ELSA, **answers))


def taken(house: House, **answers: str) -> CaseId:
    """A case that Anna has."""
    case = reported(house, **answers)
    house.caseworker.take(ANNA, case, Filled(ANNA).new())
    return case


def assessed(house: House, **answers: str) -> CaseId:
    """A case that Anna has and has assessed: the child needs no protection."""
    case = taken(house, **answers)
    assert Desk(house).assess(case).status_code == 303
    return case


def without_a_press(house: House) -> None:
    """From now on no original can be set."""
    house.originals._with = replace(house.originals._with, paper=lambda _: None)
