"""Whatever is written in any field of a report is text on the page: nothing of it becomes a part of the page."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Final

import pytest

from shared.app import House, use
from shared.domain.ids import DraftId
from shared.formkit.definition import Answer, Answers, Field
from shared.formkit.plain_text import cleaned
from shared.records.drafts import report_owner
from tests.formkit import examples
from tests.formkit.examples import answers_of
from tests.functions.reporter_browser import Reporter
from tests.houses import demo_house
from tests.journeys.acting import sample
from tests.journeys.hostile_texts import flat, form, free_texts, shown
from tests.people import ELSA

REPORT: Final = form("concern_report_professional")
HARMLESS: Final = "Kim sov"
VECTORS: Final = (
    "<script>ran=1</script>", "<img src=x onerror=ran=1>", "<svg/onload=ran=1>", "<b>x</b>",
    "<a href=javascript:ran=1>x</a>",
    "<iframe srcdoc='<b>x'>", " onfocus=ran=1 autofocus x=", " style=position:fixed x=", "{{7*7}}{%raw%}",
    "${7*7}<%=7%>#{7}",
    "&lt;b&gt;&#60;b&#62;", "\\u003cb\\u003e%3Cb%3E+ADw-b+AD4-", "\u202e<b>x</b>\u2069", "\uff1cb\uff1e\u2039b\u203a",
    "</p></dd></dl></main>",
)  # fmt: skip
CONTEXTS: Final = (
    "{}",
    '">{}',
    "'>{}",
    "</textarea>{}",
    "</title>{}",
    "<!--{}-->",
    "</script>{}",
    "]]>{}",
    "`{}",
    "\\'{}",
)
"""What a text could try to get out of, before it does its harm: an attribute, an element, a comment, a script."""
PAYLOADS: Final = tuple(dict.fromkeys(context.replace("{}", vector) for vector, context in product(VECTORS, CONTEXTS)))


class Structure(HTMLParser):
    """The elements of a page with the names of their attributes, what they say, and what their fields hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, ...]] = []
        self.text = ""
        self.values: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "tf-hidden-mark") not in attrs:
            self.parts.append((tag, *(name for name, _ in attrs)))
        self.values += [value or "" for name, value in attrs if name == "value"]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.parts.append(("!--", data))


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


def written(elsa: Reporter) -> tuple[str, Answers]:
    """A draft, and the answers of the form's sample for it."""
    draft = elsa.begin()
    return draft, answers_of(REPORT, examples.sample(REPORT.id))


def with_text(fields: tuple[Field, ...], answers: Answers, text: str) -> dict[str, Answer]:
    """The answers with the text in each field that is written freely in, also in groups."""
    free = {one.id for one in fields if one.id in free_texts(REPORT)}
    groups = {one.id: one.fields for one in fields if one.fields}
    changed: dict[str, Answer] = {}
    for id, answer in answers.items():
        if id in groups and isinstance(answer, list):
            inner = {one.id for one in groups[id]} & {name.rpartition("-")[2] for name in free_texts(REPORT)}
            changed[id] = [
                {name: text if name in inner else old for name, old in item.items()} if isinstance(item, dict) else item
                for item in answer
            ]
        else:
            changed[id] = text if id in free else answer
    return changed


def save(elsa: Reporter, draft: str, answers: Answers) -> None:
    found = elsa.house.drafts.find(DraftId(draft), report_owner(ELSA))
    assert found is not None
    elsa.house.drafts.save(found, answers)


def test_there_are_enough_texts_to_mean_something() -> None:
    assert len(PAYLOADS) >= 120
    assert len({cleaned(one, lines=False) for one in PAYLOADS}) == len(PAYLOADS)


@pytest.mark.slow
def test_every_text_in_every_field_is_read_through_as_it_was_written(elsa: Reporter) -> None:
    draft, answers = written(elsa)
    fields = tuple(one for step in REPORT.steps for one in step.fields)
    check = f"/anmal/utkast/{draft}/kontrollera"
    save(elsa, draft, with_text(fields, answers, HARMLESS))
    harmless = Structure(elsa.get(check).text)
    times = harmless.text.count(HARMLESS)
    assert times > 20

    for text in PAYLOADS:
        save(elsa, draft, with_text(fields, answers, text))
        page = Structure(elsa.get(check).text)
        assert page.parts == harmless.parts, text
        assert flat(page.text) == flat(harmless.text).replace(HARMLESS, shown(text)), text


@pytest.mark.parametrize("slug", [step.slug for step in REPORT.steps if step.slug in sample(REPORT.id)])
def test_a_hostile_text_stands_in_its_field_as_it_was_written(elsa: Reporter, slug: str) -> None:
    draft, answers = written(elsa)
    fields = tuple(one for step in REPORT.steps for one in step.fields)
    save(elsa, draft, with_text(fields, answers, HARMLESS))
    harmless = Structure(elsa.get(f"/anmal/utkast/{draft}/{slug}").text)
    for text in PAYLOADS[::11]:
        save(elsa, draft, with_text(fields, answers, text))
        page = Structure(elsa.get(f"/anmal/utkast/{draft}/{slug}").text)
        assert page.parts == harmless.parts, text
        assert page.values.count(text) == harmless.values.count(HARMLESS), text
