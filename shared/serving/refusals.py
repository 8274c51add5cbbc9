"""Why a file is not received, in the sender's words, and what to do instead."""

from collections.abc import Mapping
from typing import Final

from shared.domain.file_names import shown_name
from shared.domain.received_files import Refusal
from shared.web import gettext, mark

_WORDS: Final[Mapping[Refusal, str]] = {
    Refusal.EMPTY: mark("”%(name)s” är tom. Välj filen igen."),
    Refusal.TOO_LARGE: mark("”%(name)s” är för stor. En fil får vara högst 20 MB. Gör den mindre eller dela upp den."),
    Refusal.TOO_MANY: mark("”%(name)s” kom inte med. Du kan skicka högst 10 filer. Ta bort en fil först."),
    Refusal.MATTER_FULL: mark(
        "”%(name)s” kom inte med. Filerna får vara högst 100 MB tillsammans. Lämna resten på papper, eller ring oss."
    ),
    Refusal.TOO_MANY_TOGETHER: mark(
        "”%(name)s” kom inte med. Du kan skicka högst 100 filer på en gång. Ring oss om du har fler."
    ),
    Refusal.UNKNOWN_TYPE: mark(
        "”%(name)s” är en sorts fil som vi inte tar emot. Skicka ett foto, en PDF eller ett dokument."
    ),
    Refusal.DAMAGED: mark("Vi kan inte läsa ”%(name)s”. Ta en ny bild, eller spara om dokumentet som PDF."),
    Refusal.LOCKED: mark("”%(name)s” har lösenord. Spara den utan lösenord och skicka den igen."),
    Refusal.TOO_MANY_PIXELS: mark(
        "”%(name)s” är för stor på bredden eller höjden. Ta en ny bild eller gör den mindre."
    ),
    Refusal.TOO_HEAVY: mark("”%(name)s” tog för lång tid att öppna. Spara den i mindre storlek, eller dela upp den."),
    Refusal.INFECTED: mark(
        "”%(name)s” kan innehålla skadlig kod. Därför tog vi inte emot den. Ta ett foto i stället, eller ring oss."
    ),
}
_LATER: Final = mark(
    "Vi kunde inte ta emot ”%(name)s” just nu. Felet är vårt. Filerna i listan är sparade. "
    "Vänta en minut och skicka den igen."
)


def in_words(name: str, refusal: Refusal | None) -> str:
    """Why the file with this name is not received; None when there was no room to do it now."""
    return gettext(_LATER if refusal is None else _WORDS[refusal], name=shown_name(name))
