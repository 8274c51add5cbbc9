"""Amounts as people write them, kept in öre.

Swedes write 8 450:-, 8.450,50 and 8450 kr, bank statements 8450.50 and other countries 8,450.50. A point or comma with
three digits after it parts thousands, because öre are two digits: 8.450 and 8,450 are both eight thousand. One or two
digits after the last sign are öre. What could be read in two ways (8 45, 8.450.50, 0.450) is asked for again: a wrong
sum is worse than a question.
"""

import re
from datetime import date
from typing import Final

from shared.domain.numbers import whole_number
from shared.formkit.definition import Answer, Field
from shared.formkit.plain_text import cleaned, with_plain_digits
from shared.formkit.reading import NOTHING, Kind, Parts, Reading, ShowDate, first, flawed
from shared.formkit.words import LANGUAGES, Texts

ORE: Final = 100
"""Öre in a krona."""
MOST: Final = 100_000_000
"""Kronor, where the form says nothing else."""

_LONGEST: Final = 60
_SIGNS: Final = str.maketrans({"٫": ",", "٬": ".", "’": "'", "´": "'"})
_AROUND: Final = re.compile(r"(?:(?:kr|sek)\.? ?)?(.*?) ?(?:[:,.;]?-{1,2})?(?: ?(?:kronor|krona|kr|sek)\.?)?")
_AMOUNT: Final = re.compile(
    r"(?P<grouped>(?!0)\d{1,3}(?P<sign>[ .,'])\d{3}(?:(?P=sign)\d{3}){0,3}(?:(?!(?P=sign))[.,:](?P<parted>\d{1,2}))?)"
    r"|(?P<plain>\d{1,12})(?:[.,:](?P<ore>\d{1,2}))?"
)


def _read(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    text = with_plain_digits(cleaned(first(parts)[:_LONGEST], lines=False)).casefold().translate(_SIGNS)
    if not text:
        return NOTHING
    amount = _ore_of(text)
    if amount is None:
        return flawed("money")
    if not field.least * ORE <= amount <= field.most * ORE:
        return flawed("money_between", least=_in_words(field.least), most=_in_words(field.most))
    return Reading(amount)


def _ore_of(text: str) -> int | None:
    around = _AROUND.fullmatch(text)
    match = _AMOUNT.fullmatch(around[1]) if around else None
    if match is None:
        return None
    if match["plain"]:
        return int(match["plain"]) * ORE + _hundredths(match["ore"])
    whole = match["grouped"][: -len(match["parted"]) - 1] if match["parted"] else match["grouped"]
    return int(whole.replace(match["sign"], "")) * ORE + _hundredths(match["parted"])


def _hundredths(digits: str | None) -> int:
    return int(digits.ljust(2, "0")) if digits else 0


def _in_words(kronor: int) -> Texts:
    return {language: whole_number(kronor, language) for language in LANGUAGES}


def _keep(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return answer if isinstance(answer, int) and not isinstance(answer, bool) and answer >= 0 else None


def _write(answer: Answer) -> dict[str, list[str]]:
    kronor, ore = divmod(int(str(answer)), ORE)
    return {"": [f"{kronor},{ore:02}" if ore else str(kronor)]}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    kronor, ore = divmod(int(str(answer)), ORE)
    point = "." if language == "en" else ","
    amount = whole_number(kronor, language) + (f"{point}{ore:02}" if ore else "")
    return (f"{amount}\N{NO-BREAK SPACE}kronor",)


MONEY: Final = Kind(("",), _read, _keep, _write, _show)
