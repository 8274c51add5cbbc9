"""The own file on paper: the released notes ready for the typst template, the same words as on the page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from functions.journal import words
from shared.app import house
from shared.records.own_file import OwnNote, Whole
from shared.web import gettext, language
from shared.web.words import moment

TEMPLATE: Final = Path(__file__).parent / "templates" / "journal.typ"


def content(whole: Whole) -> Mapping[str, object]:
    """The content of the PDF; its title names nobody. Notes are in the language they were written in."""
    now = house().clock.now()
    return {
        "language": language(),
        "municipality": house().municipality.name,
        "title": gettext("Utdrag ur din akt"),
        "page": gettext("Sida"),
        "made": gettext("Gjort %(when)s. Det nyaste står först.", when=moment(now, language())),
        "about": gettext(
            "Här står det vi har lämnat ut. Allt i akten är inte med. […] betyder att något är utelämnat."
        ),
        "more": gettext("Bara det nyaste är med. Ring oss om du vill ha resten.") if whole.more else "",
        "notes": [_note(one) for one in whole.notes],
    }


def _note(one: OwnNote) -> Mapping[str, object]:
    return {
        "title": gettext(words.KINDS[one.shown.kind][0]),
        "when": words.full_day(one),
        "unit": words.unit(one.unit),
        "paragraphs": _paragraphs(one.shown.text),
    }


def _paragraphs(text: str) -> list[list[str]]:
    return [whole.split("\n") for whole in (one.strip("\n") for one in text.split("\n\n")) if whole.strip()]
