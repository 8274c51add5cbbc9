"""Numbers as people read them, in Swedish and English."""

from typing import Final

_THOUSANDS: Final = {"sv": "\N{NARROW NO-BREAK SPACE}", "en": ","}


def whole_number(number: int, language: str) -> str:
    """The number with its thousands apart: "8 000", "8,000"; as in Swedish in any other language."""
    return f"{number:,}".replace(",", _THOUSANDS.get(language, _THOUSANDS["sv"]))
