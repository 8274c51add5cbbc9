"""Steps and questions as JSON text: the same for everybody who is asked, so written once per process."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeAlias

from shared.formkit.definition import Answer, Field, Step
from shared.formkit.words import Texts, filled

Fill: TypeAlias = tuple[tuple[str, str], ...]
"""The words for the places in the form's texts, by name, sorted."""

_MOST: Final = 2048
"""Texts that are kept: every question of every form in both languages, with room for narrowed ones."""


to_text: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A JSON value as text."""


@lru_cache(maxsize=_MOST)
def step_text(step: Step, language: str, fill: Fill) -> str:
    """What is said about a step, as the text of a JSON object."""
    say = _Saying(language, fill)
    return to_text(say.all(id=step.id, slug=step.slug, name=step.name, title=step.title, lead=step.lead, why=step.why))


@lru_cache(maxsize=_MOST)
def question_text(field: Field, language: str, fill: Fill) -> str:
    """What is asked by a question and what it offers, as the text of a JSON object; nothing empty is in it."""
    return to_text(_question(field, _Saying(language, fill)))


@lru_cache(maxsize=_MOST)
def unanswered_text(step: Step, fields: tuple[Field, ...], language: str, fill: Fill) -> str:
    """A step whose questions nobody has answered, as the text of a JSON object."""
    questions = (question_text(field, language, fill) for field in fields)
    return with_list(step_text(step, language, fill), "fields", questions)


def with_one(text: str, name: str, value: object) -> str:
    """The text of a JSON object with one more member; cheapest when the value is a string, as most answers are."""
    return f'{text[:-1]},"{name}":{to_text(value)}}}'


def with_list(text: str, name: str, items: Iterable[str]) -> str:
    """The text of a JSON object with one more member: a list of what is JSON text already."""
    return f'{text[:-1]},"{name}":[{",".join(items)}]}}'


def _question(field: Field, say: "_Saying") -> dict[str, Answer]:
    options: list[Answer] = [say.all(code=option.code, label=option.label) for option in field.options]
    inner: list[Answer] = [_question(one, say) for one in field.fields]
    asked = say.all(id=field.id, type=field.type.value, label=field.label, hint=field.hint, item=field.item)
    offered = {name: part for name, part in (("options", options), ("fields", inner)) if part}
    marks = {"read_only": field.read_only, "contact": field.contact}
    return {**asked, **offered, **{mark: marked for mark, marked in marks.items() if marked}}


class _Saying:
    """Puts texts into one language."""

    def __init__(self, language: str, fill: Fill) -> None:
        self._language = language
        self._fill = dict(fill)

    def all(self, **parts: str | Texts | None) -> dict[str, Answer]:
        """The parts that are there, by name."""
        return {name: self._said(part) for name, part in parts.items() if part is not None}

    def _said(self, part: str | Texts) -> str:
        return part if isinstance(part, str) else filled(part[self._language], self._fill)
