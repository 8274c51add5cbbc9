"""The store, the keys or the alarm keeper do not answer: people get a page with a phone number and lose nothing."""

import json
from collections import Counter
from datetime import timedelta
from typing import Final

import pytest

from shared.domain.deadlines import alarm_name
from shared.domain.queries import DEADLINES_TO_SWEEP
from shared.records.deadlines import read_deadline
from tests.access.routes import ANYBODY, ROUTES, Route
from tests.access.standing import standing
from tests.faults.posting import MACHINES, SCRIPTS, WRITING, documents, insider, named, sender, taken
from tests.journeys.town import PEOPLE, Town, town
from tests.journeys.visitor import Answer

ALWAYS: Final = 10**9
PHONE: Final = "031-390 06 00"
STANDS: Final = frozenset(
    {"/arbete/kalender/<secret>.ics"}
    | {route.rule for route in ROUTES if route.who == ANYBODY and route.rule != "/halsa/redo"}
)
"""What anybody may ask for, most of which needs no store; a secret that we never gave is known without it."""
each_page = pytest.mark.parametrize("route", [one for one in ROUTES if one.method == "GET"], ids=named)
STORED: Final = [route for route in WRITING if route.rule != "/logga-in/start"]
"""The forms that need the store: a login begins without it."""
each_stored = pytest.mark.parametrize("route", STORED, ids=named)
each_post = pytest.mark.parametrize("route", WRITING, ids=named)


def cut(town: Town) -> None:
    """From now on the store does nothing."""
    town.store.fail_reads(ALWAYS)
    town.store.fail_commits_before(ALWAYS)


def mend(town: Town) -> None:
    """The store answers again."""
    town.store.fail_reads(0)
    town.store.fail_commits_before(0)


def tells_what_to_do(answer: Answer) -> bool:
    """Whether it is our page for a service that is away: when to come back, whom to call, in whole words."""
    return (
        answer.status == 503
        and answer.header("Retry-After").isdigit()
        and PHONE in answer.text
        and "112" in answer.text
        and "</html>" in answer.text
    )


@each_page
def test_without_the_store_every_page_stands_or_says_whom_to_call(route: Route) -> None:
    with town() as here:
        known = standing(here, route.case)
        visitor = here.visitor(PEOPLE[insider(route)])
        cut(here)
        answer = visitor.ask("GET", route.path(known.known(route)))
        assert tells_what_to_do(answer) or (route.rule in STANDS and answer.status < 500) or route.rule == "/halsa/redo"


@each_stored
def test_without_the_store_every_form_comes_back_with_what_was_written_and_can_be_sent_again(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        cut(here)
        away = form.send()
        assert tells_what_to_do(away)
        again = away.form(form.path)
        kept = [field for field in form.fields if field[0] != "csrf_token"]
        assert [field for field in again.fields if field[0] != "csrf_token"] == kept
        mend(here)
        assert form.visitor.submit(away, form.path).status in {taken(route), 409, 422}


def test_without_the_store_a_login_begins_and_its_end_says_whom_to_call() -> None:
    with town() as here:
        visitor = here.visitor()
        choose = visitor.get("/logga-in")
        cut(here)
        begun = visitor.submit(choose, "/logga-in/start", broker="test-eid")
        assert begun.status == 303
        assert tells_what_to_do(visitor.follow(visitor.submit(visitor.follow(begun), person="elsa.exempel")))


@each_post
def test_an_answer_lost_after_the_commit_leaves_the_same_as_one_that_came(route: Route) -> None:
    assert left_behind(route, lost=True) == left_behind(route, lost=False)


def left_behind(route: Route, *, lost: bool) -> Counter[str]:
    """How many documents of each kind stand when the form has been sent, and sent again if its answer was lost."""
    with town() as here:
        form = sender(here, route)
        form.visitor.get("/logga-in")
        here.store.fail_commits_after(1 if lost else 0)
        answer = form.send()
        if lost and answer.status == 503:
            answer = form.send()
        assert answer.status in {taken(route), 303, 409}, answer.text
        return Counter(collection for collection, _ in documents(here))


@pytest.mark.parametrize("path", ["/intern/larm", "/intern/svep"])
def test_a_machine_is_told_to_come_back(path: str) -> None:
    with town() as here:
        alarm = next(iter(_alarms(here)))
        cut(here)
        body = alarm if path.endswith("larm") else b"{}"
        signed = {"Authorization": here.house.tokens.sign(path, body), "Content-Type": "application/json"}
        answer = here.visitor().ask("POST", path, body, signed)
        assert (answer.status, answer.header("Content-Type")) == (503, "application/json")


def _alarms(here: Town) -> list[bytes]:
    standing(here, "taken")
    return [json.dumps(dict(one.payload)).encode() for one in here.alarms.wakes.values()]


def test_the_pages_of_machines_are_the_only_ones_without_a_row_here() -> None:
    tried = {route.rule for route in WRITING} | STANDS
    left = {route.rule for route in ROUTES if route.method == "POST"} - tried
    assert [rule for rule in left if not rule.startswith(MACHINES) and SCRIPTS not in rule] == []


# ── Keys and alarms ───────────────────────────────────────────────────────────────────────────────────────────────────


def sending() -> Route:
    """The route that files a report."""
    return next(route for route in ROUTES if route.rule == "/anmal/utkast/<id>/skicka")


def test_without_the_key_store_nothing_is_filed_halfway_and_the_report_can_be_sent_again() -> None:
    with town() as here:
        form = sender(here, sending())
        before = documents(here)
        here.keys.fail_commits_before(ALWAYS)
        away = form.send()
        assert tells_what_to_do(away)
        assert documents(here) == before
        here.keys.fail_commits_before(0)
        assert form.visitor.submit(away, form.path).location.startswith("/anmal/kvitto/")


def test_without_the_key_store_what_lies_sealed_is_not_shown_half() -> None:
    with town() as here:
        known = standing(here, "taken")
        visitor = here.visitor(PEOPLE["caseworker"])
        here.house.kept.ring._data = type(here.house.kept.ring._data)(1, 0.0, lambda: 0.0)  # type: ignore[attr-defined]
        here.keys.fail_reads(ALWAYS)
        assert tells_what_to_do(visitor.ask("GET", f"/arbete/arende/{known.case}/anmalan"))


def test_without_the_alarm_keeper_the_report_comes_in_and_the_sweep_sets_its_alarms() -> None:
    with town() as here:
        form = sender(here, sending())
        set_before = set(here.alarms.wakes)
        here.alarms.down = True
        assert form.send().location.startswith("/anmal/kvitto/")
        assert set(here.alarms.wakes) == set_before
        here.alarms.down = False
        here.clock.advance(timedelta(minutes=10))
        here.house.sweep.run()
        assert not_armed(here) == []


def not_armed(here: Town) -> list[str]:
    """The running deadlines that have no alarm."""
    found = here.house.store.query(DEADLINES_TO_SWEEP, {"open": True}, limit=100).documents
    return [one.id for one in found if alarm_name(read_deadline(one)) not in here.alarms.wakes]
