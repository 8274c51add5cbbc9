"""A great form checked: 150 questions, 100 of which hang on others, in 30 steps.

The job is what the engine does for one posted page and for the check before sending: the page is read into the
answers, the way on is found, and everything that is missing. The floor reads the same answers from JSON and writes
them back, which whatever keeps them must do at least.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median
from time import process_time
from typing import Final

from shared.domain.retention import Retention
from shared.formkit.check import check_step
from shared.formkit.conditions import All, AnyOf, Condition, In, Not
from shared.formkit.definition import Answer, Field, FieldType, Form, Need, Option, Step
from shared.formkit.lacking import remaining
from shared.formkit.steps import next_step

QUESTIONS: Final = 150
CONDITIONS: Final = 100
ROUNDS: Final = 9
_STEPS: Final = 30
_TIMES: Final = 50
_TODAY: Final = date(2026, 11, 27)
_TEXTS: Final = {"sv": "Text", "en": "Text"}
_OPTIONS: Final = tuple(Option(code, _TEXTS) for code in ("yes", "no", "unknown"))


@dataclass(frozen=True, slots=True)
class Checked:
    """CPU milliseconds of one check and of its floor, medians over the rounds; the ratio is that of paired rounds."""

    cpu_ms: float
    floor_cpu_ms: float
    cpu_ratio_to_floor: float


def measured() -> Checked:
    """In this process, job and floor in turn."""
    form, answers = great_form(), great_answers()
    rounds = [(_cpu_ms(lambda: check(form, answers)), _cpu_ms(lambda: _floor(answers))) for _ in range(ROUNDS + 1)][1:]
    ours, floors = zip(*rounds, strict=True)
    return Checked(median(ours), median(floors), median(mine / floor for mine, floor in rounds))


def check(form: Form, answers: dict[str, Answer]) -> None:
    """The last page posted, the way on, and what is missing in the whole."""
    step = form.steps[-1]
    posted = {field.id: [str(answers[field.id])] for field in step.fields}
    checked = check_step(form, step, posted, answers, _TODAY)
    if checked.problems or next_step(form, checked.answers, step) is not None or remaining(form, checked.answers):
        raise ValueError("The great form is not whole.")


def great_form() -> Form:
    """The form: every third question is written, the others are chosen."""
    fields = [_field(number) for number in range(QUESTIONS)]
    each = QUESTIONS // _STEPS
    steps = tuple(
        Step(f"s{n}", f"s{n}", _TEXTS, _TEXTS, tuple(fields[n * each : (n + 1) * each])) for n in range(_STEPS)
    )
    return Form("great", 1, "great", _TEXTS, date(2026, 1, 1), Retention.DRAFTS, "-", steps)


def great_answers() -> dict[str, Answer]:
    """Every question answered, so that every condition holds and nothing is hidden."""
    return {f"q{number}": "En mening om läget." if number % 3 == 0 else "yes" for number in range(QUESTIONS)}


def _field(number: int) -> Field:
    kind = FieldType.TEXT if number % 3 == 0 else FieldType.RADIO
    when = _when(number) if number >= QUESTIONS - CONDITIONS else None
    options = () if kind is FieldType.TEXT else _OPTIONS
    return Field(f"q{number}", kind, _TEXTS, need=Need.HARD, missing=_TEXTS, options=options, max_length=200, when=when)


def _when(number: int) -> Condition:
    """Conditions of every shape, each on two or three questions before it."""
    chosen = [one for one in range(number - 9, number) if one % 3]
    first, second, third = (In(f"q{one}", frozenset({"yes"})) for one in chosen[:3])
    shapes: tuple[Condition, ...] = (
        All((first, second)), AnyOf((Not(first), second)), Not(All((Not(first), Not(third)))), first,
    )  # fmt: skip
    return shapes[number % len(shapes)]


def _floor(answers: dict[str, Answer]) -> None:
    json.dumps(json.loads(json.dumps(answers)))


def _cpu_ms(job: Callable[[], None]) -> float:
    began = process_time()
    for _ in range(_TIMES):
        job()
    return (process_time() - began) / _TIMES * 1000
