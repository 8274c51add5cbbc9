"""What was sent is known again, in whichever process it comes the second time."""

import subprocess
import sys
from typing import Final

import pytest

from shared.domain.ids import SubmissionId
from shared.records.submissions import Submission, Submissions
from tests.house.tree import ROOT
from tests.houses import demo_house

RELEASE: Final = """
import json
from functions.casework.review_pages import sent
from shared.domain.releasing import Considered
from shared.domain.reviews import Result, ReviewCheck
print(json.dumps(sent(Considered(Result.PARTLY, frozenset(ReviewCheck), 0, "child", "Skäl", ((0, 3),)))))
"""


def test_a_release_sent_again_to_another_process_is_the_same_release() -> None:
    assert len({printed(RELEASE, seed) for seed in range(3)}) == 1


def test_what_has_no_order_of_its_own_is_no_content_of_a_submission() -> None:
    once = Submission("anna", SubmissionId("0" * 32), {"checks": {"child", "weight"}})
    house = demo_house()
    with pytest.raises(TypeError):
        Submissions(house._vault).remember(once, "note", house.clock.now())


def printed(program: str, seed: int) -> str:
    """What a new process says, that keeps its sets in an order of its own."""
    words, own = [sys.executable, "-c", program], {"PYTHONHASHSEED": str(seed)}
    return subprocess.run(words, cwd=ROOT, env=own, check=True, capture_output=True).stdout.decode()
