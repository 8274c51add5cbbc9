"""What each job may ask of the store, through the real pages: the same on every machine."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.bench.counting import Counts, counted_house
from tests.bench.goals import GOALS, Goal
from tests.bench.jobs import JOBS
from tests.bench.mixed_journals import mixed

COUNTED = [goal for goal in GOALS if goal.exact and goal.job in JOBS]


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counts]:
    """Every job, each in a house of its own."""
    found = {}
    for name, job in JOBS.items():
        with counted_house(tmp_path_factory.mktemp(name)) as house:
            found[name] = house.count(job)
    return found


@pytest.mark.parametrize("goal", COUNTED, ids=lambda goal: goal.name)
def test_a_job_asks_no_more_of_the_store_than_it_may(counts: dict[str, Counts], goal: Goal) -> None:
    measured = goal.measured({goal.job: asdict(counts[goal.job])})

    assert measured is not None
    assert measured <= goal.most


def test_the_jobs_do_what_they_are_for(counts: dict[str, Counts]) -> None:
    assert counts["report"].tasks == 2, "both clocks of the law are set"
    assert counts["decision"].tasks == 2, "the investigation and the feedback have their clocks"
    assert counts["queue_page"].reads >= 25 + 6, "a whole page and its piles"
    assert counts["case_page"].writes == 1, "the opening is logged"
    assert counts["journal_page"].writes == 1, "the person's own reading is logged"
    assert counts["journal_page"].reads >= 7 + 2, "a whole page, and who the person is"


def test_many_matters_ask_no_more_than_a_page(counts: dict[str, Counts], tmp_path: Path) -> None:
    assert counts["my_matters"].reads >= 8 + 5, "a whole page, and the drafts"
    many = replace(JOBS["my_matters"], crowd=120)
    with counted_house(tmp_path) as house:
        assert house.count(many) == counts["my_matters"]


def test_a_long_journal_asks_no_more_than_a_short_one(counts: dict[str, Counts], tmp_path: Path) -> None:
    long = replace(JOBS["journal_page"], crowd=120)
    with counted_house(tmp_path) as house:
        assert house.count(long) == counts["journal_page"]


def test_a_journal_of_everything_asks_no_more_than_it_may(tmp_path: Path) -> None:
    everything = replace(JOBS["journal_page"], stock=mixed, crowd=4)
    with counted_house(tmp_path) as house:
        counted = house.count(everything)
    goals = {goal.figure: goal.most for goal in COUNTED if goal.job == "journal_page"}

    assert counted.reads <= goals["reads"]
    assert counted.writes <= goals["writes"]
