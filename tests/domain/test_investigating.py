"""More time for an investigation, its end and the following up: who may, when, and what becomes of the clock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from shared.domain import calendar, deadlines, investigating, lettering, naming
from shared.domain.allocation import take
from shared.domain.appeals import can_be_appealed
from shared.domain.assessments import Answer
from shared.domain.broken_rules import AlreadyDone, BrokenRule, Incomplete, NotAllowed, NotOpen
from shared.domain.cases import Case, ClockState, Step
from shared.domain.change import Change
from shared.domain.deadline_law import Confidence, NoSuchDeadline, rule
from shared.domain.deadlines import Deadline, last_day
from shared.domain.decisions import Outcome
from shared.domain.ids import ItemId
from shared.domain.investigation_decisions import LAGRUM, InvestigationDecision, InvestigationForm, InvestigationOutcome
from shared.domain.letters import LetterKind
from shared.domain.principals import Principal, Role
from tests.cases import clock, decided, preliminary_form, received
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER, Ids, staff

OPENED = MONDAY + timedelta(days=1)
NOW = OPENED + timedelta(days=100)
LAST = date(2027, 3, 3)
EXTENDED = InvestigationForm(
    InvestigationOutcome.EXTENDED, "BUP:s utlåtande dröjer.", last_day="2027-04-15", name_stands=Answer.YES
)
WITHOUT = InvestigationForm(
    InvestigationOutcome.WITHOUT,
    "Familjen har det stöd som behövs.",
    child_heard=Answer.YES,
    child_view="Jag vill bo kvar.",
    best_interests="Det är lugnt hemma nu.",
    communicated=Answer.YES,
    communicated_on="2027-02-01",
    name_stands=Answer.YES,
)
WITH = replace(WITHOUT, outcome=InvestigationOutcome.WITH, measure="Familjebehandling")
FOLLOWED_UP = replace(WITHOUT, outcome=InvestigationOutcome.FOLLOWED_UP)
FOLLOW_UP_ENDED = InvestigationForm(InvestigationOutcome.FOLLOW_UP_ENDED, "Det går bra i skolan.")
EVERY = (EXTENDED, WITHOUT, WITH, FOLLOWED_UP)
every_ending = pytest.mark.parametrize("form", [WITHOUT, WITH, FOLLOWED_UP], ids=lambda form: str(form.outcome))


def opened() -> tuple[Case, Deadline]:
    """An investigation of Anna's, and its four months."""
    change = decided(received(), preliminary_form(Outcome.OPEN))
    return change.cases[1], clock(change, "utredning")


def decide(
    case: Case, running: Sequence[Deadline], form: InvestigationForm, *, by: Principal = ANNA, now: datetime = NOW
) -> Change:
    return investigating.decide(
        case, running, form, title="socialsekreterare", id=ItemId("d" * 32), by=by, now=now, fresh=Ids()
    )


def made(change: Change) -> InvestigationDecision:
    (one,) = [item for item in change.items if isinstance(item, InvestigationDecision)]
    return one


def followed_up() -> tuple[Case, Deadline]:
    case, running = opened()
    change = decide(case, [running], FOLLOWED_UP)
    return change.case, clock(change, "uppfoljning")


def test_more_time_moves_the_clock_and_its_reminders_to_the_new_day() -> None:
    case, running = opened()
    assert running.last_day == LAST
    change = decide(case, [deadlines.reminded(running, NOW)], EXTENDED)
    moved = clock(change, "utredning")

    assert (moved.last_day, moved.epoch, moved.hop, moved.open) == (date(2027, 4, 15), 2, 1, True)
    assert (change.case.step, change.case.due) == (Step.UTREDNING, moved.due)
    assert deadlines.missed(moved, NOW) == []
    at, first = deadlines.next_wake(moved, NOW) or (NOW, "")
    assert (calendar.local_date(at), first) == (date(2027, 3, 16), "T-30")
    assert made(change).details == (("Ny sista dag", "15 april 2027"), ("Tidigare sista dag", "3 mars 2027"))


def test_a_reminder_whose_time_is_past_when_more_time_is_decided_is_not_given() -> None:
    case, running = opened()
    moved = clock(
        decide(case, [running], replace(EXTENDED, last_day="2027-03-10"), now=NOW + timedelta(days=18)), "utredning"
    )

    assert list(moved.warned) == ["T-30", "T-14"]
    assert deadlines.missed(moved, NOW + timedelta(days=18)) == []


def test_time_can_be_given_again_and_each_time_is_a_decision_of_its_own() -> None:
    case, running = opened()
    once = decide(case, [running], EXTENDED)
    again = decide(once.case, [clock(once, "utredning")], replace(EXTENDED, last_day="2027-06-01"))

    assert clock(again, "utredning").epoch == 3
    assert made(again).form.until_then == "2027-04-15"
    with pytest.raises(Incomplete):
        decide(again.case, [clock(again, "utredning")], EXTENDED)


@pytest.mark.parametrize("day", ["2027-03-03", "2027-02-15", "2026-11-03", "2028-02-12", "2062-04-15", ""])
def test_the_new_day_is_later_than_the_old_one_and_within_a_year(day: str) -> None:
    case, running = opened()

    with pytest.raises(Incomplete) as refused:
        decide(case, [running], replace(EXTENDED, last_day=day))
    assert refused.value.args == ("last_day",)


def test_a_day_that_has_passed_is_no_new_day_although_it_is_later_than_the_old_one() -> None:
    case, running = opened()

    with pytest.raises(Incomplete):
        decide(case, [running], replace(EXTENDED, last_day="2027-03-20"), now=NOW + timedelta(days=40))


@pytest.mark.parametrize(
    ("days", "told"),
    [(19, ""), (20, "Beslutet fattades en dag efter den dagen."), (22, "Beslutet fattades 3 dagar efter den dagen.")],
)
def test_time_that_is_given_too_late_counts_and_the_decision_says_how_late(days: int, told: str) -> None:
    """SoL 20:3 says nothing of what follows: a late decision is better than none, and nobody hides that it was late."""
    case, running = opened()
    change = decide(case, [running], EXTENDED, now=OPENED + timedelta(days=days + 101))

    assert dict(made(change).details).get("För sent", "") == told
    assert clock(change, "utredning").open


@every_ending
def test_an_investigation_ends_and_its_clock_with_it(form: InvestigationForm) -> None:
    case, running = opened()
    change = decide(case, [running], form)

    assert change.case.clocks["utredning"].state is ClockState.MET
    assert not clock(change, "utredning").open
    assert (change.case.decision, change.case.open) == ("d" * 32, form is FOLLOWED_UP)


def test_a_following_up_has_two_months_and_then_ends_the_case() -> None:
    case, running = followed_up()
    assert (case.step, last_day(running.due)) == (Step.UPPFOLJNING, calendar.add_months(calendar.local_date(NOW), 2))
    change = decide(case, [running], FOLLOW_UP_ENDED, now=NOW + timedelta(days=30))

    assert (change.case.step, change.case.open, change.case.due) == (Step.AVSLUTAT, False, None)


@every_ending
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"communicated": None}, "communicated"),
        ({"communicated_on": ""}, "communicated_on"),
        ({"communicated_on": "2027-02-20"}, "communicated_on"),
        ({"communicated": Answer.NO}, "reason_not_communicated"),
        ({"child_view": " "}, "child_view"),
        ({"best_interests": ""}, "best_interests"),
        ({"motivation": ""}, "motivation"),
        ({"name_stands": Answer.NO}, "name_reason"),
    ],
)
def test_no_investigation_ends_unheard_or_untold_without_a_reason(
    form: InvestigationForm, changes: dict[str, object], field: str
) -> None:
    case, running = opened()

    with pytest.raises(Incomplete) as refused:
        decide(case, [running], replace(form, **changes))  # type: ignore[arg-type]
    assert field in refused.value.args


@pytest.mark.parametrize("form", EVERY, ids=lambda form: str(form.outcome))
@pytest.mark.parametrize(
    "by",
    [SAMIR, STRANGER, ELSA, staff("ali", Role.INTAKE_CASEWORKER, socionom=False), staff("jo", Role.DUTY)],
    ids=["colleague", "another unit", "reporter", "no socionom", "duty"],
)
def test_the_caseworker_or_the_lead_decides_if_socionom_and_given_it(form: InvestigationForm, by: Principal) -> None:
    case, running = opened()
    theirs = replace(case, assignee=by.staff) if by not in (SAMIR, STRANGER, ELSA) else case

    with pytest.raises(NotAllowed):
        decide(theirs, [running], form, by=by)
    assert decide(case, [running], form, by=MARIA).case.decision


def test_nobody_decides_before_the_delegation_is_in_force() -> None:
    case, _ = opened()

    with pytest.raises(NotAllowed):
        investigating.demand_decidable(case, EXTENDED, ANNA, date(2025, 6, 30))


@pytest.mark.parametrize(
    ("first", "second", "broken"),
    [
        (None, FOLLOW_UP_ENDED, NotOpen),
        (WITHOUT, EXTENDED, NotOpen),
        (WITHOUT, WITH, AlreadyDone),
        (WITHOUT, FOLLOW_UP_ENDED, NotOpen),
        (FOLLOWED_UP, WITHOUT, AlreadyDone),
        (FOLLOWED_UP, EXTENDED, NotOpen),
        (FOLLOWED_UP, FOLLOWED_UP, AlreadyDone),
    ],
)
def test_each_decision_has_its_place(
    first: InvestigationForm | None, second: InvestigationForm, broken: type[BrokenRule]
) -> None:
    case, running = opened()
    stands = case if first is None else decide(case, [running], first).case

    with pytest.raises(broken):
        investigating.demand_decidable(stands, second, ANNA, calendar.local_date(NOW))


def test_nobody_takes_an_investigation_that_has_ended_for_an_ongoing_one() -> None:
    case, running = opened()
    ended = decide(case, [running], FOLLOWED_UP).case
    report = decided(received(), preliminary_form(Outcome.OPEN))

    with pytest.raises(Incomplete):
        decided(
            received(),
            preliminary_form(Outcome.ONGOING, investigation=ended.id),
            into=replace(ended, akt=report.case.akt),
        )


def test_none_of_it_can_be_appealed_to_the_administrative_court() -> None:
    assert not any(can_be_appealed(one) for one in LAGRUM.values())
    assert set(LAGRUM) == set(InvestigationOutcome) == set(investigating.ACTIONS)


def test_the_length_of_a_following_up_is_dated_and_says_that_it_is_unsure() -> None:
    assert rule("uppfoljning", date(2026, 11, 2)).confidence is Confidence.UNCERTAIN
    with pytest.raises(NoSuchDeadline):
        rule("uppfoljning", date(2025, 6, 30))


@pytest.mark.parametrize(
    ("form", "letter"),
    [
        (EXTENDED, LetterKind.INVESTIGATION_EXTENDED),
        (WITHOUT, LetterKind.INVESTIGATION_ENDED),
        (WITH, LetterKind.INVESTIGATION_ENDED),
        (FOLLOWED_UP, LetterKind.FOLLOW_UP_STARTED),
    ],
)
def test_each_decision_has_its_letter_and_leaves_the_name_out_of_it(
    form: InvestigationForm, letter: LetterKind
) -> None:
    case, running = opened()
    unnamed = replace(form, name_stands=Answer.NO, name_reason="Hot.")
    change = decide(case, [running], unnamed)
    anna = change.by.staff
    assert anna is not None

    assert lettering.kinds(change.case)[0] is letter
    assert naming.in_letter(letter, [made(change).decided], anna) is naming.Naming.LEFT_OUT


def test_the_end_of_a_following_up_has_its_letter_too() -> None:
    case, running = followed_up()
    ended = decide(
        take(replace(case, assignee=None), by=ANNA, now=NOW, fresh=Ids()).case, [running], FOLLOW_UP_ENDED
    ).case

    assert lettering.kinds(ended) == [LetterKind.FOLLOW_UP_ENDED, LetterKind.DECISION]
