"""What a person may wish for a meeting: fields, what may be chosen, and what is wrong with an answer."""

from collections.abc import Mapping
from typing import Final

from shared.domain.booking.bookings import Booking
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.phone_numbers import international
from shared.web import gettext
from shared.web.forms import Form
from shared.web.meeting_words import CHOICES, GENDERS, HOW

INTERPRETER: Final = ("interpreter", "language", "interpreter_gender", "interpreter_how")
NEEDS: Final = ("needs_text", "support_person", "phone", "prepare")
_LIMITS: Final = {"language": 100, "needs_text": 500, "support_person": 200, "phone": 30, "prepare": 2000}


def interpreter(form: Form) -> dict[str, object]:
    """The answers about an interpreter; those to hidden questions are not kept."""
    if form.text("interpreter") != "yes":
        return {"interpreter": "no" if form.text("interpreter") == "no" else ""}
    kept: dict[str, object] = {name: form.text(name) for name in INTERPRETER}
    return {**kept, "stranger": "yes" if form.many("stranger") == ("yes",) else ""}


def needs(form: Form) -> dict[str, object]:
    """The answers about needs; choices that no page of ours offers are not kept."""
    kept: dict[str, object] = {name: form.text(name) for name in NEEDS}
    return {**kept, "needs": [one for one in CHOICES if one in form.many("needs")]}


def interpreter_problems(wishes: Mapping[str, object]) -> dict[str, str]:
    """What is missing or too long, by field."""
    found = _too_long(wishes)
    if wishes.get("interpreter") not in {"yes", "no"}:
        found["interpreter"] = gettext("Välj om du behöver tolk")
    elif wishes["interpreter"] == "yes":
        if not wishes.get("language"):
            found["language"] = gettext("Skriv vilket språk tolken ska tala")
        found |= {
            name: gettext("Välj ett av svaren")
            for name, allowed in (("interpreter_gender", GENDERS), ("interpreter_how", HOW))
            if wishes.get(name) not in allowed
        }
    return found


def needs_problems(wishes: Mapping[str, object], form: MeetingForm) -> dict[str, str]:
    """The same for the needs; a call or a video meeting takes a number to reach the person at."""
    found = _too_long(wishes)
    phone = str(wishes.get("phone", ""))
    if form is not MeetingForm.VISIT and not phone:
        found["phone"] = gettext("Skriv det telefonnummer som vi ska ringa")
    elif phone and not international(phone):
        found["phone"] = gettext("Skriv telefonnumret med siffror, till exempel 031-390 06 30")
    return found


def unanswered(booking: Booking) -> str | None:
    """The first question that needs an answer before the check page: `interpreter`, `needs` or None."""
    if interpreter_problems(booking.wishes):
        return "interpreter"
    return "needs" if "needs" not in booking.wishes or needs_problems(booking.wishes, booking.form) else None


def _too_long(wishes: Mapping[str, object]) -> dict[str, str]:
    return {
        name: gettext("Korta ner texten till högst %(limit)s tecken", limit=limit)
        for name, limit in _LIMITS.items()
        if len(str(wishes.get(name, ""))) > limit
    }
