"""What the jobs of applicants work on: applications ready to be sent."""

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.ids import DraftId
from shared.records.drafts import APPLICATION, applicant
from tests.applications import ANSWERS, FORM
from tests.bench.stock import karin

STORY = "Jag har levt på sparpengar och lite hjälp av min syster sedan jobbet tog slut i oktober. " * 8


def applications(house: House, count: int) -> list[str]:
    """So many drafts of Karin's with everything answered that must be; their ids."""
    return [_draft(house) for _ in range(count)]


def _draft(house: House) -> str:
    answers = {**ANSWERS, "livelihood_description": STORY}
    id, owner = DraftId(fresh()), applicant(karin(house))
    return house.drafts.begin(APPLICATION, id, owner, form=FORM, version="1", answers=answers).id
