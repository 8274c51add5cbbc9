"""Files sent along to the own file: the case's once, whatever happens meanwhile, and kept as long as the case."""

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, FileId, ItemId
from shared.domain.received_files import Refusal
from shared.ports.store import Conflict, Unavailable
from shared.records.drafts import Draft
from shared.records.objections import Written
from tests.adapters.faulty_store import FaultyStore
from tests.cases import PROTECTION, preliminary_form
from tests.houses import demo_house
from tests.own_files import OBJECTION, RELEASE, begun, knowing, noted, nova, novas_case
from tests.people import ANNA
from tests.records.papers import ToldScanner, packed
from tests.records.reports import Forms


def writing(house: House) -> tuple[CaseId, Draft, FileId]:
    """Nova is writing, with a file."""
    house.scanner = ToldScanner()
    knowing(house)
    case = novas_case(house)
    note = noted(house, case, "Mamma ringde.", RELEASE)
    draft = begun(house, note, nova(house), text=OBJECTION)
    kept = house.attachments.add(draft, "files", "papper.zip", packed())
    assert not isinstance(kept, Refusal)
    return case, kept, FileId(kept.answers["files"][0]["id"])


def send(house: House, draft: Draft, *files: FileId) -> ItemId:
    """What was written is sent; the id of what it became."""
    note = ItemId(draft.id.partition("-")[2])
    return ItemId(house.objections.send(nova(house), note, Written(OBJECTION, files), draft).result)


def content(house: House, said: ItemId, file: FileId) -> bytes:
    """The file as its sender gets it back."""
    found = house.objections.own_one(nova(house), said)
    assert found is not None
    given = house.sent_files.give(nova(house), found, file)
    assert given is not None
    return b"".join(given.content)


def test_a_file_is_the_cases_once_whatever_happens_to_the_answer() -> None:
    house = demo_house(faulty := FaultyStore(MemoryStore()))
    case, draft, file = writing(house)
    assert house.directory.present().staff, "the directory is there from the first notice on"
    faulty.fail_commits_before(1)
    with pytest.raises(Unavailable):
        send(house, draft, file)
    assert [one.id for one in house.attachments.of(draft.id)] == [file]
    faulty.fail_commits_after(1)
    said = {send(house, draft, file) for _ in range(2)}

    assert len(said) == 1
    assert [one.id for one in house.attachments.of(case)] == [file]
    assert house.attachments.of(draft.id) == []
    house.sweep.run()
    assert content(house, said.pop(), file) == packed()


def test_a_file_that_was_taken_away_on_another_page_stops_the_sending() -> None:
    house = demo_house()
    _, draft, file = writing(house)
    house.attachments.remove(draft, file)

    with pytest.raises(Conflict):
        send(house, draft, file)
    assert house.objections.sent_before(nova(house), draft.id) is None


def test_a_file_of_somebody_elses_draft_is_not_sent_along() -> None:
    house = demo_house()
    _, draft, _ = writing(house)
    _, _, others = writing(house)

    with pytest.raises(Conflict):
        send(house, draft, others)


def test_a_file_is_kept_as_its_case_and_longer_when_an_investigation_opens() -> None:
    house = demo_house()
    case, draft, file = writing(house)
    said = send(house, draft, file)
    row = house.store.get("attachments", file)
    assert row is not None

    def retention() -> object:
        return house.kept.ring._store.get("data_keys", row.fields["file_key"]).fields["retention"]  # type: ignore[attr-defined]

    assert retention() == "FIVE_YEARS_NOT_OPENED"
    house.caseworker.assess(ANNA, case, PROTECTION, Forms(ANNA).new(), None)
    form = preliminary_form(Outcome.OPEN)
    house.caseworker.decide(ANNA, case, form, title="t", submission=Forms(ANNA).new(), draft=None)
    assert retention() == "CHILD_30"
    assert content(house, said, file) == packed()
