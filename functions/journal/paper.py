"""The own file on paper: the released notes ready for the typst template, the same words as on the page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from functions.journal import words
from shared.app import house
from shared.domain.objection_items import Answered, Objection
from shared.records.own_file import OwnNote, Whole
from shared.web import gettext, language, ngettext
from shared.web.words import capital, moment

TEMPLATE: Final = Path(__file__).parent / "templates" / "journal.typ"


def content(whole: Whole) -> Mapping[str, object]:
    """The content of the PDF; its title names nobody. Notes are in the language they were written in."""
    now = house().clock.now()
    return {
        "language": language(),
        "municipality": house().municipality.name,
        "title": gettext("Utdrag ur din akt"),
        "page": gettext("Sida"),
        "of": gettext("av"),
        "made": gettext("Gjort %(when)s. Det nyaste står först.", when=moment(now, language())),
        "about": gettext(
            "Här står det vi har lämnat ut, det du har skrivit och våra svar. Allt i akten är inte med. "
            "[…] betyder att något är utelämnat."
        ),
        "more": gettext("Bara det nyaste är med. Ring oss om du vill ha resten.") if whole.more else "",
        "entries": _newest_first(whole),
    }


def _newest_first(whole: Whole) -> list[Mapping[str, object]]:
    """Notes, what the person has said, and the answers, each where it stands in the file."""
    found = [(one.answer.at, _answer(one, one.answer)) for one in whole.said if one.answer]
    found += [(one.at, _said(one)) for one in whole.said]
    found += [(one.at, _note(one)) for one in whole.notes]
    return [entry for _, entry in sorted(found, key=lambda one: one[0], reverse=True)]


def _said(one: Objection) -> Mapping[str, object]:
    about = gettext("Om en anteckning i akten") if one.note else gettext("Tillagt i akten")
    return {
        "kind": "own",
        "title": gettext("Det här har du skrivit"),
        "when": capital(moment(one.at, language())),
        "unit": about,
        "paragraphs": _paragraphs(one.text),
        "more": ngettext("En fil skickades med.", "%(num)s filer skickades med.", len(one.files)) if one.files else "",
    }


def _answer(one: Objection, answer: Answered) -> Mapping[str, object]:
    day = capital(moment(one.at, language()))
    return {
        "kind": "answer",
        "title": gettext("Vårt svar"),
        "when": capital(moment(answer.at, language())),
        "unit": words.unit(one.unit),
        "paragraphs": _paragraphs(answer.text),
        "more": gettext("Svar på det du skrev: %(when)s.", when=day),
    }


def _note(one: OwnNote) -> Mapping[str, object]:
    return {
        "kind": "note",
        "more": "",
        "title": gettext(words.KINDS[one.shown.kind][0]),
        "when": words.full_day(one),
        "unit": words.unit(one.unit),
        "paragraphs": _paragraphs(one.shown.text),
    }


def _paragraphs(text: str) -> list[list[str]]:
    return [whole.split("\n") for whole in (one.strip("\n") for one in text.split("\n\n")) if whole.strip()]
