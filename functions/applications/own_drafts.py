"""The applicant's own drafts, and the forms that they answer."""

from typing import TYPE_CHECKING, Final

from functions.applications.declared_forms import known
from shared.app import house
from shared.domain.calendar import local_date
from shared.records.drafts import APPLICATION, Draft, applicant
from shared.serving.own_drafts import OwnDrafts
from shared.web import principal

if TYPE_CHECKING:
    from shared.formkit.definition import Answers, Form

OWN: Final = OwnDrafts(APPLICATION, applicant, lambda id: house().applicants.sent_before(principal(), id))


class Closed(Exception):
    """The form of the draft can not be sent any more; what was written is still there."""

    def __init__(self, draft: Draft, form: "Form | None") -> None:
        super().__init__(draft.form)
        self.draft = draft
        self.form = form


def begin(form: "Form", wanted: str, *, again: bool) -> Draft:
    """The person's draft with the id `wanted`; `again` begins a new one with what the last of the form said.

    Raises `TooMany` when there is no room for a new one.
    """
    return OWN.begin(form, wanted, lambda: _beginning(form, again=again))


def find(id: str) -> Draft:
    """The person's draft that can be sent; raises as `OwnDrafts.find`, and `Closed`."""
    draft = OWN.find(id)
    form_of(draft)
    return draft


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
