"""The decision that is appealed, in words: which one, from when, and what it said."""

from typing import TYPE_CHECKING

from shared.domain.calendar import local_date
from shared.domain.decision_paper import SENTENCES
from shared.web import gettext, language
from shared.web.words import day

if TYPE_CHECKING:
    from shared.records.appellants import OwnDecision


def decided_on(own: "OwnDecision") -> str:
    """The day of the decision, in the reader's language."""
    return day(local_date(own.decision.decided_at), language())


def sentence(own: "OwnDecision") -> str:
    """What the decision said, in Swedish as it stands there."""
    return SENTENCES[own.decision.kind]


def in_one_line(own: "OwnDecision") -> str:
    """What the appeal says of which decision it is about (FL 43 §)."""
    return gettext("Beslut %(day)s i ärende %(reference)s", day=decided_on(own), reference=own.reference)
