"""Whatever is written in any field is text on every page that shows it: nothing of it becomes a part of the page."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import product
from typing import Final, TypeAlias

import pytest

from shared.app import use
from shared.domain.ids import DraftId
from shared.domain.principals import Principal
from shared.formkit.definition import Field, FieldType
from shared.formkit.plain_text import cleaned
from shared.records.drafts import report_owner
from tests.formkit import examples
from tests.formkit.examples import Sample, answers_of
from tests.functions.page_parts import MARK, Part, differences, drawn, marks, parts, with_texts
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import Desk, at
from tests.houses import HandClock, demo_house
from tests.journeys.hostile_texts import form, free_texts
from tests.people import ANNA, ELSA, MARIA
from tests.records.reports import case_of

REPORT, PROTECTION, DECISION = "concern_report_professional", "protection_assessment", "preliminary_assessment"
VECTORS: Final = (
    "<script>ran=1</script>", "<img src=x onerror=ran=1>", "<svg/onload=ran=1>", "<b>x</b>",
    "<a href=javascript:ran=1>x</a>",
    "<iframe srcdoc='<b>x'>", " onfocus=ran=1 autofocus x=", " style=position:fixed x=", "{{7*7}}{%raw%}",
    "${7*7}<%=7%>#{7}",
    "&lt;b&gt;&#60;b&#62;", "\\u003cb\\u003e%3Cb%3E+ADw-b+AD4-", "\u202e<b>x</b>\u2069", "\uff1cb\uff1e\u2039b\u203a",
    "</p></dd></dl></main>",
)  # fmt: skip
CONTEXTS: Final = (
    "{}", '">{}', "'>{}", "</textarea>{}", "</title>{}", "<!--{}-->", "</script>{}", "]]>{}", "`{}", "\\'{}",
)  # fmt: skip
"""What a text could try to get out of, before it does its harm: an attribute, an element, a comment, a script."""
PAYLOADS: Final = tuple(
    cleaned(context.replace("{}", vector), lines=False) for vector, context in product(VECTORS, CONTEXTS)
)
ROUNDS: Final = 10
"""Reports that are written, each with other texts in its fields."""
REFUSED: Final = {"kontakt": "reporter_phone", "vem": "child_birth_date-month", "vuxna": "guardians-1-phone"}
"""Where an answer can not be read, and is shown beside what is wrong with it."""
CASE: Final = "/arbete/arende/#"
_SHAPES: Final = {
    FieldType.TEXT: "ord000",
    FieldType.TEXTAREA: "Så här stod det:\nord000\nord000\n\nord000",
    FieldType.EMAIL: "mejl000@example.se",
}
_BLOCK: Final = re.compile(r"-\d+-")
Text: TypeAlias = Callable[[str], str]
"""What is written where a harmless page has this mark."""
Posts: TypeAlias = dict[str, dict[str, list[str]]]
"""What is posted, by the page's slug."""


@dataclass(frozen=True, slots=True)
class Story:
    """One report and the decision on it: what differs from the samples. What is changed to nothing is left empty."""

    by: Principal
    report: Mapping[str, Mapping[str, str]]
    decision: Mapping[str, str]


STORIES: Final = {
    "an investigation for a child with a name": Story(
        ANNA,
        {
            "sprak": {"interpreter_child": "yes", "interpreter_child_language": "-"},
            "trygghet": {"police_report": "yes", "police_report_reference": "-"},
            "vet": {"guardians_informed": "yes_one", "guardians_informed_who_when": "-"},
        },
        {"outcome": "inleda", "violence_reason": ""},
    ),
    "no investigation for a child without a name": Story(
        MARIA,
        {
            "vem": {
                "child_known_identity": "unknown",
                "child_given_name": "",
                "child_family_name": "",
                "child_person_id": "",
            },
            "hitta": {"child_area": "-", "child_description": "-"},
        },
        {"child_heard": "no", "child_view": "", "reason_not_heard": "-"},
    ),
}


def hostile(number: int) -> Text:
    """The texts of a round; an address has no space."""

    def text(mark: str) -> str:
        found = PAYLOADS[(int(mark[-3:]) * 7 + number * 11) % len(PAYLOADS)]
        return found.replace(" ", "") if mark.startswith("mejl") else found

    return text


def filled(id: str, changes: Mapping[str, Mapping[str, str]], text: Text, start: int = 0) -> Posts:
    """The pages of the form's sample with these changes, a text in each field and three in those with lines."""
    asked, numbers = written_freely(id), iter(range(start, 1000))
    pages = {slug: dict(page) for slug, page in examples.sample(id).pages.items()}
    for slug, changed in changes.items():
        pages.setdefault(slug, {}).update({name: [value] for name, value in changed.items()})
    for page in pages.values():
        for name in [one for one, old in page.items() if _BLOCK.sub("-1-", one) in asked and old != [""]]:
            shape = _SHAPES[asked[_BLOCK.sub("-1-", name)].type]
            page[name] = [MARK.sub(lambda kind: text(f"{kind[0][:-3]}{next(numbers):03}"), shape)]
    return pages


def written_freely(id: str) -> dict[str, Field]:
    """The fields where anything can be written, by the name they are posted under (the first block of a group)."""
    fields = [one for step in form(id).steps for one in step.fields]
    inner = {f"{group.id}-1-{one.id}": one for group in fields for one in group.fields}
    everything = {one.id: one for one in fields} | inner
    return free_texts(form(id)) | {name: one for name, one in everything.items() if one.type is FieldType.EMAIL}


def read_by_the_reporter(elsa: Reporter, clock: HandClock, story: Story, text: Text) -> Iterator[tuple[str, str]]:
    """Every page that shows the reporter what she wrote, before it is sent and after; the last is the receipt."""
    pages, draft = filled(REPORT, story.report, text), elsa.begin()
    path = f"/anmal/utkast/{draft}"
    found = elsa.house.drafts.find(DraftId(draft), report_owner(ELSA))
    assert found is not None
    elsa.house.drafts.save(found, answers_of(form(REPORT), Sample(examples.sample(REPORT).facts, pages)))
    for slug in (*pages, "kontrollera"):
        yield slug, elsa.get(f"{path}/{slug}").text
    for slug, name in REFUSED.items():
        yield f"{slug} refused", elsa.answer(draft, slug, **{name: text("ord148")}).text
    last = {**elsa.fields(f"{path}/beskriv", f"{path}/beskriv"), "child_words": ["Så här stod det: " + text("ord149")]}
    clock.advance(timedelta(minutes=31))
    assert elsa.post(f"{path}/beskriv", last).status_code == 303
    elsa.log_in(ELSA)
    yield "brought back", elsa.get(f"{path}/beskriv").text
    last["csrf_token"] = elsa.fields("/anmal", "/anmal/utkast")["csrf_token"]
    receipt = elsa.send(draft).headers["Location"]
    yield "sent already", elsa.post(f"{path}/beskriv", last).text
    for page in ("/anmal/mina", f"{receipt}/innehall", receipt):
        yield page, elsa.get(page).text


def read_at_the_desk(desk: Desk, case: str, story: Story, text: Text) -> Iterator[tuple[str, str]]:
    """Every page that shows the staff what anybody wrote."""
    yield "the queue", desk.get("/arbete/ko").text
    desk.post(f"{case}/ta", desk.fields(case, f"{case}/ta"))
    for page in (case, f"{case}/anmalan", f"{case}/kontakt?forsakrat=ja"):
        yield page, desk.get(page).text
    (assessment,) = filled(PROTECTION, {}, text, 200).values()
    yield from written(desk, f"{case}/skyddsbedomning", assessment)
    (decision,) = filled(DECISION, {"beslut": story.decision}, text, 300).values()
    yield from written(desk, f"{case}/beslut", decision)
    for page in (f"{case}/bedomningar", f"{case}/aterkoppling", f"{case}?", "/arbete/ko", "/arbete/notiser"):
        yield page, desk.get(page).text


def written(desk: Desk, page: str, answers: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """A form of the staff: in its fields, beside another text, lacking an answer, read through and signed."""
    empty = desk.fields(page)
    assert desk.post(page, {**empty, **answers, "go": "later"}).status_code == 303
    yield page, desk.get(page).text
    yield f"{page} overtaken", desk.post(page, empty).text
    lacking = {name: old for name, old in desk.fields(page).items() if name not in {"child_heard", "need"}}
    yield f"{page} lacking", desk.post(page, lacking).text
    assert desk.write(page, answers).status_code == 303
    yield f"{page} read through", desk.get(f"{page}/kontrollera").text
    assert desk.sign(page).status_code == 303
    yield f"{page} signed already", desk.post(page, {**empty, **answers}).text


def read(story: Story, text: Text) -> dict[str, list[Part]]:
    """Every page with anything of a report or an assessment on it, by its address or what has happened."""
    clock = HandClock()
    with use(demo_house(clock=clock)) as house:
        pages = list(read_by_the_reporter(Reporter(house), clock, story, text))
        case = at(case_of(house, pages[-1][0].rpartition("/")[2]))
        pages += read_at_the_desk(Desk(house, story.by), case, story, text)
        return {drawn(name): parts(page) for name, page in pages}


@cache
def harmless_pages(name: str) -> dict[str, list[Part]]:
    """What a story's pages are when nothing in them is hostile."""
    return read(STORIES[name], str)


@pytest.mark.parametrize("number", [pytest.param(one, marks=[pytest.mark.slow] * (one > 1)) for one in range(ROUNDS)])
def test_a_text_is_shown_as_it_was_written_and_is_no_part_of_any_page(number: int) -> None:
    name, text = list(STORIES)[number % 2], hostile(number)
    expected = {page: with_texts(one, text) for page, one in harmless_pages(name).items()}
    assert differences(read(STORIES[name], text), expected) == {}


@pytest.mark.parametrize("name", STORIES)
def test_every_page_that_holds_the_texts_is_read(name: str) -> None:
    story, pages = STORIES[name], {page: marks(one) for page, one in harmless_pages(name).items()}
    report = marks_in(filled(REPORT, story.report, str))
    assessed = marks_in(filled(PROTECTION, {}, str, 200))
    decided = marks_in(filled(DECISION, {"beslut": story.decision}, str, 300))
    assert pages["kontrollera"] == pages["/anmal/kvitto/#/innehall"] == report
    assert pages[f"{CASE}/anmalan"] | pages[f"{CASE}/kontakt?forsakrat=ja"] == report
    assert pages[f"{CASE}/bedomningar"] >= assessed | decided
    for paper, said in (("skyddsbedomning", assessed), ("beslut", decided)):
        happened = ("", " overtaken", " lacking", " read through", " signed already")
        assert [one for one in happened if not pages[f"{CASE}/{paper}{one}"] >= said] == []
    others = ("brought back", "sent already", CASE, f"{CASE}/aterkoppling", *(f"{one} refused" for one in REFUSED))
    assert [one for one in others if not pages[one]] == []


def test_every_field_is_tried_and_every_text() -> None:
    tried = {
        id: {_BLOCK.sub("-1-", name) for page in pages for name, said in page.items() if MARK.search(said[0])}
        for id, pages in {
            REPORT: [one for story in STORIES.values() for one in filled(REPORT, story.report, str).values()],
            PROTECTION: list(filled(PROTECTION, {}, str).values()),
            DECISION: [filled(DECISION, {"beslut": one.decision}, str)["beslut"] for one in STORIES.values()],
        }.items()
    }
    chosen = {"investigation"}  # one of those that are offered, never written
    assert {id: set(written_freely(id)) - names - chosen for id, names in tried.items()} == {id: set() for id in tried}
    assert len(set(PAYLOADS)) == 150
    used = {hostile(one)(mark) for one in range(ROUNDS) for mark in marks_in(filled(REPORT, {}, str))}
    assert set(PAYLOADS) <= used


def marks_in(pages: Posts) -> set[str]:
    """What stands in the pages as they are posted."""
    return {mark for page in pages.values() for said in page.values() for mark in MARK.findall(said[0])}


SHOWN: Final = (
    '<main><p><bdi>&lt;b&gt;</bdi></p><a href="/x">ja</a><form action="/y"><input value="&lt;b&gt;">'
    '<textarea>&lt;b&gt;</textarea></form><script src="/z.js"></script></main>'
)


def compared(page: str) -> object:
    """What is noticed about a page where `<b>` was written."""
    harmless = parts(SHOWN.replace("&lt;b&gt;", "ord001"))
    return differences({"page": parts(page)}, {"page": with_texts(harmless, lambda _: "<b>")})


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<bdi>&lt;b&gt;", "<bdi><b>"),
        ("<bdi>&lt;b&gt;", "<bdi>"),
        ("<bdi>&lt;b&gt;", "<bdi>&amp;lt;b&amp;gt;"),
        ("<bdi>", "</p><bdi>"),
        ("<bdi>", "<!-- --><bdi>"),
        ("<bdi>", "<?x ?><bdi>"),
        ("<bdi>", "<![CDATA[x]]><bdi>"),
        ("<p>", "<p onfocus=x>"),
        ("<p>", "<p style=x>"),
        ("/x", "javascript:x"),
        ("/y", "/elsewhere"),
        ("/z.js", "/elsewhere.js"),
        ("<input ", "<input autofocus "),
        ('"&lt;b&gt;"', '""'),
        ('"&lt;b&gt;"', '"&lt;b&gt;" name="x"'),
        ("<textarea>&lt;b&gt;", "<textarea>"),
        ("</textarea>", "</textarea><p>&lt;b&gt;</p>"),
        ("</script>", "x</script>"),
        ("</main>", ""),
    ],
)
def test_whatever_a_text_does_to_a_page_is_noticed(was: str, becomes: str) -> None:
    assert compared(SHOWN) == {}
    assert compared(SHOWN.replace(was, becomes)) != {}


@pytest.mark.parametrize(
    "page", ['<a href="{}">ja</a>', '<p style="{}">ja</p>', "<!--{}-->", "<script>x = '{}'</script>"]
)
def test_a_text_where_no_text_belongs_is_noticed_however_it_is_written(page: str) -> None:
    harmless = parts(page.replace("{}", "ord001"))
    assert differences({"page": parts(page.replace("{}", "x"))}, {"page": with_texts(harmless, lambda _: "x")}) != {}
