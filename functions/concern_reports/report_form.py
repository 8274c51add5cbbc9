"""The form of this service: its questions, what the login answers beforehand, and the words it borrows."""

from typing import TYPE_CHECKING, Final

from shared.domain.ids import OrganisationId
from shared.domain.municipality import Municipality, Organisation
from shared.domain.principals import Principal
from shared.settings import ROOT

if TYPE_CHECKING:
    from shared.formkit.definition import Answer, Answers, Form

ACUTE: Final = "acute"
"""The step that asks whether the child is in danger now."""
_CATEGORIES: Final = {"school": "school_preschool", "health": "health_dental"}
"""What kind of organisation the login vouches for → the reporter's category (SoL 19:1)."""


def report_form() -> "Form":
    """The questions; read and checked once per process. Pages that ask nothing do not wait for the engine."""
    from shared.formkit.loading import load

    return load(ROOT / "forms" / "concern_report_professional.toml")


def known_from_login(who: Principal, municipality: Municipality) -> "dict[str, Answer]":
    """The first answers of a new draft: what the login has proved about the reporter."""
    from shared.formkit.prefill import initial

    organisation = _organisation(who.organisation, municipality)
    facts = {
        "name": who.name,
        "organisation": who.organisation_name,
        "category": _CATEGORIES.get(organisation.kind, "") if organisation else "",
    }
    return initial(report_form(), facts)


def in_danger_now(kept: "Answers") -> bool:
    """Whether the child is in danger now: a call comes first."""
    return kept.get("acute_now") == "yes"


def is_acute(kept: "Answers") -> bool:
    """Whether the duty must know at once: the child is in danger now, or cannot go home today."""
    return in_danger_now(kept) or kept.get("safe_at_home_today") == "no"


def _organisation(id: OrganisationId | None, municipality: Municipality) -> Organisation | None:
    return None if id is None else municipality.organisations.get(id)
