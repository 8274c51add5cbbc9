"""Files as reporters send them, in a house whose scanner says what it is told."""

from typing import Any

from functions.concern_reports.filing import filed as read_out
from functions.concern_reports.report_form import report_form
from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.ids import FileId, KeyId
from shared.domain.received_files import Refusal, Verdict
from shared.ports.store import Document
from shared.records.drafts import Draft
from tests.adapters.faulty_store import FaultyStore
from tests.houses import HandClock, demo_house
from tests.people import ELSA
from tests.records.reports import draft_of, file_report

QUESTION = "attachments"
ANSWERS: dict[str, Any] = {
    "reporter_name": "Elsa Exempel",
    "child_given_name": "Nova",
    "concern_description": "Nova är hungrig varje morgon.",
}


def packed(words: str = "papper") -> bytes:
    """A packed file: kept as it came, so that no process has to open it."""
    return b"PK\x03\x04" + words.encode()


class ToldScanner:
    """A scanner that says what it is told, and counts."""

    def __init__(self, says: Verdict = Verdict.CLEAN) -> None:
        self.says = says
        self.asked = 0

    def scan(self, content: bytes) -> Verdict:
        self.asked += 1
        return self.says


def scanned_house(clock: HandClock | None = None, says: Verdict = Verdict.CLEAN) -> tuple[House, ToldScanner]:
    """A house in memory whose store fails when told, and its scanner."""
    house, scanner = demo_house(FaultyStore(MemoryStore()), clock), ToldScanner(says)
    house.scanner = scanner
    return house, scanner


def faulty(house: House) -> FaultyStore:
    """The store of the house, to be told what fails."""
    store: FaultyStore = house.store._store  # type: ignore[attr-defined]
    return store


def written(house: House) -> Draft:
    """A draft that can be sent."""
    return draft_of(house, ELSA, dict(ANSWERS))


def with_file(house: House, draft: Draft, words: str = "papper", name: str = "papper.zip") -> Draft:
    """The draft with one more file."""
    kept = house.attachments.add(draft, QUESTION, name, packed(words))
    assert not isinstance(kept, Refusal), kept
    return kept


def send(house: House, draft: Draft) -> str:
    """The draft is sent as the pages send it; the report's id."""
    what = read_out(report_form(), draft.answers, "sv", house.clock.now())
    return file_report(house, what, draft=draft).result


def listed(draft: Draft) -> list[str]:
    """The names that the draft's answer lists."""
    return [one["name"] for one in draft.answers.get(QUESTION, [])]


def rows(house: House) -> list[Document]:
    """What is stored about files."""
    stored = faulty(house)._store._documents  # type: ignore[attr-defined]
    found = (house.store.get(*key) for key in stored if key[0] == "attachments")
    return [one for one in found if one is not None]


def contents(house: House) -> set[str]:
    """The ids of what lies in the file keeper."""
    return set(house.kept.files.held)  # type: ignore[attr-defined]


def keys(house: House) -> dict[str, str]:
    """The owners of the keys that are stored, with their classes."""
    stored = house.kept.ring._store._documents  # type: ignore[attr-defined]
    found = (house.kept.ring._store.get(*key) for key in stored if key[0] == "data_keys")  # type: ignore[attr-defined]
    return {str(one.fields["owner"]): str(one.fields["retention"]) for one in found if one is not None}


def file_keys(house: House) -> dict[str, str]:
    """The same, of the keys of files."""
    return {owner: kept for owner, kept in keys(house).items() if owner.startswith(("file:", "upload:"))}


def only(house: House) -> tuple[FileId, KeyId]:
    """The one file there is, and its key."""
    [row] = rows(house)
    return FileId(row.id), KeyId(str(row.fields["file_key"]))
