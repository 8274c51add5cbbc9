"""The applicant's own drafts: begun, found, or told to be sent or closed."""

import secrets
from typing import TYPE_CHECKING, NoReturn

from flask import abort

from functions.applications.declared_forms import known
from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.ids import DIGITS, DraftId, is_id
from shared.ports.store import AlreadyExists
from shared.records.drafts import APPLICATION, Draft, applicant
from shared.web import principal

if TYPE_CHECKING:
    from shared.formkit.definition import Answers, Form


class AlreadySent(Exception):
    """The draft has become an application; `application` is its id."""

    def __init__(self, application: str) -> None:
        super().__init__(application)
        self.application = application


class TooMany(Exception):
    """The person is writing as many applications as anybody may at a time; none was begun."""


class Closed(Exception):
    """The form of the draft can not be sent any more; what was written is still there."""

    def __init__(self, draft: Draft, form: "Form | None") -> None:
        super().__init__(draft.form)
        self.draft = draft
        self.form = form


def begin(form: "Form", wanted: str, *, again: bool) -> Draft:
    """The person's draft with the id `wanted`, made when it is new: the same start twice is one draft.

    `again` begins with what the last application of the form said. Raises `TooMany` when there is no room for it.
    """
    id, owner = DraftId(wanted), applicant(principal())
    if house().applicants.sent_before(principal(), id):
        id = DraftId(secrets.token_hex(DIGITS // 2))
    if house().drafts.full(owner, APPLICATION):
        return house().drafts.find(id, owner) or _no_room()
    answers, version = _beginning(form, again=again), str(form.version)
    try:
        return house().drafts.begin(APPLICATION, id, owner, form=form.id, version=version, answers=answers)
    except AlreadyExists:
        return house().drafts.find(id, owner) or abort(404)


def find(id: str) -> Draft:
    """The person's draft; anybody else's, an expired and an unknown one are 404. Raises `AlreadySent`, `Closed`."""
    draft = any_state(id)
    form_of(draft)
    return draft


def any_state(id: str) -> Draft:
    """The same, also when its form can not be sent any more."""
    if not is_id(id):
        abort(404)
    return house().drafts.find(DraftId(id), applicant(principal())) or _gone(id)


def form_of(draft: Draft) -> "Form":
    """The form of the draft as it is today; raises `Closed`."""
    from shared.formkit.declared import declared

    form = declared(draft.form)
    if form is None or form.case is None or not form.open_on(local_date(house().clock.now())):
        raise Closed(draft, form)
    return form


def _beginning(form: "Form", *, again: bool) -> "Answers":
    from shared.formkit.prefill import initial, refreshed
    from shared.formkit.renewal import copied

    facts = known(principal())
    earlier = house().applicants.latest(principal(), form.id) if again else None
    if earlier is None:
        return initial(form, facts)
    from shared.formkit.snapshot import read_snapshot

    parts = (earlier.snapshot, earlier.contact)
    said = {id: answer for part in parts if part for id, answer in read_snapshot(part).answers.items()}
    before = copied(form, said, local_date(house().clock.now()))
    return refreshed(form, before, {"name": principal().name, "application_type": "renewal"})


def _no_room() -> NoReturn:
    raise TooMany


def _gone(id: str) -> Draft:
    sent = house().applicants.sent_before(principal(), id)
    if sent is None:
        abort(404)
    raise AlreadySent(sent)
