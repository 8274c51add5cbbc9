"""This service: whose its drafts are, and which form each answers."""

from typing import Final

from functions.applications import own_drafts
from functions.applications.residents import residents_only
from shared.domain.principals import Kind
from shared.serving.attaching import Attaching
from shared.serving.served import Served

SERVED: Final = Served(
    prefix="/ansok",
    kind=Kind.RESIDENT,
    find=own_drafts.find,
    kept=own_drafts.OWN.find,
    form=own_drafts.form_of,
    frame="application_frame.html",
    files="application_files.html",
    guard=residents_only,
)
FILES: Final = Attaching(SERVED)
