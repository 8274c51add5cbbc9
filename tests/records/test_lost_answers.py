"""An answer of the store that gets lost after the write takes nothing with it: what was written can be read."""

from shared.adapters.memory_store import MemoryStore
from shared.domain.ids import ItemId
from tests.adapters.faulty_store import FaultyStore
from tests.houses import demo_house
from tests.people import ELSA
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
