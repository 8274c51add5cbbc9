"""A bank account: a clearing number of four or five digits and an account number of up to twelve, kept as texts.

Only the form is looked at. How a control digit is reckoned differs from bank to bank and is not published by all of
them, so none is: the bank refuses a wrong number, and nobody is refused a right one here.
"""

import re
from datetime import date
from typing import Final

from shared.formkit.definition import Answer, Field
from shared.formkit.plain_text import cleaned, with_plain_digits
from shared.formkit.reading import NOTHING, Kind, Parts, Reading, ShowDate, first, flawed
from shared.formkit.words import words

_CLEARING: Final = "-clearing"
_NUMBER: Final = "-number"
_LONGEST: Final = 60
_BETWEEN: Final = re.compile(r"[ .\-]")
_FOUR: Final = 4
_CLEARING_DIGITS: Final = re.compile(r"[1-9]\d{3,4}")
_NUMBER_DIGITS: Final = re.compile(r"\d{1,12}")


def _read(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    clearing, number = (_digits(parts, part) for part in (_CLEARING, _NUMBER))
    if not (clearing or number):
        return NOTHING
    if not _CLEARING_DIGITS.fullmatch(clearing):
        return flawed("clearing", _CLEARING)
    if not _NUMBER_DIGITS.fullmatch(number):
        return flawed("account", _NUMBER)
    return Reading({"clearing": clearing, "number": number})


def _digits(parts: Parts, part: str) -> str:
    return _BETWEEN.sub("", with_plain_digits(cleaned(first(parts, part)[:_LONGEST], lines=False)))


def _keep(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    if not isinstance(answer, dict) or answer.keys() != {"clearing", "number"}:
        return None
    return answer if all(isinstance(one, str) and one.isdecimal() for one in answer.values()) else None


def _write(answer: Answer) -> dict[str, list[str]]:
    clearing, number = _spaced(answer)
    return {_CLEARING: [clearing], _NUMBER: [number]}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    clearing, number = _spaced(answer)
    return tuple(words("account", clearing=clearing, number=number)[language].split("\n"))


def _spaced(answer: Answer) -> tuple[str, str]:
    """As banks print them: the fifth digit of a clearing number behind a hyphen, the account number in threes."""
    found = answer if isinstance(answer, dict) else {}
    clearing, number = str(found["clearing"]), str(found["number"])
    if len(clearing) > _FOUR:
        clearing = f"{clearing[:_FOUR]}-{clearing[_FOUR:]}"
    threes = [number[max(0, end - 3) : end] for end in range(len(number), 0, -3)]
    return clearing, "\N{NO-BREAK SPACE}".join(reversed(threes))


BANK_ACCOUNT: Final = Kind((_CLEARING, _NUMBER), _read, _keep, _write, _show)
