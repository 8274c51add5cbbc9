"""This service: whose its drafts are, and which form each answers."""

from typing import Final

from flask import url_for

from functions.appeals import own_drafts
from functions.appeals.residents import residents_only
from shared.domain.principals import Kind
from shared.serving.attaching import Attaching
from shared.serving.served import Served

SERVED: Final = Served(
    prefix="/overklaga",
    kind=Kind.RESIDENT,
    find=own_drafts.find,
    kept=own_drafts.find,
    form=own_drafts.form_of,
    frame="appeal_frame.html",
    files="appeal_files.html",
    away=lambda draft: url_for("start.about", decision=draft.about),
    guard=residents_only,
)
FILES: Final = Attaching(SERVED)
