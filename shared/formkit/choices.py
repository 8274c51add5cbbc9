"""Chosen answers: one of several, several of several, and a single box to tick."""

from datetime import date
from typing import Final

from shared.formkit.definition import Answer, Field, Option
from shared.formkit.reading import NOTHING, Kind, Parts, Reading, ShowDate, first, flawed
from shared.formkit.words import words

TICKED: Final = "yes"


def _read_one(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    code = first(parts)
    if not code:
        return NOTHING
    return Reading(code) if _option(field, code) else flawed("choose")


def _read_several(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    posted = {code for code in parts.get("", ()) if code}
    chosen = [option for option in field.options if option.code in posted]
    if len(chosen) != len(posted):
        return flawed("choose")
    alone = next((option for option in chosen if option.alone), None)
    if alone and len(chosen) > 1:
        return flawed("choose_alone", option=alone.label)
    codes: list[Answer] = [option.code for option in chosen]
    return Reading(codes or None)


def _read_tick(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    return Reading(first(parts) == TICKED)


def _keep_one(field: Field, answer: Answer) -> Answer:
    return answer if isinstance(answer, str) and _option(field, answer) else None


def _keep_several(field: Field, answer: Answer) -> Answer:
    codes: list[Answer] = [one.code for one in field.options if isinstance(answer, list) and one.code in answer]
    return codes or None


def _keep_tick(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return answer if isinstance(answer, bool) else None


def _write(answer: Answer) -> dict[str, list[str]]:
    return {"": [str(one) for one in answer] if isinstance(answer, list) else [str(answer)]}


def _write_tick(answer: Answer) -> dict[str, list[str]]:
    return {"": [TICKED] if answer else []}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    codes = answer if isinstance(answer, list) else [answer]
    return tuple(option.label[language] for option in field.options if option.code in codes)


def _show_tick(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    return (words("yes" if answer else "no")[language],)


def _option(field: Field, code: str) -> Option | None:
    return next((option for option in field.options if option.code == code), None)


ONE: Final = Kind(("",), _read_one, _keep_one, _write, _show)
SEVERAL: Final = Kind(("",), _read_several, _keep_several, _write, _show)
TICK: Final = Kind(("",), _read_tick, _keep_tick, _write_tick, _show_tick)
