"""Pages never trust text and never carry their own script or style: the content security policy would stop them."""

import ast
import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.house.tree import Source, example, faults, python, texts

_COMMENT: Final = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
_FORBIDDEN: Final = {
    "text is marked safe": re.compile(r"\|\s*safe\b"),
    "escaping is switched off": re.compile(r"autoescape\s+false"),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a handler in the page": re.compile(r"\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE),
}


def unsafe_page(source: Source) -> Iterator[str]:
    page = _COMMENT.sub("", source.text)
    yield from (fault for fault, sign in _FORBIDDEN.items() if sign.search(page))


def unsafe_words(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Markup") and not _is_literal(node):
            yield f"line {node.lineno}: text that is not written here is declared to be HTML"
        if isinstance(node, ast.keyword) and node.arg == "autoescape" and ast.unparse(node.value) == "False":
            yield f"line {node.value.lineno}: escaping is switched off"


def _is_literal(call: ast.Call) -> bool:
    return all(isinstance(word, ast.Constant) for word in call.args)


def test_pages_trust_no_text_and_carry_no_script_or_style() -> None:
    assert faults(unsafe_page, texts("shared/", "functions/", ends=(".html", ".jinja", ".xml"))) == []


def test_no_function_builds_html_out_of_text() -> None:
    assert faults(unsafe_words, python("functions/", "shared/")) == []


@pytest.mark.parametrize(
    "page",
    [
        "{{ story|safe }}",
        "{{ story | safe }}",
        "{% autoescape false %}",
        "<script>go()</script>",
        "<p style='color: red'>",
        "<style>p {}</style>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_each_unsafe_way_is_seen(page: str) -> None:
    assert len(faults(unsafe_page, example(page))) == 1


def test_a_script_from_our_own_address_and_a_comment_are_fine() -> None:
    page = '<script src="/static/app.js" defer></script>{# never |safe #}<p class="onward">{{ _("på = i") }}</p>'

    assert faults(unsafe_page, example(page)) == []


def test_html_made_of_text_is_seen() -> None:
    assert faults(unsafe_words, example("Markup(f'<b>{story}</b>')")) != []
    assert faults(unsafe_words, example("markupsafe.Markup(story)")) != []
    assert faults(unsafe_words, example("Environment(autoescape=False)")) != []
    assert faults(unsafe_words, example("Markup('<b>{}</b>').format(story)")) == []
