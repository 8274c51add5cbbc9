"""Journal notes: what one says, and one that has been signed."""

from shared.app import House
from shared.domain.ids import CaseId, ItemId, StaffId
from shared.domain.notes import Care, NoteForm, NoteKind, Source, Weight
from shared.domain.principals import Principal
from shared.records.drafts import STAFF_FORM, Draft, note_draft
from tests.people import ANNA
from tests.records.reports import Forms

WORDS = "Mamma säger att Nova äter frukost hos grannen."
FORM = "journal_note"


def written(text: str = WORDS, kind: NoteKind = NoteKind.CALL, *care: Care, happened: str = "2026-11-01") -> NoteForm:
    """What a caseworker writes after a call with a guardian the day before."""
    return NoteForm(kind, happened, ("guardian",), Source.TOLD, Weight.FACT, text, "Karin", frozenset(care))


def note_draft_of(house: House, case: CaseId, by: Principal = ANNA) -> Draft:
    """A begun note."""
    id, owner = note_draft(case, StaffId(str(by.staff)), FORM)
    return house.drafts.begin(STAFF_FORM, id, owner, form=FORM, version="1", answers={}, by=str(by.staff))


def sign_note(house: House, case: CaseId, what: NoteForm | None = None, by: Principal = ANNA) -> ItemId:
    """A note is signed; its id."""
    draft = note_draft_of(house, case, by)
    once = Forms(by).new()
    return ItemId(
        house.journal.sign(by, case, what or written(), title="socialsekreterare", submission=once, draft=draft).result
    )
