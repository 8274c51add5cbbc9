"""Swedish words are the keys; a catalogue holds them in the other languages of the product."""

import re
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from flask import g, has_request_context, request

from shared.domain.municipality import Texts
from shared.web import cookies
from shared.web.house import house_or_none

CATALOGUE: Final = "troskelfri"
LOCALE: Final = Path(__file__).parent / "locale"
_LOOSE: Final = re.compile(r"(?<=\d) (?=[ap]m\b)|(?<=[\dm])\N{EN DASH}(?=\d)")
_HELD: Final = {" ": "\N{NO-BREAK SPACE}", "\N{EN DASH}": "\N{WORD JOINER}\N{EN DASH}\N{WORD JOINER}"}
"""Hours stay on one line: "9 am–3 pm", "8–16"."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language a reader can choose, with its own name for itself."""

    code: str
    name: str
    direction: str = "ltr"


SOURCE: Final = "sv"
LANGUAGES: Final = {one.code: one for one in (Language("sv", "Svenska"), Language("en", "English"))}


def language() -> str:
    """The reader's language: what the cookie chose, else Swedish."""
    if not has_request_context():
        return SOURCE
    if "language" not in g:
        g.language = _chosen()
    code: str = g.language
    return code


def _chosen() -> str:
    house = house_or_none()
    chosen = "" if house is None else cookies.read(request, cookies.LANGUAGE, house.settings)
    return chosen if chosen in LANGUAGES else SOURCE


def gettext(message: str, **values: object) -> str:
    """The message in the reader's language, with `%(name)s` filled in from `values` (a literal % is `%%` then)."""
    text = catalogue(language()).gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The message for this many things; `%(num)s` is the number."""
    return catalogue(language()).ngettext(one, many, number) % {"num": number, **values}


def mark(message: str) -> str:
    """Mark a message of a table for the catalogue; it is translated where it is shown."""
    return message


@cache
def catalogue(code: str) -> NullTranslations:
    """The catalogue of a language; the source language has none to read."""
    if code == SOURCE:
        return NullTranslations()
    with (LOCALE / code / "LC_MESSAGES" / f"{CATALOGUE}.mo").open("rb") as compiled:
        return GNUTranslations(compiled)


def local_text(texts: Texts) -> str:
    """The municipality's or form's own words in the reader's language, else in Swedish."""
    return _LOOSE.sub(lambda found: _HELD[found.group()], texts.get(language()) or texts[SOURCE])
