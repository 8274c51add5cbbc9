"""Small forms and posted pages for the tests of the form engine."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import UTC, date, datetime
from pathlib import Path

from shared.formkit.check import Checked, check_step
from shared.formkit.definition import Answer, Answers, Form, Step
from shared.formkit.items import check_item
from shared.formkit.loading import load, parse
from shared.formkit.prefill import Facts, initial
from shared.formkit.snapshot import Snapshot, read_snapshot, snapshot
from shared.formkit.steps import next_step

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted((ROOT / "forms").glob("*.toml"))
SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 22)
FILL = {"acute": "112", "out_of_hours": "031-390 06 12", "phone": "031-390 06 01", "municipality": "Exempelkommun"}

HEAD = """
id = "example"
version = 1
slug = "exempel"
valid_from = 2026-01-01
retention = "DRAFTS"
law = "-"
title = { sv = "Exempel", en = "Example" }
"""


def step(id: str, *fields: str, extra: str = "") -> str:
    """One step in TOML; its fields are TOML lines."""
    head = f'[[steps]]\nid = "{id}"\nslug = "{id.replace("_", "-")}"\n'
    texts = 'name = { sv = "N", en = "N" }\ntitle = { sv = "T", en = "T" }\n'
    return "\n".join([head + texts + extra, *fields])


def field(id: str, kind: str = "text", extra: str = "", *, inside: bool = False) -> str:
    """One field in TOML; `inside` a repeat."""
    table = "steps.fields.fields" if inside else "steps.fields"
    return f'[[{table}]]\nid = "{id}"\ntype = "{kind}"\nlabel = {{ sv = "Fråga {id}", en = "Ask {id}" }}\n{extra}\n'


def options(*codes: str) -> str:
    """An options line; each option's words are its code."""
    rows = ", ".join(f'{{ code = "{code}", sv = "{code} sv", en = "{code} en" }}' for code in codes)
    return f"options = [{rows}]"


def form(*steps: str) -> Form:
    """A form of these steps."""
    return parse(HEAD + "\n".join(steps), "example.toml")


def one_page(*fields: str) -> Form:
    """A form with one step, `page`."""
    return form(step("page", *fields))


def post(form: Form, answers: Answers | None = None, /, **values: str | list[str]) -> Checked:
    """Post to the form's first step; `__` in a name stands for a hyphen."""
    posted = {name.replace("__", "-"): value if isinstance(value, list) else [value] for name, value in values.items()}
    return check_step(form, form.steps[0], posted, answers or {}, TODAY)


def answer_to(declared: str, /, **values: str | list[str]) -> Answer:
    """What a page with one field, `asked`, makes of a post that is understood."""
    checked = post(one_page(declared), **values)
    assert checked.problems == ()
    return checked.answers.get("asked")


def code_of(declared: str, /, **values: str | list[str]) -> str:
    """The code of the only problem with a post to a page with one field."""
    (problem,) = post(one_page(declared), **values).problems
    return problem.code


@dataclass(frozen=True)
class Sample:
    """A sample answer set: what is known beforehand, the pages as posted by slug, and those of items by slug and id."""

    facts: Facts
    pages: Mapping[str, Mapping[str, list[str]]]
    items: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = field_of(default_factory=dict)


def sample(form_id: str) -> Sample:
    """The form's sample answer set."""
    raw = tomllib.loads((SAMPLES / f"{form_id}.toml").read_text("utf-8"))
    pages = {slug: _posted(page) for slug, page in raw["pages"].items()}
    items = {slug: {id: _posted(item) for id, item in group.items()} for slug, group in raw.get("items", {}).items()}
    return Sample(raw["facts"], pages, items)


def _posted(page: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in page.items()}


def report() -> Form:
    """The professional's concern report."""
    return load(ROOT / "forms" / "concern_report_professional.toml")


def filled_in(form: Form, sample: Sample) -> Iterator[tuple[Step, Checked]]:
    """Every page posted in turn, from the first to the check of the answers; a group's, item after item."""
    answers: Answers = initial(form, sample.facts)
    step: Step | None = form.steps[0]
    while step is not None:
        for checked in _one_by_one(form, step, sample, answers):
            yield step, checked
            answers = checked.answers
        step = next_step(form, answers, step)


def _one_by_one(form: Form, step: Step, sample: Sample, answers: Answers) -> Iterator[Checked]:
    if step.items is None:
        yield check_step(form, step, sample.pages.get(step.slug, {}), answers, TODAY)
        return
    for id, posted in sample.items.get(step.slug, {}).items():
        checked = check_item(form, step, id, posted, answers, today=TODAY)
        yield checked
        answers = checked.answers


def own_names(answers: Answers) -> set[str]:
    """The fields that have an answer; where one came from lies beside them."""
    return {name for name in answers if not name.startswith("@")}


def sent(form: Form, answers: Answers, language: str = "sv") -> Snapshot:
    """The record of the form, with everything confirmed that must be, as it is read ever after."""
    confirmed = [field.id for field in form.closing.fields] if form.closing else []
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return read_snapshot(snapshot(form, answers, language, at, fill=FILL, attested=confirmed))


def answers_of(form: Form, sample: Sample) -> dict[str, Answer]:
    """The answers after the last page."""
    return [checked for _, checked in filled_in(form, sample)][-1].answers
