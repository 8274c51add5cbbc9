"""The answers as words, section by section, for the person to check before sending."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shared.formkit.definition import UNASKED, Answer, Answers, Field, FieldType, Form
from shared.formkit.kinds import KINDS
from shared.formkit.plain_text import has_bidi_controls
from shared.formkit.reading import ShowDate
from shared.formkit.repeats import items_of
from shared.formkit.submission import Called, called_for
from shared.formkit.words import Texts, filled


@dataclass(frozen=True, slots=True)
class Row:
    """One question and its answer: a line of words per thing answered, or a row per question of a repeated item.

    `bidi` tells that the words hold direction controls and may read in another order than written.
    `read_only` answers come from the login and are not changed here. `contact` rows tell how to reach or find
    the family.
    """

    field: str
    label: str
    lines: tuple[str, ...] = ()
    rows: tuple["Row", ...] = ()
    bidi: bool = False
    read_only: bool = False
    contact: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lines or self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one visible step; `slug` is where to change them."""

    step: str
    slug: str
    heading: str
    rows: tuple[Row, ...]


def summary(
    form: Form,
    answers: Answers,
    language: str,
    *,
    show_date: ShowDate = date.isoformat,
    fill: Mapping[str, str] | None = None,
) -> tuple[Section, ...]:
    """Every visible question with its answer in words, in form order; unanswered ones have no lines.

    `show_date` puts a date into words of the language; without it dates are ISO. `fill` fills the places
    in the form's texts. Only answers that count are shown. An item's rows are its answered questions.
    """
    return sections(called_for(form, answers), language, show_date, fill or {})


def sections(called: Called, language: str, show_date: ShowDate, fill: Mapping[str, str]) -> tuple[Section, ...]:
    """The same of what the answers call for."""
    words = Words(language, show_date, fill)
    found = (
        Section(step.id, step.slug, words.say(step.name), words.rows(fields, called.kept))
        for step, fields in called.steps
    )
    return tuple(section for section in found if section.rows)


@dataclass(frozen=True, slots=True)
class Words:
    """Puts texts and answers into words of one language."""

    language: str
    show_date: ShowDate
    fill: Mapping[str, str]

    def say(self, texts: Texts) -> str:
        """The text with its places filled."""
        return filled(texts[self.language], self.fill)

    def rows(self, fields: Iterable[Field], kept: Answers) -> tuple[Row, ...]:
        """The rows of the fields, those without an answer too; what a draft never answers has none."""
        asked = (field for field in fields if field.type not in UNASKED)
        return tuple(row for field in asked for row in self._rows_of(field, kept.get(field.id)))

    def lines(self, field: Field, answer: Answer) -> tuple[str, ...]:
        """An answer that is there, in words; only the form's own have places to fill."""
        shown = KINDS[field.type].shown(field, answer, self.language, self.show_date)
        return tuple(filled(line, self.fill) for line in shown) if field.options else shown

    def _rows_of(self, field: Field, answer: Answer) -> Iterator[Row]:
        if field.type is FieldType.REPEAT and answer is not None:
            yield from self._items(field, answer)
        else:
            yield self._row(field, answer)

    def _items(self, field: Field, answer: Answer) -> Iterator[Row]:
        name = self.say(field.item or field.label)
        for number, item in enumerate(items_of(answer), 1):
            inner = tuple(self._row(one, item[one.id]) for one in field.fields if item.get(one.id) is not None)
            yield Row(field.id, f"{name} {number}", rows=inner)

    def _row(self, field: Field, answer: Answer) -> Row:
        label = self.say(field.label)
        if answer is None:
            return Row(field.id, label, read_only=field.read_only, contact=field.contact)
        lines = self.lines(field, answer)
        bidi = any(map(has_bidi_controls, lines))
        return Row(field.id, label, lines, bidi=bidi, read_only=field.read_only, contact=field.contact)
