"""Written answers: one line or many, e-mail addresses and phone numbers."""

import re
from datetime import date
from typing import Final

from shared.domain.numbers import whole_number
from shared.formkit.definition import Answer, Field, FieldType
from shared.formkit.plain_text import cleaned, with_plain_digits
from shared.formkit.reading import NOTHING, Flaw, Kind, Parts, Reading, ShowDate, first, flawed
from shared.formkit.words import LANGUAGES, words

DRAFT_ROOM: Final = 2
"""A draft keeps a too long text up to this many times its limit; beyond that only the page still holds it."""

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_PHONE: Final = re.compile(
    r"[+\d(][\d ()/.\-]{3,30}(?:[ ,;]*(?:ankn|anknytning|ext|extension|vx|växel)[.: ]*\d{0,6})?", re.IGNORECASE
)
_FEWEST_DIGITS: Final = 5


def _read_text(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    raw = first(parts)
    room = DRAFT_ROOM * field.max_length
    if len(raw) > 2 * room:
        return Reading(flaw=_too_long(len(raw) - field.max_length))
    text = cleaned(raw, lines=field.type is FieldType.TEXTAREA)
    surplus = len(text) - field.max_length
    if surplus > 0:
        return Reading(text if len(text) <= room else None, _too_long(surplus))
    return Reading(text or None)


def too_long(field: Field, answer: Answer) -> Flaw | None:
    """The flaw of a kept text that is still longer than its limit, or None."""
    surplus = len(answer) - field.max_length if isinstance(answer, str) and field.max_length else 0
    return _too_long(surplus) if surplus > 0 else None


def _too_long(surplus: int) -> Flaw:
    about = -(-surplus // 10) * 10
    return Flaw("too_long", words("problem.too_long", count={one: whole_number(about, one) for one in LANGUAGES}))


def _read_email(field: Field, parts: Parts, today: date) -> Reading:
    reading = _read_text(field, parts, today)
    if isinstance(reading.answer, str) and not _EMAIL.fullmatch(reading.answer):
        return flawed("email")
    return reading


def _read_phone(field: Field, parts: Parts, today: date) -> Reading:
    reading = _read_text(field, parts, today)
    if reading.flaw or not isinstance(reading.answer, str):
        return reading
    number = with_plain_digits(reading.answer)
    few = sum(one.isdigit() for one in number) < _FEWEST_DIGITS
    return flawed("phone") if few or not _PHONE.fullmatch(number) else Reading(number)


def _read_int(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    text = cleaned(first(parts)[:1000], lines=False)
    if not text:
        return NOTHING
    groups = re.findall(r"\d+", with_plain_digits(text))
    if len(groups) != 1:
        return flawed("number", example=(field.least + field.most) // 2)
    number = int(groups[0][:10])
    if not field.least <= number <= field.most:
        return flawed("number_between", least=field.least, most=field.most)
    return Reading(number)


def _keep_text(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return answer if isinstance(answer, str) and answer else None


def _keep_int(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def _write(answer: Answer) -> dict[str, list[str]]:
    return {"": [str(answer)]}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    return (str(answer),)


TEXT: Final = Kind(("",), _read_text, _keep_text, _write, _show)
EMAIL: Final = Kind(("",), _read_email, _keep_text, _write, _show)
PHONE: Final = Kind(("",), _read_phone, _keep_text, _write, _show)
INT: Final = Kind(("",), _read_int, _keep_int, _write, _show)
