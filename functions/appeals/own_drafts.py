"""What somebody writes about an own decision: one appeal or addition at a time, begun, found, or told to be sent."""

import hashlib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import abort, g

from functions.appeals import decision_words
from shared.app import house
from shared.domain.ids import DIGITS, DraftId, ItemId, is_id
from shared.ports.store import AlreadyExists, Conflict
from shared.records.drafts import APPLICATION, Draft, applicant
from shared.serving.own_drafts import OwnDrafts
from shared.web import principal

if TYPE_CHECKING:
    from shared.domain.cases import CaseAppeal
    from shared.formkit.definition import Form
    from shared.records.appellants import OwnCase, OwnDecision

APPEAL: Final = "appeal"
ADDITION: Final = "appeal_addition"
OWN: Final = OwnDrafts(APPLICATION, applicant, lambda id: house().appellants.sent_before(principal(), id), about=True)


def draft_id(own: "OwnDecision") -> DraftId:
    """The one draft of who writes about this decision now: pressing twice, or on two devices, is the same draft.

    What is written after an appeal has come in is another, an addition.
    """
    about = f"{APPEAL}|{own.decision.id}|{applicant(principal())}|{own.sent}"
    return DraftId(hashlib.sha256(about.encode()).hexdigest()[:DIGITS])


def begin(own: "OwnDecision") -> Draft:
    """What the person is writing about this decision, made when there is nothing.

    What was written to be added to an appeal that has been taken back since becomes an appeal.
    """
    from shared.formkit.prefill import initial

    before = begun(own)
    if before is not None:
        return find(before.id) if fits(before, own) else _as_appeal(find(before.id))
    form, id, owner = _called(ADDITION if own.adding else APPEAL), draft_id(own), applicant(principal())
    facts = {"decision": decision_words.in_one_line(own), "name": principal().name}
    answers, about = initial(form, facts), own.decision.id
    try:
        return house().drafts.begin(
            APPLICATION, id, owner, form=form.id, version=str(form.version), answers=answers, about=about
        )
    except AlreadyExists:
        return OWN.find(id)


def begun(own: "OwnDecision") -> Draft | None:
    """What is being written about this decision, its answers unopened; None for nothing."""
    found = house().drafts.of(applicant(principal()))
    return next((one for one in found if one.about == own.decision.id), None)


def fits(draft: Draft, own: "OwnDecision") -> bool:
    """Whether the draft can be sent as things are: an addition needs an appeal to be added to."""
    return own.adding or draft.form == APPEAL


def find(id: str) -> Draft:
    """The person's draft; anybody else's, an expired and an unknown one are 404. Raises `AlreadySent`."""
    found = OWN.find(id)
    return found if found.form in {APPEAL, ADDITION} and is_id(found.about) else abort(404)


def about(draft: Draft) -> ItemId:
    """The decision that the draft is about."""
    return ItemId(draft.about)


def phone_of_its_unit(draft: Draft) -> str:
    """Where somebody reaches the unit that has the case."""
    case = its_case(draft)
    return house().municipality.phone_of(None if case is None else case.unit)


def added_to(draft: Draft) -> "CaseAppeal | None":
    """The appeal that the draft adds to, or None for an appeal."""
    case = its_case(draft)
    return None if case is None else case.added_to


def its_case(draft: Draft) -> "OwnCase | None":
    """The case that the draft is about, asked for once a request; None when it is not the person's."""
    if "its_case" not in g:
        g.its_case = house().appellants.case_of(principal(), about(draft))
    found: OwnCase | None = g.its_case
    return found


def form_of(draft: Draft) -> "Form":
    """The form that the draft answers."""
    return _called(draft.form)


def _as_appeal(draft: Draft) -> Draft:
    """The addition as an appeal that says why; what change is wanted is left to say. Files and contact go along."""
    form = _called(APPEAL)
    said = {"why" if name == "text" else name: answer for name, answer in draft.answers.items()}
    with suppress(Conflict):  # another page of it was faster: that one counts
        house().drafts.save(replace(draft, form=APPEAL, version=str(form.version)), said)
    return find(draft.id)


def _called(id: str) -> "Form":
    from shared.formkit.declared import declared

    return declared(id) or abort(404)
