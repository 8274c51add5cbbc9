"""An application comes in: what runs from its first instant, what can not wait, and who may read it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain import allocation, applying, transitions
from shared.domain.applications import Application
from shared.domain.broken_rules import NotAllowed, NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import AgeBand, Step
from shared.domain.change import Action
from shared.domain.deadlines import Deadline, last_day
from shared.domain.notices import Notice, NoticeKind
from shared.domain.persons import Akt, Person
from shared.domain.principals import Kind, Role
from tests.applications import SARA, applied, clocks, received
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, Ids

FRIDAY_NIGHT = datetime(2026, 11, 6, 21, 30, tzinfo=UTC)


def test_an_application_begins_with_somebody_reading_it() -> None:
    case = received().case

    assert case.step is Step.FORSTA_GENOMGANG
    assert clocks(case) == ["bistand_beslut", "bistand_genomgang", "bistand_sex_manader"]
    assert case.reference.startswith("EB-")
    assert case.age_band is AgeBand.ADULT


def test_what_can_not_wait_is_read_the_same_working_day_and_the_lead_is_told() -> None:
    urgent = received(applied("no_food"))
    told = [one for one in urgent.items if isinstance(one, Notice)]

    assert clocks(urgent.case) == ["bistand_beslut", "bistand_genast", "bistand_sex_manader"]
    assert last_day(urgent.case.clocks["bistand_genast"].due) == local_date(MONDAY)
    assert [(one.kind, one.role) for one in told] == [(NoticeKind.URGENT_APPLICATION, Role.TEAM_LEAD)]


def test_what_can_wait_tells_nobody_at_once() -> None:
    assert not [one for one in received().items if isinstance(one, Notice)]


@pytest.mark.parametrize(("signals", "clock"), [((), "bistand_genomgang"), (("no_home",), "bistand_genast")])
def test_what_comes_on_a_friday_night_is_read_on_monday_at_the_latest(signals: tuple[str, ...], clock: str) -> None:
    case = received(applied(*signals), now=FRIDAY_NIGHT).case
    days = {"bistand_genomgang": 9, "bistand_genast": 6}

    assert last_day(case.clocks[clock].due).day == days[clock]


def test_fourteen_days_and_six_months_run_until_somebody_can_decide() -> None:
    case = received().case

    assert last_day(case.clocks["bistand_beslut"].due).isoformat() == "2026-11-16"
    assert last_day(case.clocks["bistand_sex_manader"].due).isoformat() == "2027-05-02"


def test_who_applies_is_the_person_of_the_akt() -> None:
    items = received().items
    (person,) = [one for one in items if isinstance(one, Person)]

    assert (person.name, person.index) == ("Sara Almexempel", SARA.person)
    assert [one.person for one in items if isinstance(one, Akt)] == [person.id]


def test_the_application_keeps_the_story_and_the_contact_apart() -> None:
    (sent,) = [one for one in received(applied("no_food")).items if isinstance(one, Application)]

    assert sent.applicant == SARA.person
    assert "applicant_phone" in sent.contact
    assert "applicant_phone" not in sent.snapshot
    assert sent.signals == ("no_food",)


@pytest.mark.parametrize("who", [ELSA, ANNA, replace(SARA, person=None), replace(SARA, kind=Kind.ANONYMOUS)])
def test_only_a_private_person_who_is_known_applies(who: object) -> None:
    with pytest.raises(NotAllowed):
        received(by=who)  # type: ignore[arg-type]


def test_its_caseworker_says_that_it_is_read_and_the_decision_is_still_waited_for() -> None:
    came = received(applied("no_food"))
    case = allocation.take(came.case, by=ANNA, now=MONDAY, fresh=Ids()).case
    first = [one for one in came.items if isinstance(one, Deadline) and one.name == "bistand_genast"]
    read = applying.review(case, first, by=ANNA, now=MONDAY + timedelta(hours=2), fresh=Ids()).case

    assert read.step is Step.HANDLAGGNING
    assert read.due == read.clocks["bistand_beslut"].due


def test_nobody_else_says_that_it_is_read_and_nobody_says_it_twice() -> None:
    today = local_date(MONDAY)
    case = allocation.take(received().case, by=ANNA, now=MONDAY, fresh=Ids()).case

    offered = (Action.LETTER_SENT, Action.APPLICATION_REVIEWED, Action.SUPPLEMENT_REQUESTED)
    assert transitions.possible(case, ANNA, today) == (*offered, Action.APPLICATION_WITHDRAWN)
    assert transitions.possible(case, SAMIR, today) == ()
    assert transitions.possible(case, MARIA, today) == (Action.CASE_ASSIGNED, Action.APPLICATION_WITHDRAWN)
    with pytest.raises(NotAllowed):
        transitions.demand(case, Action.APPLICATION_REVIEWED, SAMIR, today)
    with pytest.raises(NotOpen):
        transitions.demand(case, Action.INVESTIGATION_OPENED, ANNA, today)
