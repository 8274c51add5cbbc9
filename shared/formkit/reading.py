"""What reading one posted question gives: an answer, or words about what to put right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from shared.formkit.definition import Answer, Field
from shared.formkit.words import Texts, words

Parts: TypeAlias = Mapping[str, Sequence[str]]
"""The posted values of one question by the ending of the input's name: "" or "-day", "-month", "-year"."""

ShowDate: TypeAlias = Callable[[date], str]
"""A legal date in words, in the language of the page."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why an answer can not be understood; `part` is the ending of the input's name to go to."""

    code: str
    text: Texts
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer (None: the person gave none) or a flaw; a too long text has both, so that no word is lost."""

    answer: Answer = None
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of question is read, kept, written back into its inputs and shown in words.

    `kept` gives the answer as far as it still fits the field, or None. `written` gives the inputs'
    values by the ending of their names. `shown` gives one line of words per thing answered.
    """

    parts: tuple[str, ...]
    read: Callable[[Field, Parts, date], Reading]
    kept: Callable[[Field, Answer], Answer]
    written: Callable[[Answer], dict[str, list[str]]]
    shown: Callable[[Field, Answer, str, ShowDate], tuple[str, ...]]


NOTHING = Reading()


def flawed(code: str, part: str = "", **values: str | int | Texts) -> Reading:
    """No answer, and the engine's words for the problem."""
    return Reading(flaw=Flaw(code, words(f"problem.{code}", **values), part))


def first(parts: Parts, part: str = "") -> str:
    """The first value posted for the part, or an empty text."""
    values = parts.get(part)
    return values[0] if values else ""
