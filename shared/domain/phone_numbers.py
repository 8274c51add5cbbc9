"""Phone numbers as gateways want them."""

import re
from typing import Final

_SWEDEN: Final = "+46"
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_BETWEEN: Final = re.compile(r"[\s()/\u2010-\u2015-]+")


def international(number: str) -> str:
    """The number as E.164 ("031-390 06 13" → "+46313900613"), read as Swedish without a country; "" when it is none."""
    plain = _BETWEEN.sub("", number.replace("(0)", ""))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    elif plain.startswith("0"):
        plain = f"{_SWEDEN}{plain[1:]}"
    return plain if _E164.fullmatch(plain) else ""


def national(number: str) -> str:
    """A Swedish E.164 number as it is written at home ("+46701740605" → "070-174 06 05"); any other as it is."""
    if not number.startswith(_SWEDEN):
        return number
    plain = f"0{number.removeprefix(_SWEDEN)}"
    return f"{plain[:3]}-{plain[3:6]} {plain[6:8]} {plain[8:]}"
