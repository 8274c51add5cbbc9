"""What the one resident who knocks says of the own file, with a file of his."""

from typing import Any, Final

from shared.domain.ids import CaseId, FileId, ItemId
from shared.domain.queries import OBJECTIONS_OF_CASE
from shared.records.drafts import Draft, own_file_owner
from shared.records.objections import Written
from tests.journeys.town import TOLVAN, Town
from tests.own_files import OBJECTION, begun

PAPERS: Final = b"PK\x03\x04 Novas papper, packade"


def says(town: Town, note: ItemId | None, *, sent: bool) -> None:
    """Tolvan writes that the note is wrong, or adds to the file and asks for no answer; and sends it, or does not."""
    draft = begun(town.house, note, TOLVAN, text=OBJECTION)
    kept = town.house.attachments.add(draft, "files", "papper.zip", PAPERS)
    assert isinstance(kept, Draft)
    if sent:
        files = tuple(FileId(one["id"]) for one in kept.answers["files"])
        town.house.objections.send(TOLVAN, note, Written(OBJECTION, files, asks=note is not None), kept)


def said(town: Town, case: CaseId) -> tuple[str, str]:
    """What he has said in the case, and the file that came with it."""
    found = town.house.store.query(OBJECTIONS_OF_CASE, {"case": case}, limit=1).documents
    files: Any = found[0].fields["files"] if found else [""]
    return (found[0].id if found else "none"), files[0]


def saying(town: Town) -> str:
    """What he is writing."""
    found = town.house.drafts.of(own_file_owner(TOLVAN), most=1)
    return found[0].id if found else "none"
