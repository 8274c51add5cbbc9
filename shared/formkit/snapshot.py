"""The write-once record of a sent form: what was asked, in which words, and what was answered."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from shared.formkit.definition import Answer, Answers, Field, Form, Step
from shared.formkit.lacking import all_lacking
from shared.formkit.reading import ShowDate
from shared.formkit.submission import Called, called_for
from shared.formkit.summary import Row, Section, sections
from shared.formkit.words import Texts, filled

SCHEMA: Final = 1
_MARKS: Final = ("bidi", "read_only", "contact")


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
    rows = {one.step: one.rows for one in sections(called, language, show_date, fill or {})}
    written = _Record(language, fill or {})
    whole: dict[str, Answer] = {
        "form": form.id,
        "version": form.version,
        "language": language,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "title": written.say(form.title),
        "steps": [written.step(step, fields, called.kept, rows.get(step.id, ())) for step, fields in called.steps],
    }
    content = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
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
        tuple(_section(step) for step in content["steps"] if "rows" in step),
        str(record["sha256"]),
    )


@dataclass(frozen=True, slots=True)
class _Record:
    language: str
    fill: Mapping[str, str]

    def say(self, texts: Texts | None) -> str | None:
        return None if texts is None else filled(texts[self.language], self.fill)

    def step(self, step: Step, fields: tuple[Field, ...], kept: Answers, rows: tuple[Row, ...]) -> dict[str, Answer]:
        return {
            "id": step.id,
            "slug": step.slug,
            "name": self.say(step.name),
            "title": self.say(step.title),
            "fields": [self._answered(field, kept) for field in fields],
            **_only_full(
                lead=self.say(step.lead),
                why=self.say(step.why),
                rows=[_written(row) for row in rows],
            ),
        }

    def _answered(self, field: Field, kept: Answers) -> dict[str, Answer]:
        asked = self._asked(field)
        return {**asked, "answer": kept[field.id]} if field.id in kept else asked

    def _asked(self, field: Field) -> dict[str, Answer]:
        return {
            "id": field.id,
            "type": field.type.value,
            "label": self.say(field.label),
            **_only_full(
                hint=self.say(field.hint),
                options=[{"code": option.code, "label": self.say(option.label)} for option in field.options],
                fields=[self._asked(inner) for inner in field.fields],
            ),
        }


def _only_full(**parts: Answer) -> dict[str, Answer]:
    return {name: part for name, part in parts.items() if part}


def _written(row: Row) -> Answer:
    lines: list[Answer] = list(row.lines)
    rows: list[Answer] = [_written(inner) for inner in row.rows]
    marks = {mark: True for mark in _MARKS if getattr(row, mark)}
    return {"field": row.field, "label": row.label, **_only_full(lines=lines, rows=rows), **marks}


def _section(step: Mapping[str, Any]) -> Section:
    return Section(step["id"], step["slug"], step["name"], tuple(_rows(step["rows"])))


def _rows(written: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for row in written:
        marks = {mark: True for mark in _MARKS if mark in row}
        yield Row(row["field"], row["label"], tuple(row.get("lines", ())), tuple(_rows(row.get("rows", ()))), **marks)


def _hash(content: str) -> str:
    return sha256(content.encode()).hexdigest()
