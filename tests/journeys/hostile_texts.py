"""Texts that would do harm if a page let them, one in every free-text field, and how they are to be shown."""

import re
from collections.abc import Mapping
from typing import Final
from unicodedata import name

from shared.formkit.definition import WRITTEN, Field, Form
from shared.formkit.loading import load
from shared.settings import ROOT
from tests.journeys.acting import sample

HOSTILE: Final = (
    "<script>window.ran=1;alert(1)</script>",
    '"><img src=x onerror="window.ran=1">',
    "<svg/onload=window.ran=1>",
    "javascript:window.ran=1//[x](javascript:alert(1))",
    "{{7*7}}{% raw %}${7*7}<%=7*7%>#eval(7)",
    "' autofocus onfocus=window.ran=1 x='",
    "</textarea></title><script>window.ran=1</script>",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "\u202egnp.tsil\u2066<b>x</b>\u2069 \u200f",
    "a\u2028</script><script>window.ran=1\u2029//",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "<a href='javascript:window.ran=1' style='position:fixed'>",
)
"""Each short enough for the shortest field, with its number in front."""
NAMED: Final = {"\u202e": "[RLO]", "\u2066": "[LRI]", "\u2069": "[PDI]", "\u200f": "[RLM]"}
"""What could turn a text round is shown by its name."""
NOTHING_RAN: Final = """() => [
    ...(window.ran ? ['a script of the text has run'] : []),
    ...[...document.querySelectorAll(`body :is(script, iframe, object, embed, img, svg, style, b, [style], [autofocus],
        [onload], [onerror], [onfocus], [onclick], [srcdoc], [href^="javascript:" i])`)].map(one => one.outerHTML)]"""
"""What stands on the page that no page of ours has."""
_BREAKS: Final = re.compile("[-\N{HYPHEN}\N{SOFT HYPHEN}\\s]")
_SPACE: Final = re.compile(r"[\s\u2028\u2029]+")


def shown(text: str) -> str:
    """The text as a page is to show it; how lines are broken is left out."""
    return flat("".join(NAMED.get(one, one) for one in text))


def flat(text: str) -> str:
    """The text on one line."""
    return _SPACE.sub(" ", text).strip()


def printed(text: str) -> str:
    """The text as paper is to show it."""
    return flat("".join(f"[{name(one).lower()}]" if one in NAMED else one for one in text))


def unbroken(text: str) -> str:
    """The text without spaces and hyphens: on paper, both may only be there to break a line."""
    return _BREAKS.sub("", text)


def form(id: str) -> Form:
    """One of the product's forms."""
    return load(ROOT / "forms" / f"{id}.toml")


def free_texts(asked: Form) -> dict[str, Field]:
    """Every field that somebody writes freely in, by the name it is posted under (the first block of a group)."""
    fields = [one for step in asked.steps for one in step.fields]
    inner = {f"{group.id}-1-{one.id}": one for group in fields for one in group.fields}
    everything = {**{one.id: one for one in fields}, **inner}
    return {name: one for name, one in everything.items() if one.type in WRITTEN and not one.read_only}


def with_hostile_texts(
    id: str, changes: Mapping[str, Mapping[str, str | list[str]]]
) -> tuple[dict[str, dict[str, str | list[str]]], dict[str, str]]:
    """The pages of a form's sample with these changes and a hostile text in each free field; and those texts.

    A field that is changed to nothing is left empty.
    """
    texts = {one: _text(number, field) for number, (one, field) in enumerate(free_texts(form(id)).items())}
    pages = {slug: {**page, **changes.get(slug, {})} for slug, page in sample(id).items()}
    pages |= {slug: dict(page) for slug, page in changes.items() if slug not in pages}
    for page in pages.values():
        page.update({one: texts[one] for one in page if one in texts and page[one] != ""})
    return pages, {one: texts[one] for page in pages.values() for one in page if page[one] == texts.get(one)}


def _text(number: int, field: Field) -> str:
    if field.max_length >= 1000 and field.type == "textarea":
        return "\n".join(f"{number}:{one}" for one in HOSTILE)
    return f"{number}:{HOSTILE[number % len(HOSTILE)]}"
