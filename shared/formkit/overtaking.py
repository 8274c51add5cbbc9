"""Two pages of one draft open at once: what a page showed, whether it has changed since, and both answers in words."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from shared.formkit.definition import UNASKED, Answer, Answers, Field, FieldType, Step
from shared.formkit.items import find_item, item_step
from shared.formkit.kinds import KINDS
from shared.formkit.repeats import kept_items
from shared.formkit.summary import Row, Words

_NOT_POSTED: Final = UNASKED | {FieldType.FILES}
_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a step, or with `item` that of one of its items."""

    step: Step
    item: str = ""

    def mark(self, answers: Answers) -> str:
        """A short word that is another one when the answers of this page are; it stands in the page."""
        shown = [(field.id, _kept(field, given)) for field, given in self._given(answers)]
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:_LENGTH]

    def is_gone(self, answers: Answers) -> bool:
        """Whether the page is one of an item that there is not."""
        return bool(self.item) and find_item(self.step, answers, self.item) is None

    def beside(self, theirs: Answers, mine: Answers, words: Words) -> tuple["Pair", ...]:
        """Each question that either has answered, with both answers in words; lines end with a line feed."""
        saved, sent = (dict(self._lines(one, words)) for one in (theirs, mine))
        return tuple(Pair(key, saved.get(key, ""), sent.get(key, "")) for key in {**saved, **sent})

    def in_words(self, answers: Answers, words: Words) -> tuple[tuple[str, str], ...]:
        """Each answered question of the page with its answer in words; lines end with a line feed."""
        return tuple(self._lines(answers, words))

    def _given(self, answers: Answers) -> Iterator[tuple[Field, Answer]]:
        step, given = (item_step(self.step), find_item(self.step, answers, self.item)) if self.item else (None, answers)
        for field in (step or self.step).fields:
            if field.type not in _NOT_POSTED and not field.read_only:
                yield field, (given or {}).get(field.id)

    def _lines(self, answers: Answers, words: Words) -> Iterator[tuple[str, str]]:
        for field, given in self._given(answers):
            for row in words.rows((field,), {field.id: _kept(field, given)}):
                yield from _flat(row)


@dataclass(frozen=True, slots=True)
class Pair:
    """One question with the saved answer and the one that was sent after it; empty without an answer."""

    key: str
    theirs: str
    mine: str


def _kept(field: Field, given: Answer) -> Answer:
    if field.type is FieldType.REPEAT:
        return kept_items(field, given)
    return KINDS[field.type].kept(field, given)


def _flat(row: Row) -> Iterable[tuple[str, str]]:
    if row.rows:
        return [(f"{row.label}: {one.label}", "\n".join(one.lines)) for one in row.rows]
    return [(row.label, "\n".join(row.lines))] if row.lines else []
