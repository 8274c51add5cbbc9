"""Applications as somebody sends them, and what becomes of them, by the product's own decisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared.app import House
from shared.app.foundations import fresh
from shared.domain import applying
from shared.domain.applying import Applied
from shared.domain.cases import Case, CaseKind
from shared.domain.change import Change
from shared.domain.ids import AktId, CaseId, DraftId, ItemId, KeyId, PersonIndex
from shared.domain.places import Place
from shared.domain.principals import Kind, Principal
from shared.domain.retention import Retention
from shared.formkit.definition import Answer, Answers
from shared.formkit.loading import load
from shared.formkit.snapshot import record
from shared.formkit.submission import called_for
from shared.records.application_rows import APPLICATIONS
from shared.records.drafts import APPLICATION, Draft, applicant
from shared.records.submissions import Sent
from shared.settings import ROOT
from tests.people import MONDAY, UNIT, Ids

SARA = Principal(Kind.RESIDENT, person=PersonIndex("5a" * 16), name="Sara Almexempel", assurance=3)
"""Somebody who needs money to live on."""
BO = Principal(Kind.RESIDENT, person=PersonIndex("b0" * 16), name="Bo Exempel", assurance=3)
FORM = "financial_assistance"
NUMBER = "198804202383"


ANSWERS: dict[str, Answer] = {
    "application_type": "new", "marital_status": "single", "urgent": ["none"], "applicant_name": "Sara Almexempel",
    "period": "2026-11", "period_choice": "month", "citizenship": "swedish", "stays_in_municipality": "yes",
    "has_children": "yes", "children": [{"id": "00000001", "child_name": "Noel", "child_residence": "full_time"}],
    "has_visits": "no", "child_support_applied": "not_due", "livelihood_description": "Sparpengar.",
    "reason_for_application": "De tog slut.", "housing_form": "no_housing", "housing_now": "Hos en vän.",
    "has_incomes": "no", "foreign_income": "no", "has_pending_benefits": "no", "has_assets": "no", "loans_debts": "no",
    "cost_groups": ["none"], "planning": ["other"], "planning_other": "Praktik.", "af_registered": "yes",
    "available_for_work": "yes", "had_work_last12": "no", "payment_method": "other", "notices": ["none"],
    "papers_when": "now",
}  # fmt: skip
"""A draft with everything that must be answered, and nothing more."""


def applied(*signals: str) -> Applied:
    """What Sara's application says; `signals` name what can not wait."""
    return Applied(
        kind=CaseKind.EKONOMISKT_BISTAND,
        form=FORM,
        name="Sara Almexempel",
        number=NUMBER,
        retention=Retention.FIVE_YEARS,
        snapshot={"form": FORM, "story": "Kylskåpet är tomt."},
        contact={"applicant_phone": "070-174 06 05"},
        signals=signals,
    )


def story(text: str) -> dict[str, Answer]:
    """A record of the form in which this is told."""
    form = load(ROOT / "forms" / f"{FORM}.toml")
    answers: Answers = {"marital_status": "single", "livelihood_description": text}
    return record(form, called_for(form, answers), "sv", MONDAY)


def received(what: Applied | None = None, *, now: datetime = MONDAY, by: Principal = SARA) -> Change:
    """An application that has just come in from somebody who is not known before."""
    place = Place(UNIT, AktId("f" * 32), KeyId("case-key"), by.person, KeyId("person-key"))
    return applying.receive(what or applied(), place, application=ItemId("a" * 32), by=by, now=now, fresh=Ids())


def draft_of(house: House, by: Principal = SARA, answers: dict[str, Any] | None = None) -> Draft:
    """A saved draft of an application."""
    return house.drafts.begin(
        APPLICATION, DraftId(fresh()), applicant(by), form=FORM, version="1", answers=answers or {"urgent": ["food"]}
    )


def send(house: House, what: Applied | None = None, by: Principal = SARA, draft: Draft | None = None) -> Sent:
    """The draft is sent."""
    return house.applicants.send(by, what or applied(), UNIT, draft or draft_of(house, by))


def case_of(house: House, application: str) -> CaseId:
    """The case that the application became."""
    document = house.store.get(APPLICATIONS, application)
    assert document is not None
    return CaseId(str(document.fields["case"]))


def clocks(case: Case) -> Sequence[str]:
    """The names of its deadlines."""
    return sorted(case.clocks)
