"""The appellant's own drafts: one for each decision at a time, begun, found, or told to be sent."""

import hashlib
from typing import TYPE_CHECKING, Final

from flask import abort

from functions.appeals import decision_words
from shared.app import house
from shared.domain.ids import DIGITS, DraftId, ItemId, is_id
from shared.ports.store import AlreadyExists
from shared.records.drafts import APPLICATION, Draft, applicant
from shared.serving.own_drafts import OwnDrafts
from shared.web import principal

if TYPE_CHECKING:
    from shared.formkit.definition import Form
    from shared.records.appellants import OwnDecision

FORM: Final = "appeal"


OWN: Final = OwnDrafts(APPLICATION, applicant, lambda id: house().appellants.sent_before(principal(), id), about=True)


def draft_id(own: "OwnDecision") -> DraftId:
    """The one draft of who appeals this decision now: pressing twice, or on two devices, is the same draft.

    What is written after an appeal has come in is another, an addition.
    """
    about = f"{FORM}|{own.decision.id}|{applicant(principal())}|{own.sent}"
    return DraftId(hashlib.sha256(about.encode()).hexdigest()[:DIGITS])


def begin(own: "OwnDecision") -> Draft:
    """The person's draft about this decision, made when there is none."""
    from shared.formkit.prefill import initial

    form, id, owner = _form(), draft_id(own), applicant(principal())
    facts = {"decision": decision_words.in_one_line(own), "name": principal().name}
    answers, about = initial(form, facts), own.decision.id
    try:
        return house().drafts.begin(
            APPLICATION, id, owner, form=FORM, version=str(form.version), answers=answers, about=about
        )
    except AlreadyExists:
        return OWN.find(id)


def begun(own: "OwnDecision") -> Draft | None:
    """The draft that is being written about this decision, or None."""
    return house().drafts.find(draft_id(own), applicant(principal()))


def find(id: str) -> Draft:
    """The person's draft; anybody else's, an expired and an unknown one are 404. Raises `AlreadySent`."""
    found = OWN.find(id)
    return found if found.form == FORM and is_id(found.about) else abort(404)


def about(draft: Draft) -> ItemId:
    """The decision that the draft appeals."""
    return ItemId(draft.about)


def phone_of_its_unit(draft: Draft) -> str:
    """Where somebody reaches the unit that has the case."""
    return house().municipality.phone_of(house().appellants.unit_of(principal(), about(draft)))


def form_of(_draft: Draft) -> "Form":
    """The form of every draft here."""
    return _form()


def _form() -> "Form":
    from shared.formkit.declared import declared

    return declared(FORM) or abort(404)
