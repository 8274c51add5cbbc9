"""A report from the school to its feedback, with nothing about anybody in the log and nothing lost to a fault."""

import io
from collections.abc import Iterator

import pytest

from shared import log
from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from tests.adapters.faulty_store import FaultyStore
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import DECISION, PROTECTION, Desk, at, decision, protection, reported, taken
from tests.houses import demo_house
from tests.people import SAMIR


@pytest.fixture
def store() -> FaultyStore:
    return FaultyStore(MemoryStore())


@pytest.fixture
def house(store: FaultyStore) -> Iterator[House]:
    with use(demo_house(store)) as opened:
        yield opened


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.start(stream)
    yield stream
    log.start(io.StringIO())


def test_a_report_travels_from_the_queue_to_its_feedback(house: House) -> None:
    case, anna = reported(house, feedback_requested="yes"), Desk(house)
    anna.take(case)
    assert "Gör skyddsbedömningen" in anna.get(at(case)).text
    anna.assess(case)
    assert "Besluta: inleda utredning eller inte" in anna.get(at(case)).text
    anna.decide(case, outcome="inleda")
    assert "Ge återkoppling till anmälaren" in anna.get(at(case)).text
    page = f"{at(case)}/aterkoppling"
    anna.post(page, {**anna.fields(page), "choice": "release", "checked": "yes"})

    assert "En utredning inleds" in Reporter(house).get("/anmal/mina").text
    assert not anna.case(case).open


def test_no_log_line_tells_who_anything_was_about(house: House, lines: io.StringIO, store: FaultyStore) -> None:
    case, anna = taken(house, child_phone="070-174 06 10"), Desk(house)
    anna.get(f"{at(case)}/kontakt?forsakrat=ja")
    anna.get(f"{at(case)}/folkbokforing")
    Desk(house, SAMIR).get(protection(case))
    anna.get(decision(case))
    anna.assess(case)
    store.fail_commits_before(1)
    anna.get(at(case))
    anna.get(f"{at('b' * 32)}/anmalan")  # type: ignore[arg-type]

    written = lines.getvalue()
    assert written.count("\n") >= 4
    for secret in ("Kim", "Exempel", "197701172392", "19770117", "070-174", "moster", "blåmärken", case):
        assert secret not in written


def test_while_the_store_is_down_what_was_written_is_shown_with_a_number_to_call(
    house: House, store: FaultyStore
) -> None:
    case, anna = taken(house), Desk(house)
    form = {**anna.fields(protection(case)), **PROTECTION}
    store.fail_commits_before(1)

    answer = anna.post(protection(case), form)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "hämtas av en moster" in answer.text
    assert "031-390 06 00" in answer.text


def test_a_signature_whose_answer_was_lost_is_found_when_it_is_sent_again(house: House, store: FaultyStore) -> None:
    case, anna = taken(house), Desk(house)
    anna.assess(case)
    anna.write(decision(case), DECISION)
    form = anna.fields(f"{decision(case)}/kontrollera")
    store.fail_commits_after(1)

    answers = [anna.post(f"{decision(case)}/kontrollera", form).status_code for _ in range(2)]

    assert answers[-1] == 303
    assert anna.case(case).decision is not None


def test_nothing_is_shown_when_the_showing_cannot_be_logged(house: House, store: FaultyStore) -> None:
    case, anna = taken(house), Desk(house)
    store.fail_commits_before(1)

    answer = anna.get(f"{at(case)}/anmalan")

    assert answer.status_code == 503
    assert "blåmärken" not in answer.text
