"""The tables themselves: nothing in them is unreachable, unwatched, endless or undecided without saying why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest

from shared.domain.cases import CaseKind, Step
from shared.domain.change import Action
from shared.domain.deadline_law import rule
from shared.domain.flow import BESIDE, Flow, Row, Way, When, Who
from shared.domain.flows import FLOWS

BEGUN = "begun"


@dataclass(frozen=True)
class Place:
    """Where a case can be: its step and the deadlines that run."""

    step: Step | str
    running: frozenset[str]


def ways_from(flow: Flow, place: Place) -> Iterator[tuple[Row, Place]]:
    """Every act that is done here, with where it leads; one that stops what does not run leads nowhere."""
    for row in flow.rows:
        if place.step not in (row.at or (BEGUN,)) or not _meets(row, place):
            continue
        for way in _ways(row, place):
            ended = {*row.stops, *way.ends}
            yield row, Place(way.to or place.step, place.running - ended | set(way.starts))


def _ways(row: Row, place: Place) -> Iterator[Way]:
    """The ways that can be open here: whether a case has ended is the one thing that its place tells."""
    ended = place.step is Step.AVSLUTAT
    for way in row.ways:
        if way.when is not When.ENDED or ended:
            yield way
        if way.when is When.ENDED and ended:
            return


def _meets(row: Row, place: Place) -> bool:
    """Whether something runs that the act stops, if it stops anything."""
    return not row.stops or bool(set(row.stops) & place.running)


def places(flow: Flow) -> set[Place]:
    """Everywhere that a case of the kind can come."""
    found = {Place(BEGUN, frozenset())}
    new = set(found)
    while new:
        new = {after for place in new for _, after in ways_from(flow, place)} - found
        found |= new
    return {place for place in found if place.step != BEGUN}


def ends(flow: Flow, place: Place) -> bool:
    """Whether some way leads from here to the end."""
    seen, new = {place}, {place}
    while new:
        new = {after for one in new for _, after in ways_from(flow, one)} - seen
        seen |= new
    return any(one.step is Step.AVSLUTAT for one in seen)


every_flow = pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.kind)


@every_flow
def test_every_act_has_one_row_or_a_reason_for_having_none(flow: Flow) -> None:
    named = [row.act for row in flow.rows] + list(flow.never)

    assert sorted(named) == sorted(set(Action) - BESIDE)
    assert all(flow.never.values())


def test_every_kind_of_case_has_a_flow() -> None:
    assert set(FLOWS) == set(CaseKind)
    assert all(kind is flow.kind for kind, flow in FLOWS.items())


@every_flow
def test_every_case_begins_in_one_step(flow: Flow) -> None:
    (begin,) = [row for row in flow.rows if not row.at]

    assert flow.begins.to is not None
    assert {way.to for way in begin.ways} == {flow.first}


@every_flow
def test_every_step_that_a_row_names_is_reached(flow: Flow) -> None:
    named = {step for row in flow.rows for step in row.at} | {way.to for row in flow.rows for way in row.ways if way.to}

    assert named == {place.step for place in places(flow)}


def test_every_step_belongs_to_some_flow() -> None:
    assert {place.step for flow in FLOWS.values() for place in places(flow)} == set(Step)


@every_flow
def test_every_act_can_be_done_wherever_its_row_says(flow: Flow) -> None:
    """A clock that it stops runs in every step in which it is done, on whatever way the case came there."""
    for row in flow.rows:
        here = [place for place in places(flow) if place.step in row.at]
        assert all(_meets(row, place) for place in here), row.act
        assert all(set(row.moves) <= place.running for place in here), row.act


@every_flow
def test_in_every_open_step_something_is_watched(flow: Flow) -> None:
    assert all(place.running for place in places(flow) if place.step is not Step.AVSLUTAT)


@every_flow
def test_when_a_case_has_ended_nothing_runs_and_nothing_is_done_but_what_the_table_gives_a_reason_for(
    flow: Flow,
) -> None:
    assert not any(place.running for place in places(flow) if place.step is Step.AVSLUTAT)
    assert {row.act for row in flow.rows if Step.AVSLUTAT in row.at} == set(flow.again)
    assert all(flow.again.values())


@every_flow
def test_what_takes_an_ended_case_on_opens_it_with_something_watched_and_it_ends_again(flow: Flow) -> None:
    ended = [place for place in places(flow) if place.step is Step.AVSLUTAT]
    onward = [after for place in ended for row, after in ways_from(flow, place) if row.act in flow.again]

    assert bool(onward) == bool(flow.again)
    for after in onward:
        assert after.step is not Step.AVSLUTAT
        assert after.running
        assert ends(flow, after)


def test_only_a_request_for_feedback_reaches_a_report_that_has_ended_and_only_an_appeal_an_application() -> None:
    assert {kind: set(flow.again) for kind, flow in FLOWS.items() if flow.again} == {
        CaseKind.OROSANMALAN: {Action.FEEDBACK_REQUESTED},
        CaseKind.EKONOMISKT_BISTAND: {
            Action.APPEAL_RECEIVED,
            Action.APPEAL_ADDED_AFTER,
            Action.APPEAL_DISMISSAL_LIFTED,
        },
    }


@every_flow
def test_every_case_can_end_or_the_table_says_why_not(flow: Flow) -> None:
    stuck = {place.step for place in places(flow) if not ends(flow, place)}

    assert stuck == set(flow.endless)
    assert all(flow.endless.values())


@every_flow
def test_every_clock_is_a_deadline_of_the_law(flow: Flow) -> None:
    started = {name for row in flow.rows for way in row.ways for name in way.starts}
    stopped = {name for row in flow.rows for name in row.stops}
    stopped |= {name for row in flow.rows for way in row.ways for name in (*way.meets, *way.cancels)}

    moved = {name for row in flow.rows for name in row.moves}

    assert stopped | moved <= started
    assert all(rule(name, date(2026, 11, 2)) for name in started)


@every_flow
def test_the_last_way_of_an_act_is_always_open(flow: Flow) -> None:
    for row in flow.rows:
        assert [way.when for way in row.ways].count(When.ALWAYS) == 1, row.act
        assert row.ways[-1].when is When.ALWAYS, row.act


@every_flow
def test_what_is_done_in_two_cases_has_a_row_in_both(flow: Flow) -> None:
    reaching = {row.act for other in FLOWS.values() for row in other.rows if row.also is flow.kind}

    assert {row.act for row in flow.rows if row.who is Who.WITH_ANOTHER} == reaching


# ── The checks themselves see what they are for ───────────────────────────────────────────────────────────────────────


def changed(act: Action, **fields: object) -> Flow:
    flow = FLOWS[CaseKind.OROSANMALAN]
    rows = tuple(replace(row, **fields) if row.act is act else row for row in flow.rows)  # type: ignore[arg-type]
    return replace(flow, rows=rows)


def test_a_step_that_nothing_leads_out_of_is_seen() -> None:
    flow = changed(Action.FEEDBACK_RELEASED, ways=(Way(),))

    with pytest.raises(AssertionError):
        test_every_case_can_end_or_the_table_says_why_not(flow)


def test_a_clock_that_nothing_stops_is_seen() -> None:
    with pytest.raises(AssertionError):
        test_when_a_case_has_ended_nothing_runs_and_nothing_is_done_but_what_the_table_gives_a_reason_for(
            changed(Action.FEEDBACK_RELEASED, stops=())
        )


def test_an_act_in_an_ended_case_without_a_reason_is_seen() -> None:
    with pytest.raises(AssertionError):
        test_when_a_case_has_ended_nothing_runs_and_nothing_is_done_but_what_the_table_gives_a_reason_for(
            changed(Action.LETTER_SENT, at=(Step.FORHANDSBEDOMNING, Step.AVSLUTAT))
        )


def test_a_case_that_is_taken_on_without_a_clock_is_seen() -> None:
    ways = (Way(Step.ATERKOPPLING, when=When.ENDED), Way())

    with pytest.raises(AssertionError):
        test_what_takes_an_ended_case_on_opens_it_with_something_watched_and_it_ends_again(
            changed(Action.FEEDBACK_REQUESTED, ways=ways)
        )


def test_a_step_without_a_clock_is_seen() -> None:
    flow = changed(Action.INVESTIGATION_OPENED, ways=(Way(Step.ATERKOPPLING),))

    with pytest.raises(AssertionError):
        test_in_every_open_step_something_is_watched(flow)
