"""What the person is writing to the own file: begun, found, or told to be sent."""

import re
import secrets
from typing import TYPE_CHECKING, Final

from flask import abort

from shared.app import house
from shared.domain.ids import DIGITS, DraftId, ItemId
from shared.ports.store import AlreadyExists
from shared.records.drafts import OWN_FILE, Draft, note_of, own_file_draft, own_file_owner
from shared.serving.own_drafts import AlreadySent, TooMany
from shared.web import principal

if TYPE_CHECKING:
    from shared.formkit.definition import Form

OBJECTION: Final = "own_file_objection"
ADDITION: Final = "own_file_addition"
_ID: Final = re.compile(rf"[0-9a-f]{{{DIGITS}}}(-[0-9a-f]{{{DIGITS}}})?")


def begin(note: ItemId | None, wanted: str) -> Draft:
    """What is being written about the note, or to the file: taken up again, or new with an id that begins so.

    404 for a note that the person may not read now, and for the file while nothing of it can be read. Raises
    `TooMany` when there is no room for a new one.
    """
    if not house().objections.may_send(principal(), note):
        abort(404)
    owner = own_file_owner(principal())
    for begun in house().drafts.of(owner):
        if note_of(begun.id) == note and (found := house().drafts.find(begun.id, owner)):
            return found
    if house().drafts.full(owner, OWN_FILE):
        raise TooMany
    form = form_called(OBJECTION if note else ADDITION)
    id = own_file_draft(wanted, note)
    if house().objections.sent_before(principal(), id):
        id = own_file_draft(secrets.token_hex(DIGITS // 2), note)
    try:
        return house().drafts.begin(OWN_FILE, id, owner, form=form.id, version=str(form.version), answers={})
    except AlreadyExists:
        return find(id)


def find(id: str) -> Draft:
    """The person's draft; anybody else's, an expired and an unknown one are 404. Raises `AlreadySent`."""
    if not _ID.fullmatch(id):
        abort(404)
    found = house().drafts.find(DraftId(id), own_file_owner(principal()))
    if found is not None:
        return found
    sent = house().objections.sent_before(principal(), id)
    if sent is None:
        abort(404)
    raise AlreadySent(sent)


def form_of(draft: Draft) -> "Form":
    """The form that the draft answers."""
    return form_called(draft.form)


def form_called(id: str) -> "Form":
    """One of the two forms."""
    from shared.formkit.declared import declared

    return declared(id) or abort(404)
