"""What was wished for a meeting in words, for the person and for who holds it."""

from collections.abc import Mapping
from typing import Any, Final

from shared.domain.booking.bookings import Booking
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.web.texts import gettext, mark

GENDERS: Final[Mapping[str, str]] = {
    "any": mark("Spelar ingen roll"), "woman": mark("En kvinna"), "man": mark("En man")
}  # fmt: skip
HOW: Final[Mapping[str, str]] = {
    "any": mark("Spelar ingen roll"), "here": mark("På plats"), "remote": mark("På telefon eller skärm"),
}  # fmt: skip
CHOICES: Final[Mapping[str, str]] = {
    "wheelchair": mark("Plats för rullstol"),
    "hearing_loop": mark("Hörslinga"),
    "pauses": mark("Pauser under mötet"),
    "pictures": mark("Bildstöd"),
}
FORMS: Final[Mapping[MeetingForm, str]] = {
    MeetingForm.VISIT: mark("Besök hos oss"),
    MeetingForm.VIDEO: mark("Videomöte"),
    MeetingForm.PHONE: mark("Telefonsamtal"),
}


def interpreter(booking: Booking) -> list[dict[str, Any]]:
    """One row {key, value}: the interpreter that was wished for, or none."""
    wishes = booking.wishes
    if wishes.get("interpreter") != "yes":
        return [{"key": gettext("Tolk"), "value": gettext("Nej")}]
    return [{"key": gettext("Tolk"), "value": "\n".join(_wished(booking))}]


def interpreter_line(booking: Booking) -> str:
    """The language of the interpreter that was wished for; empty for none."""
    return str(booking.wishes["language"]) if booking.wishes.get("interpreter") == "yes" else ""


def _wished(booking: Booking) -> list[str]:
    wishes = booking.wishes
    said = [str(wishes["language"])]
    for name, words in (("interpreter_gender", GENDERS), ("interpreter_how", HOW)):
        if wishes[name] != "any":
            said.append(gettext(words[str(wishes[name])]))
    if wishes.get("stranger"):
        said.append(gettext("Inte någon som jag känner"))
    return said


def needs(booking: Booking) -> list[dict[str, Any]]:
    """Rows {key, value}: what the person needs, who comes along, the number to ring and what was written before."""
    wishes = booking.wishes
    chosen = wishes.get("needs")
    marked = [gettext(text) for name, text in CHOICES.items() if isinstance(chosen, list) and name in chosen]
    rows = [
        {"key": gettext("Behov"), "value": "\n".join([*marked, *filter(None, [str(wishes.get("needs_text", ""))])])}
    ]
    texts = {
        "support_person": gettext("Den som följer med"),
        "phone": gettext("Telefon"),
        "prepare": gettext("Före mötet"),
    }
    rows += [{"key": key, "value": str(wishes[name])} for name, key in texts.items() if wishes.get(name)]
    return [one for one in rows if one["value"]] or [{"key": gettext("Behov"), "value": gettext("Inga")}]
