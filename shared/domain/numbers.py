"""Numbers as people read them, in Swedish and English."""

from typing import Final

_THOUSANDS: Final = {"sv": "\N{NARROW NO-BREAK SPACE}", "en": ","}
_IDENTITY_DIGITS: Final = 12


def identity_number(number: str) -> str:
    """A personnummer or samordningsnummer with its hyphen: "20150101-2395"; anything but twelve signs as it stands."""
    return f"{number[:8]}-{number[8:]}" if len(number) == _IDENTITY_DIGITS else number


def whole_number(number: int, language: str) -> str:
    """The number with its thousands apart: "8 000", "8,000"; as in Swedish in any other language."""
    return f"{number:,}".replace(",", _THOUSANDS.get(language, _THOUSANDS["sv"]))
