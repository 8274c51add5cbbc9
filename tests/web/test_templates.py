"""What the parts say and how: no English on Swedish pages, nothing unescaped, mirrored when read from the right."""

import re

import pytest
from flask import render_template_string

from tests.web.fake_house import ANNA, ORIGIN, SARA, FakeHouse, app_with
from tests.web.preview.pages import preview_app

ENGLISH_DEFAULTS = (
    "Error", "There is a problem", "Change", "Skip to main", "Menu", "Pagination", "You can enter", "You have",
    "characters", "Exit this page", "Support links", "optional", "Previous", "Next", "Day", "Month", "Year",
)  # fmt: skip
PATHS = [
    "/", "/fraga?fel", "/text?fel", "/kontrollera", "/kvitto", "/mina", "/logga-in", "/ko", "/tom", "/arende",
    "/bedom?fel", "/krock", "/fel/404", "/fel/503",
]  # fmt: skip


def shown(path: str, who: str = "sara") -> str:
    client = preview_app(FakeHouse()).test_client()
    client.set_cookie("session", who)
    return client.get(path, base_url=ORIGIN).text


def part(source: str, **values: object) -> str:
    app = app_with(FakeHouse())
    with app.test_request_context("/", base_url=ORIGIN):
        app.preprocess_request()
        return render_template_string(source, **values)


@pytest.mark.parametrize("path", PATHS)
def test_no_english_word_of_the_parts_stands_on_a_swedish_page(path: str) -> None:
    text = re.sub(r"<a [^>]*lang=\"en\".*?</a>", "", shown(path), flags=re.DOTALL)
    assert [word for word in ENGLISH_DEFAULTS if re.search(rf"[>\"]\s*{word}\b", text)] == []


@pytest.mark.parametrize("path", PATHS)
def test_ids_are_unique_and_there_is_one_heading_of_the_first_kind(path: str) -> None:
    page = shown(path, "anna" if path in {"/ko", "/tom", "/arende", "/krock"} else "sara")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1") == 1


def test_the_title_says_that_something_is_wrong_before_anything_else() -> None:
    assert "<title>Fel: Vet familjen om att du anmäler? – Anmälan – Exempelkommun</title>" in shown("/fraga?fel")


def test_every_error_links_to_its_field() -> None:
    page = shown("/text?fel")
    targets = re.findall(r'<a href="#([^"]+)"', page.split("govuk-error-summary__list")[1].split("</ul>")[0])
    assert targets == ["handelse", "nar"]
    assert all(f' id="{target}"' in page for target in targets)


def test_the_practice_environment_says_so_on_every_page() -> None:
    assert all("Övningsmiljö" in shown(path) for path in PATHS)


def test_a_logged_in_person_sees_until_when_and_can_log_out() -> None:
    page = shown("/mina")
    assert SARA.name in page
    assert "Du är inloggad till 09.35" in page
    assert 'action="/logga-in/ut"' in page


def test_staff_have_their_own_frame_without_the_exit_strip() -> None:
    page = shown("/ko", "anna")
    assert (ANNA.name in page, "tf-staff" in page, "/lamna" in page) == (True, True, False)


def test_a_page_read_from_the_right_loads_the_mirrored_stylesheet() -> None:
    page = shown("/fraga?dir=rtl")
    assert 'dir="rtl"' in page
    assert "/static/main.rtl.css?v=" in page


def test_long_text_comes_back_as_it_was_written() -> None:
    source = '{% from "ui/textarea.html" import textarea %}{{ textarea("t", "T", text, limit=9) }}'
    assert ">a\n    b &lt;/textarea&gt;\n\nc</textarea>" in part(source, text="a\n    b </textarea>\n\nc")


HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.mark.parametrize(
    "source",
    [
        '{% from "ui/summary.html" import summary_card %}{{ summary_card(x, [{"key": x, "value": x, "href": "/"}]) }}',
        '{% from "ui/timeline.html" import timeline %}{{ timeline([{"when": x, "who": x, "title": x, "text": x}]) }}',
        '{% from "ui/surfaces.html" import facts %}{{ facts([{"term": x, "value": x}]) }}',
        '{% from "ui/conflict.html" import conflict %}{{ conflict({"title": x, "by": x, "rows": [{"key": x}]}, {}) }}',
        '{% from "ui/radios.html" import radios %}{{ radios("a", x, [{"value": x, "text": x, "hint": x}], x, x, x) }}',
        '{% from "ui/text_input.html" import text_input %}{{ text_input("a", x, x, x, x, caption=x, optional=true) }}',
        '{% from "ui/error_summary.html" import error_summary %}{{ error_summary({"a": x}) }}',
        '{% from "ui/button.html" import button %}{{ button(x, name="a", value=x) }}',
        '{% from "ui/tag.html" import tag %}{{ tag(x) }}',
        '{% from "ui/clock.html" import clock_card %}{{ clock_card(x, "late", x, x, 1, 2, x) }}',
        '{% from "ui/surfaces.html" import row %}{{ row(x, "/", x, "pen") }}',
    ],
)  # fmt: skip
def test_no_part_lets_somebody_elses_markup_through(source: str) -> None:
    assert "<script" not in part(source, x=HOSTILE)


@pytest.mark.parametrize("state", ["late", "today", "soon", "ok", "over", "rest", "done"])
def test_a_clock_is_words_with_a_hidden_icon(state: str) -> None:
    source = '{% from "ui/clock.html" import clock %}{{ clock(state, "Försenad 1 dag") }}'
    found = part(source, state=state)
    assert f"tf-clock--{state}" in found
    assert 'aria-hidden="true"></span>Försenad 1 dag' in found
