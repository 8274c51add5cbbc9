"""An answer of the store that gets lost after the write takes nothing with it: what was written can be read."""

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.domain.ids import DraftId, ItemId
from shared.ports.store import AlreadyExists
from shared.records.drafts import REPORT, report_owner
from tests.adapters.faulty_store import FaultyStore
from tests.houses import demo_house, login
from tests.people import CIA, ELSA
from tests.records.reports import draft_of, file_report


def test_a_report_whose_answer_got_lost_can_be_read() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    draft = draft_of(house)
    store.fail_commits_after(1)

    sent = file_report(house, draft=draft)

    receipt = house.reporting.receipt(ELSA, ItemId(sent.result), whole=True)
    assert receipt is not None
    assert receipt.report.snapshot["story"] == "Nova är hungrig varje morgon."


def test_a_login_whose_first_write_of_the_day_was_repeated_lasts() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    store.repeat_commits(1)

    token = login(house, ELSA)

    assert house.sessions.read(token) is not None


def test_a_draft_whose_first_write_was_repeated_is_the_draft() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    store.repeat_commits(1)

    begun = draft_of(house)

    found = house.drafts.find(begun.id, report_owner(ELSA))
    assert found is not None
    assert found.answers == begun.answers
    assert found.rev == begun.rev


def test_anothers_draft_is_never_taken_for_the_own() -> None:
    house = demo_house()
    hers = draft_of(house)

    with pytest.raises(AlreadyExists):
        house.drafts.begin(REPORT, DraftId(hers.id), report_owner(CIA), form="f", version="1", answers={})

    assert house.drafts.find(hers.id, report_owner(ELSA)) is not None
