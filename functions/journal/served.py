"""What is written to the own file: whose its drafts are, and which form each answers."""

from typing import Final

from functions.journal import own_drafts
from functions.journal.privately import privately
from shared.domain.principals import Kind
from shared.serving.attaching import Attaching
from shared.serving.served import Served

SERVED: Final = Served(
    prefix="/journal",
    kind=Kind.RESIDENT,
    find=own_drafts.find,
    kept=own_drafts.find,
    form=own_drafts.form_of,
    frame="journal_frame.html",
    files="journal_files.html",
    guard=privately,
)
FILES: Final = Attaching(SERVED)
