"""A keeper leaves at any step of a form: it can be sent again, and then leaves what one press does."""

from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Final

import pytest

from tests.access.routes import Route
from tests.faults.posting import documents, named, sender, taken
from tests.faults.test_at_once import FINAL, keys
from tests.faults.test_without_the_keepers import ALWAYS, STORED, cut, mend, not_armed, tells_what_to_do
from tests.journeys.town import Town, town
from tests.journeys.visitor import Answer

FIRST: Final = 10
"""The steps that are tried of every form; all of them where it writes most."""
WHOLE: Final = ("/flytta", "/ansokan/beslut/kontrollera", "/journal/skriv/kontrollera", "/ansok/utkast/<id>/skicka")


@pytest.mark.slow
@pytest.mark.parametrize("route", FINAL, ids=named)
def test_a_store_that_leaves_midway_loses_nothing_and_leaves_nothing_half(route: Route) -> None:
    calm, died = left_behind(route, ALWAYS), 0
    assert calm[0].status == taken(route), calm[0].text
    for step in count():
        if step == FIRST and not route.rule.endswith(WHOLE):
            break
        first, left = left_behind(route, step)
        assert left == calm[1], f"step {step}"
        if first.status != 503:
            break
        died += 1
    assert died, "the store was asked for something"


def left_behind(route: Route, step: int) -> tuple[Answer, Counter[str]]:
    """How the form was answered when the store left at that step, and what stands when it has been sent again then."""
    with town() as here:
        form = sender(here, route)
        form.visitor.get("/logga-in")
        leave_at(here, step)
        first = form.send()
        stay(here)
        if first.status == 503:
            assert tells_what_to_do(first)
            again = form.visitor.submit(first, form.path)
            assert again.status in {taken(route), 303, 409}, again.text
        here.clock.advance(timedelta(minutes=3))
        here.house.waiting_originals.make()  # what a decision lacks is made later, without anybody
        return first, Counter(collection for collection, _ in documents(here))


def leave_at(here: Town, step: int) -> None:
    """The store answers so many more questions."""
    steps = count()

    def late() -> None:
        if next(steps) == step:
            cut(here)

    here.store._late = late


def stay(here: Town) -> None:
    """It is back, for good."""
    here.store._late = lambda: None
    mend(here)


@pytest.mark.parametrize("route", STORED, ids=named)
def test_without_the_key_store_a_form_is_taken_whole_or_comes_back_to_be_sent_again(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before, made = documents(here), keys(here)
        forget_keys(here)
        here.keys.fail_reads(ALWAYS)
        here.keys.fail_commits_before(ALWAYS)
        answer = form.send()
        here.keys.fail_reads(0)
        here.keys.fail_commits_before(0)
        if answer.status == 503:
            assert tells_what_to_do(answer)
            assert (documents(here), keys(here)) == (before, made)
            answer = form.visitor.submit(answer, form.path)
        assert answer.status in {taken(route), 422}, answer.text


def forget_keys(here: Town) -> None:
    """No key is remembered from before."""
    ring = here.house.kept.ring
    ring._data = type(ring._data)(1, 0.0, lambda: 0.0)  # type: ignore[attr-defined]


@pytest.mark.parametrize("route", STORED, ids=named)
def test_without_the_alarm_keeper_every_form_is_taken_and_the_sweep_sets_the_alarms(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        here.alarms.down = True
        assert form.send().status in {taken(route), 422}
        here.alarms.down = False
        here.clock.advance(timedelta(minutes=10))
        here.house.sweep.run()
        assert not_armed(here) == []
