"""The form of this service: its questions, what the login answers beforehand, and the words it borrows."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from shared.domain.ids import OrganisationId
from shared.domain.municipality import Municipality, Organisation
from shared.domain.principals import Principal
from shared.settings import ROOT
from shared.web import language
from shared.web.words import day

if TYPE_CHECKING:
    from shared.formkit.definition import Answer, Answers, Form

ACUTE: Final = "acute"
"""The step that asks whether the child is in danger now."""
_CATEGORIES: Final = {"school": "school_preschool", "health": "health_dental"}
"""What kind of organisation the login vouches for → the reporter's category (SoL 19:1)."""
_UNBROKEN: Final = str.maketrans({" ": "\N{NO-BREAK SPACE}", "-": "-\N{WORD JOINER}"})


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


def is_acute(kept: "Answers") -> bool:
    """Whether the duty must know at once: the child is in danger now, or cannot go home today."""
    return kept.get("acute_now") == "yes" or kept.get("safe_at_home_today") == "no"


def borrowed(municipality: Municipality) -> Mapping[str, str]:
    """The words for the places in the form's texts."""
    emergency = municipality.emergency
    return {
        "acute": emergency.acute,
        "out_of_hours": emergency.out_of_hours_phone,
        "phone": municipality.intake.phone,
        "municipality": municipality.short_name,
    }


def unbroken(words: Mapping[str, str]) -> Mapping[str, str]:
    """The borrowed words for a narrow page: a phone number stays on one line."""
    return {place: word.translate(_UNBROKEN) if word[:1].isdigit() else word for place, word in words.items()}


def in_words(when: date) -> str:
    """A date with its weekday, in the reader's language."""
    return day(when, language())


def _organisation(id: OrganisationId | None, municipality: Municipality) -> Organisation | None:
    return None if id is None else municipality.organisations.get(id)
