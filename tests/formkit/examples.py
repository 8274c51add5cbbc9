"""Small forms and posted pages for the tests of the form engine."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shared.formkit.check import Checked, check_step
from shared.formkit.definition import Answer, Answers, Form, Step
from shared.formkit.loading import load, parse
from shared.formkit.prefill import initial
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
    """A sample answer set: what the login knows, and the pages as posted by slug."""

    facts: Mapping[str, str]
    pages: Mapping[str, Mapping[str, list[str]]]


def sample(form_id: str) -> Sample:
    """The form's sample answer set."""
    raw = tomllib.loads((SAMPLES / f"{form_id}.toml").read_text("utf-8"))
    pages = {
        slug: {name: value if isinstance(value, list) else [value] for name, value in page.items()}
        for slug, page in raw["pages"].items()
    }
    return Sample(raw["facts"], pages)


def report() -> Form:
    """The professional's concern report."""
    return load(ROOT / "forms" / "concern_report_professional.toml")


def filled_in(form: Form, sample: Sample) -> Iterator[tuple[Step, Checked]]:
    """Every page posted in turn, from the first to the check of the answers."""
    answers: Answers = initial(form, sample.facts)
    step: Step | None = form.steps[0]
    while step is not None:
        checked = check_step(form, step, sample.pages.get(step.slug, {}), answers, TODAY)
        yield step, checked
        answers = checked.answers
        step = next_step(form, answers, step)


def answers_of(form: Form, sample: Sample) -> dict[str, Answer]:
    """The answers after the last page."""
    return [checked for _, checked in filled_in(form, sample)][-1].answers
