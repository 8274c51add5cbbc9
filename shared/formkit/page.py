"""One step as a page shows it: words of one language and the values in the inputs, ready for a template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shared.formkit.conditions import holds
from shared.formkit.definition import Answer, Answers, Field, FieldType, Form, Need, Option, Problem, Step
from shared.formkit.files import files_of, size_in_words
from shared.formkit.kinds import KINDS
from shared.formkit.months import is_chosen, is_month, month_in_words, months_around
from shared.formkit.origins import Origin, origin_of
from shared.formkit.plain_text import without_controls
from shared.formkit.repeats import REMOVE, Item, Posted, input_name, item_ids, items_of, parts_of
from shared.formkit.steps import progress
from shared.formkit.submission import keep_field, offered, submission
from shared.formkit.words import Texts, filled


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `group` is the heading it stands under, when the question has groups."""

    code: str
    label: str
    hint: str | None
    chosen: bool
    alone: bool
    group: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question on the page. `name` is its input's name (a date adds -day, -month, -year, a time -time).

    `values` are the texts in the inputs by part: "" for the only one, "day", "month", "year", "time",
    "unknown", "clearing", "number". `origin` tells where an answer that nobody has changed was taken from.
    `conditional` tells that it hangs on an answer of the same page, so that it is shown
    also when it may turn out not to be needed; `heading` that its label is the page's title.
    """

    field: str
    name: str
    type: FieldType
    label: str
    hint: str | None
    need: Need
    values: Mapping[str, str]
    choices: tuple[Choice, ...] = ()
    max_length: int = 0
    read_only: bool = False
    conditional: bool = False
    heading: bool = False
    law: str | None = None
    error: str | None = None
    error_name: str | None = None
    blocks: tuple["Block", ...] = ()
    add: str | None = None
    files: tuple["ListedFile", ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file that was received: its id, its name and its size in words."""

    id: str
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Block:
    """One item of a repeated question; `remove` is the value of its remove button, None while it is not saved."""

    id: str
    heading: str
    questions: tuple[Question, ...]
    remove: str | None


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step in one language."""

    step: str
    slug: str
    title: str
    lead: str | None
    why: str | None
    progress: str
    questions: tuple[Question, ...]


def page(
    form: Form,
    step: Step,
    answers: Answers,
    language: str,
    *,
    posted: Posted | None = None,
    problems: Sequence[Problem] = (),
    fill: Mapping[str, str] | None = None,
    today: date | None = None,
) -> StepPage:
    """The step with the saved answers in its inputs, or with what was `posted` and the problems it gave.

    `fill` gives the words for `{acute}`, `{municipality}` and the other places in the form's texts; `today` tells
    which months there are to choose among.
    """
    words, kept = fill or {}, submission(form, answers, before=step)
    return StepPage(
        step.id,
        step.slug,
        filled(step.title[language], words),
        filled(step.lead[language], words) if step.lead else None,
        filled(step.why[language], words) if step.why else None,
        progress(form, answers, step).text[language],
        laid_out(step, answers, language, kept, posted=posted, problems=problems, fill=words, today=today),
    )


def laid_out(
    step: Step,
    answers: Answers,
    language: str,
    kept: dict[str, Answer],
    *,
    posted: Posted | None,
    problems: Sequence[Problem],
    fill: Mapping[str, str],
    today: date | None,
) -> tuple[Question, ...]:
    """The questions of a page that stands after the answers that are `kept`; `kept` is used up."""
    sheet = _Sheet(step, answers, language, posted, {one.name: one for one in problems}, fill, today)
    return tuple(sheet.questions(kept))


@dataclass(frozen=True, slots=True)
class _Sheet:
    step: Step
    answers: Answers
    language: str
    posted: Posted | None
    problems: Mapping[str, Problem]
    fill: Mapping[str, str]
    today: date | None

    def say(self, texts: Texts) -> str:
        return filled(texts[self.language], self.fill)

    def say_or_none(self, texts: Texts | None) -> str | None:
        return None if texts is None else self.say(texts)

    def questions(self, kept: dict[str, Answer]) -> Iterator[Question]:
        """The questions that the earlier steps call for, and those that this page's own answers may yet call for."""
        here = set() if self.step.reveals else {field.id for field in self.step.fields}
        for field in self.step.fields:
            shown = holds(field.when, kept, here)
            if shown is not False:
                answer = self.answers.get(field.id)
                question = self._question(offered(field, kept), field.id, answer)
                yield replace(question, conditional=shown is None)
                keep_field(field, self.answers, kept)

    def _question(self, field: Field, name: str, answer: Answer) -> Question:
        error = next((self.problems[one] for one in self._names(field, name) if one in self.problems), None)
        values, chosen = self._values(field, name, answer)
        blocks = tuple(self._blocks(field, answer)) if field.type is FieldType.REPEAT else ()
        return Question(
            field.id,
            name,
            field.type,
            self.say(field.label),
            self.say_or_none(field.hint),
            field.need,
            values,
            tuple(self._choices(field, chosen)),
            max_length=field.max_length,
            read_only=field.read_only,
            heading=field.label == self.step.title,
            law=field.law,
            error=self.say(error.text) if error else None,
            error_name=error.name if error else None,
            blocks=blocks,
            add=self.say_or_none(field.add) if len(blocks) < field.most else None,
            files=self._files(answer) if field.type is FieldType.FILES else (),
            origin=origin_of(self.answers, field.id) if self.posted is None else None,
        )

    def _files(self, answer: Answer) -> tuple[ListedFile, ...]:
        return tuple(
            ListedFile(one["id"], one["name"], size_in_words(one["size"], self.language)) for one in files_of(answer)
        )

    def _names(self, field: Field, name: str) -> tuple[str, ...]:
        kind = KINDS.get(field.type)
        return tuple(name + part for part in kind.parts) if kind and kind.parts else (name,)

    def _values(self, field: Field, name: str, answer: Answer) -> tuple[dict[str, str], Sequence[str]]:
        kind = KINDS.get(field.type)
        if kind is None:
            return {}, ()
        if self.posted is not None and not field.read_only:
            parts = parts_of(name, field, self.posted)
        else:
            parts = {} if answer is None else kind.written(answer)
        texts = {part.lstrip("-"): without_controls(parts[part][0]) for part in kind.parts if parts.get(part)}
        return texts, parts.get("", ())

    def _choices(self, field: Field, chosen: Sequence[str]) -> Iterator[Choice]:
        if field.type is FieldType.MONTH and is_chosen(field):
            offered = {*filter(is_month, chosen), *(months_around(field, self.today) if self.today else ())}
            for month in sorted(offered):
                name = month_in_words(month, self.language)
                yield Choice(month, name, hint=None, chosen=month in chosen, alone=False, group=None)
        for option in field.options:
            yield self._choice(field, option, chosen)

    def _choice(self, field: Field, option: Option, chosen: Sequence[str]) -> Choice:
        group = self.say(field.groups[option.group]) if option.group else None
        hint = self.say_or_none(option.hint)
        return Choice(option.code, self.say(option.label), hint, option.code in chosen, option.alone, group)

    def _blocks(self, repeat: Field, answer: Answer) -> Iterator[Block]:
        stored: dict[str, Item] = {str(item["id"]): item for item in items_of(answer)}
        for number, id in enumerate(self._ids(repeat, stored) or _first_ids(repeat), 1):
            item = stored.get(id, {})
            heading = f"{self.say(repeat.item)} {number}" if repeat.item else str(number)
            questions = tuple(
                self._question(field, input_name(repeat, id, field), item.get(field.id)) for field in repeat.fields
            )
            yield Block(id, heading, questions, f"{repeat.id}-{id}" if item else None)

    def _ids(self, repeat: Field, stored: Mapping[str, Item]) -> list[str]:
        posted = self.posted or {}
        gone = posted.get(REMOVE, ())
        ids = item_ids(repeat, posted, stored.values())
        left = [id for id in ids if f"{repeat.id}-{id}" not in gone]
        return left if repeat.paged else sorted(left, key=int)


def _first_ids(repeat: Field) -> list[str]:
    return [str(number) for number in range(1, repeat.least + 1)]
