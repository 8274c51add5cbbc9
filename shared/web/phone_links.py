"""Phone numbers in the words of a form, as links: who is told to call needs only to tap."""

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from shared.domain.municipality import Municipality

_COUNTRY: Final = "+46"
_HELD_TOGETHER: Final = {" ": r"\s", "-": "-\N{WORD JOINER}?"}
_LINK: Final = Markup('<a class="govuk-link" href="{}"><bdi class="tf-num" dir="ltr">{}</bdi></a>')


def telephone(number: str) -> str:
    """The `tel:` address of a Swedish phone number as people write it; short numbers such as 112 stay."""
    digits = "".join(character for character in number if character.isdigit() or character == "+")
    return f"tel:{_COUNTRY}{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


def with_phones(text: str, municipality: "Municipality") -> Markup:
    """The text, escaped, with the municipality's own numbers as links; every other number stays as it is."""
    emergency = municipality.emergency
    known = {municipality.contact.phone, municipality.intake.phone, emergency.out_of_hours_phone, emergency.acute}
    numbers = "|".join(_pattern(one) for one in sorted(known - {""}, key=len, reverse=True))
    parts = re.split(rf"(?<!\d)({numbers})(?!\d)", text) if numbers else [text]
    return Markup("").join(
        _LINK.format(telephone(part), part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def _pattern(number: str) -> str:
    """The number with whatever the words of a form hold it together by on a narrow page: other spaces, a joiner."""
    return "".join(_HELD_TOGETHER.get(character) or re.escape(character) for character in number)
