"""The write-once record of a sent form: what was asked, in which words, and what was answered."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from shared.formkit.asked import Fill, question_text, step_text, to_text, unanswered_text, with_list, with_one
from shared.formkit.definition import Answer, Answers, Field, FieldType, Form, Step
from shared.formkit.lacking import all_lacking
from shared.formkit.plain_text import has_bidi_controls
from shared.formkit.reading import ShowDate
from shared.formkit.repeats import Item, items_of
from shared.formkit.submission import Called, called_for
from shared.formkit.summary import Row, Section, Words

SCHEMA: Final = 1


class Incomplete(Exception):
    """The form still lacks something that stops it from being sent."""


class Altered(Exception):
    """A snapshot is not what was written: its hash does not fit its content."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A sent form as it was; `answers` by field id, `sections` in the words that were checked."""

    form: str
    version: int
    language: str
    at: datetime
    title: str
    answers: dict[str, Answer]
    sections: tuple[Section, ...]
    sha256: str


def snapshot(
    form: Form,
    answers: Answers,
    language: str,
    at: datetime,
    *,
    show_date: ShowDate = date.isoformat,
    fill: Mapping[str, str] | None = None,
) -> dict[str, Answer]:
    """The record of the form sent at the instant; `Incomplete` while something hard remains."""
    return record(form, complete(form, answers), language, at, show_date=show_date, fill=fill)


def complete(form: Form, answers: Answers) -> Called:
    """What the answers call for; `Incomplete` while something hard remains."""
    called = called_for(form, answers)
    if any(all_lacking(called)):
        raise Incomplete(form.id)
    return called


def record(
    form: Form,
    called: Called,
    language: str,
    at: datetime,
    *,
    show_date: ShowDate = date.isoformat,
    fill: Mapping[str, str] | None = None,
) -> dict[str, Answer]:
    """The record of what was called for, or of a part of it: {schema, content, sha256}.

    `content` is JSON text that holds every step with its texts, options, answers and words; the SHA-256 is over the
    very text. Hidden answers are not in it, nor is anything that is empty.
    """
    words, said = Words(language, show_date, fill or {}), tuple(sorted((fill or {}).items()))
    head = {
        "form": form.id,
        "version": form.version,
        "language": language,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "title": words.say(form.title),
    }
    steps = (_written(step, fields, called.kept, words, said) for step, fields in called.steps)
    content = with_list(to_text(head), "steps", steps)
    return {"schema": SCHEMA, "content": content, "sha256": _hash(content)}


def read_snapshot(record: Mapping[str, Answer]) -> Snapshot:
    """The sent form as it was, whatever the form looks like today; `Altered` when its hash does not fit."""
    written = str(record.get("content"))
    if _hash(written) != record.get("sha256"):
        raise Altered
    content = json.loads(written)
    fields = [field for step in content["steps"] for field in step["fields"]]
    return Snapshot(
        content["form"],
        content["version"],
        content["language"],
        datetime.fromisoformat(content["at"]),
        content["title"],
        {field["id"]: field["answer"] for field in fields if "answer" in field},
        tuple(section for section in map(_section, content["steps"]) if section.rows),
        str(record["sha256"]),
    )


def _written(step: Step, fields: tuple[Field, ...], kept: Answers, words: Words, said: Fill) -> str:
    """The step, its questions and their answers, as JSON text."""
    if kept.keys().isdisjoint(field.id for field in fields):
        return unanswered_text(step, fields, words.language, said)
    answered = (_answered(field, kept, words, said) for field in fields)
    return with_list(step_text(step, words.language, said), "fields", answered)


def _answered(field: Field, kept: Answers, words: Words, said: Fill) -> str:
    """The question, its answer and the answer in words, as JSON text."""
    asked, answer = question_text(field, words.language, said), kept.get(field.id)
    if answer is None:
        return asked
    answered = with_one(asked, "answer", answer)
    if field.type is not FieldType.REPEAT:
        return with_list(answered, "lines", map(to_text, words.lines(field, answer)))
    return with_one(answered, "items", [{"rows": _inner(field, item, words)} for item in items_of(answer)])


def _inner(repeat: Field, item: Item, words: Words) -> list[Mapping[str, object]]:
    answers = ((one, item.get(one.id)) for one in repeat.fields)
    return [{"field": one.id, "lines": words.lines(one, answer)} for one, answer in answers if answer is not None]


def _section(step: Mapping[str, Any]) -> Section:
    asked = (field for field in step["fields"] if field["type"] != FieldType.INFO)
    return Section(step["id"], step["slug"], step["name"], tuple(row for field in asked for row in _rows(field)))


def _rows(field: Mapping[str, Any]) -> Iterator[Row]:
    if "items" not in field:
        yield _row(field, field.get("lines", ()))
        return
    inner = {one["id"]: one for one in field["fields"]}
    for number, item in enumerate(field["items"], 1):
        rows = tuple(_row(inner[one["field"]], one["lines"]) for one in item["rows"])
        yield Row(field["id"], f"{field.get('item', field['label'])} {number}", rows=rows)


def _row(asked: Mapping[str, Any], lines: Iterable[str]) -> Row:
    words = tuple(lines)
    return Row(
        asked["id"],
        asked["label"],
        words,
        bidi=any(map(has_bidi_controls, words)),
        read_only="read_only" in asked,
        contact="contact" in asked,
    )


def _hash(content: str) -> str:
    return sha256(content.encode()).hexdigest()
