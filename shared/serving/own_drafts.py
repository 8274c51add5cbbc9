"""The viewer's own drafts of one service: begun, found, or told to be sent already."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort

from shared.app import house
from shared.domain.ids import DIGITS, DraftId, is_id
from shared.domain.principals import Principal
from shared.ports.store import AlreadyExists
from shared.records.drafts import Draft
from shared.web import principal

if TYPE_CHECKING:
    from shared.formkit.definition import Form


class AlreadySent(Exception):
    """The draft has been sent; `receipt` is the id of what it became."""

    def __init__(self, receipt: str) -> None:
        super().__init__(receipt)
        self.receipt = receipt


class TooMany(Exception):
    """The person is writing as many as anybody may at a time; none was begun."""


@dataclass(frozen=True, slots=True)
class OwnDrafts:
    """Drafts of a `kind` of shared.records.drafts; `owner` says whose they are, `sent_before` what one has become."""

    kind: str
    owner: Callable[[Principal], str]
    sent_before: Callable[[str], str | None]
    about: bool = False
    """Whether they are about something: what is written about a decision has pages of its own, and only those."""

    def begin(self, form: "Form", wanted: str, answers: Callable[[], Mapping[str, Any]]) -> Draft:
        """The draft with the id `wanted`, made with `answers` when it is new: the same start twice is one draft.

        Raises `TooMany` when there is no room for a new one.
        """
        id, owner, drafts = DraftId(wanted), self.owner(principal()), house().drafts
        if self.sent_before(id):
            id = DraftId(secrets.token_hex(DIGITS // 2))
        if drafts.full(owner, self.kind):
            return self._begun(id) or _no_room()
        try:
            return drafts.begin(self.kind, id, owner, form=form.id, version=str(form.version), answers=answers())
        except AlreadyExists:
            return self._begun(id) or abort(404)

    def find(self, id: str) -> Draft:
        """The draft; anybody else's, an expired and an unknown one alike are 404. Raises `AlreadySent`."""
        if not is_id(id):
            abort(404)
        return self._begun(DraftId(id)) or self._gone(id)

    def _begun(self, id: DraftId) -> Draft | None:
        found = house().drafts.find(id, self.owner(principal()))
        return found if found is not None and bool(found.about) is self.about else None

    def _gone(self, id: str) -> Draft:
        sent = self.sent_before(id)
        if sent is None:
            abort(404)
        raise AlreadySent(sent)


def _no_room() -> Draft:
    raise TooMany
