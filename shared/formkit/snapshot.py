"""The write-once record of a sent form: what was asked, in which words, and what was answered."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from shared.domain import calendar
from shared.formkit import attesting
from shared.formkit.asked import Fill, question_text, step_text, to_text, unanswered_text, with_list, with_one
from shared.formkit.attesting import Attestation, all_attested, attestations
from shared.formkit.definition import UNASKED, Answer, Answers, Field, FieldType, Form, Step
from shared.formkit.lacking import all_lacking
from shared.formkit.origins import Origin, origin_of
from shared.formkit.plain_text import has_bidi_controls
from shared.formkit.reading import ShowDate
from shared.formkit.repeats import Item, items_of
from shared.formkit.submission import Called, called_for
from shared.formkit.summary import Row, Section, Words
from shared.formkit.words import words

SCHEMA: Final = 1


class Incomplete(Exception):
    """The form still lacks something that stops it from being sent."""


class Altered(Exception):
    """A snapshot is not what was written: its hash does not fit its content."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A sent form as it was; `answers` by field id, `sections` in the words that were checked.

    `origins` tells which answers are as they were fetched, `attested` what was confirmed on one's honour.
    """

    form: str
    version: int
    language: str
    at: datetime
    title: str
    answers: dict[str, Answer]
    sections: tuple[Section, ...]
    sha256: str
    origins: Mapping[str, Origin] = field(default_factory=dict)
    attested: tuple[Attestation, ...] = ()


def snapshot(
    form: Form,
    answers: Answers,
    language: str,
    at: datetime,
    *,
    show_date: ShowDate = date.isoformat,
    fill: Mapping[str, str] | None = None,
    attested: Collection[str] = (),
) -> dict[str, Answer]:
    """The record of the form sent at the instant; `Incomplete` while something hard remains.

    `attested` names what was confirmed when it was sent; the words are recorded as they stood on the page.
    """
    called = complete(form, answers, attested)
    return record(form, called, language, at, show_date=show_date, fill=fill)


def complete(form: Form, answers: Answers, attested: Collection[str] = ()) -> Called:
    """What the answers call for; `Incomplete` while something hard remains, or something is not confirmed."""
    called = called_for(form, answers)
    if any(all_lacking(called)) or not all_attested(called, attested):
        raise Incomplete(form.id)
    return replace(called, attested=frozenset(field.id for _, field in attestations(called)))


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
    say = Words(language, show_date, fill or {})
    pen = _Pen(called, say, tuple(sorted((fill or {}).items())), at.astimezone(UTC))
    head = {
        "form": form.id,
        "version": form.version,
        "language": language,
        "at": pen.at.isoformat(timespec="microseconds"),
        "title": say.say(form.title),
    }
    content = with_list(to_text(head), "steps", (pen.step(step, fields) for step, fields in called.steps))
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
        {field["id"]: Origin(field["origin"]) for field in fields if "origin" in field},
        tuple(attesting.as_read(field["id"], field["attested"]) for field in fields if "attested" in field),
    )


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes steps, their questions and their answers as JSON text."""

    called: Called
    words: Words
    said: Fill
    at: datetime

    def step(self, step: Step, fields: tuple[Field, ...]) -> str:
        language, kept = self.words.language, self.called.kept
        if kept.keys().isdisjoint(field.id for field in fields) and not (step.closes and self.called.attested):
            return unanswered_text(step, fields, language, self.said)
        return with_list(step_text(step, language, self.said), "fields", map(self.question, fields))

    def question(self, field: Field) -> str:
        asked, answer = question_text(field, self.words.language, self.said), self.called.kept.get(field.id)
        if field.id in self.called.attested:
            return self._confirmed(asked, field)
        if answer is None:
            return asked
        answered = with_one(asked, "answer", answer)
        origin = origin_of(self.called.draft, field.id)
        if origin is not None:
            answered = with_one(answered, "origin", origin.value)
        if field.type is not FieldType.REPEAT:
            return with_list(answered, "lines", map(to_text, self.words.lines(field, answer)))
        items = [{"rows": _inner(field, item, self.words)} for item in items_of(answer)]
        return with_one(answered, "items", items)

    def _confirmed(self, asked: str, field: Field) -> str:
        local = calendar.local(self.at)
        clock = {"hour": f"{local:%H}", "minute": f"{local:%M}"}
        when = words("attested", date=self.words.show_date(local.date()), **clock)[self.words.language]
        written = with_one(asked, "attested", attesting.written(self.words.say(field.label), self.at))
        return with_list(written, "lines", [to_text(when)])


def _inner(repeat: Field, item: Item, words: Words) -> list[Mapping[str, object]]:
    answers = ((one, item.get(one.id)) for one in repeat.fields)
    return [{"field": one.id, "lines": words.lines(one, answer)} for one, answer in answers if answer is not None]


def _section(step: Mapping[str, Any]) -> Section:
    asked = (field for field in step["fields"] if field["type"] not in UNASKED or "attested" in field)
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
    said = tuple(lines)
    return Row(
        asked["id"],
        asked["label"],
        said,
        bidi=any(map(has_bidi_controls, said)),
        read_only="read_only" in asked,
        contact="contact" in asked,
    )


def _hash(content: str) -> str:
    return sha256(content.encode()).hexdigest()
