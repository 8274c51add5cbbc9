"""Identity numbers as people write them: personnummer, samordningsnummer and the numbers that stand in for them.

A personnummer has twelve digits here: birth date, three digits and a control digit (FOL 18 §). A
samordningsnummer has 60 added to the day (lag 2022:1697 2 kap. 8 §). A reservnummer has letters in its
last part, as schools and care registers write them.
"""

import re
from datetime import date
from typing import Final

from shared.domain.numbers import identity_number
from shared.formkit.definition import Answer, Field
from shared.formkit.plain_text import cleaned, with_plain_digits
from shared.formkit.reading import NOTHING, Kind, Parts, Reading, ShowDate, first, flawed
from shared.formkit.words import words

PERSONNUMMER: Final = "personnummer"
SAMORDNINGSNUMMER: Final = "samordningsnummer"
RESERVNUMMER: Final = "reservnummer"
UNKNOWN: Final = "unknown"

_UNKNOWN_PART: Final = "-unknown"
_LONGEST: Final = 60
_DIGITS: Final = re.compile(r"(\d\d)?(\d{6})(\d{4})")
_RESERVE: Final = re.compile(r"(\d\d)?\d{6}[A-Z][A-Z\d]{3}")
_COORDINATED: Final = 60


def _read(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    text = with_plain_digits(cleaned(first(parts)[:_LONGEST], lines=False)).upper()
    if not text:
        return Reading({"type": UNKNOWN}) if first(parts, _UNKNOWN_PART) else NOTHING
    compact = re.sub(r"[\s+\-]", "", text)
    if _RESERVE.fullmatch(compact):
        return _reserve(compact, today)
    match = _DIGITS.fullmatch(compact)
    if match is None:
        return flawed("identity_length")
    return _numbered(match, today, hundred="+" in text)


def _numbered(match: re.Match[str], today: date, *, hundred: bool) -> Reading:
    number = (match[1] or _century(match[2], today, hundred=hundred)) + match[2] + match[3]
    born = _born(number)
    if born is None or not _control_digit_fits(number):
        return flawed("identity_digits")
    if born > today:
        return flawed("date_past")
    kind = SAMORDNINGSNUMMER if int(number[6:8]) > _COORDINATED else PERSONNUMMER
    return Reading({"type": kind, "value": number})


def _reserve(compact: str, today: date) -> Reading:
    long = compact[:8].isdigit()
    number = compact if long else _century(compact[:6], today, hundred=False) + compact
    return Reading({"type": RESERVNUMMER, "value": number})


def _century(six: str, today: date, *, hundred: bool) -> str:
    century = today.year // 100
    day = int(six[4:]) % _COORDINATED
    if f"{century}{six[:4]}{day:02}" > today.strftime("%Y%m%d"):
        century -= 1
    return str(century - 1 if hundred else century)


def _born(number: str) -> date | None:
    day = int(number[6:8])
    try:
        return date(int(number[:4]), int(number[4:6]), day - _COORDINATED if day > _COORDINATED else day)
    except ValueError:
        return None


def _control_digit_fits(number: str) -> bool:
    from personnummer import personnummer  # only when somebody writes a number

    return bool(personnummer.valid(number))


def _keep(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    known = isinstance(answer, dict) and (answer.get("type") == UNKNOWN or isinstance(answer.get("value"), str))
    return answer if known else None


def _write(answer: Answer) -> dict[str, list[str]]:
    if not isinstance(answer, dict) or answer["type"] == UNKNOWN:
        return {_UNKNOWN_PART: [UNKNOWN]}
    return {"": [_hyphened(answer)]}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    if not isinstance(answer, dict) or answer["type"] == UNKNOWN:
        return (words("unknown")[language],)
    return (_hyphened(answer),)


def _hyphened(answer: dict[str, Answer]) -> str:
    return identity_number(str(answer["value"]))


IDENTITY: Final = Kind(("", _UNKNOWN_PART), _read, _keep, _write, _show)
