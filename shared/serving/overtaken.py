"""An answer from a page that is older than what is saved: both are shown, and nothing is written over."""

from typing import TYPE_CHECKING, Any, Final

from flask import request

from shared.formkit.overtaking import Page
from shared.formkit.summary import Words
from shared.serving.borrowed import in_words
from shared.web import language
from shared.web.kept import kept_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shared.formkit.definition import Answers, Problem
    from shared.formkit.repeats import Posted

SEEN: Final = "seen"
"""Name of the field that says which answers the page showed; a page without it is not compared."""


class Overtaken(Exception):
    """Another window has answered the page since it was shown; `mine` are the answers as this one would have them."""

    def __init__(self, mine: "Answers") -> None:
        super().__init__()
        self.mine = mine


def is_stale(page: Page, saved: "Answers") -> bool:
    """Whether the page that was posted showed other answers than those that are saved."""
    return request.form.get(SEEN, "") not in {"", page.mark(saved)}


def is_untouched(page: Page, mine: "Answers") -> bool:
    """Whether the page came back as it was shown."""
    return request.form.get(SEEN, "") == page.mark(mine)


def not_understood(sent: "Posted", problems: "Iterable[Problem]", *, anything: bool) -> list[str]:
    """What was typed into the fields with problems, as it came; if there is none, with `anything` into every field."""
    wrong = [one.field for one in problems]
    found = [(name, text) for name, texts in sent.items() for text in texts if text.strip()]
    typed = [text for name, text in found if name.startswith(tuple(wrong))]
    return typed or [text for _, text in found if wrong and anything]


def both(page: Page, saved: "Answers", mine: "Answers", fill: "Mapping[str, str]") -> dict[str, Any]:
    """What the page with both answers shows, and the post as it came, to be sent again."""
    pairs = page.beside(saved, mine, Words(language(), in_words, fill))
    gone = page.is_gone(saved)
    return {
        "theirs": [] if gone else _rows([(one.key, one.theirs, one.theirs != one.mine) for one in pairs]),
        "mine": _rows([(one.key, one.mine, one.theirs != one.mine and not gone) for one in pairs]),
        "gone": gone,
        "seen": page.mark(saved),
        "kept": [(name, value) for name, value in kept_fields() if name != SEEN],
    }


def _rows(found: list[tuple[str, str, bool]]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value, "differs": differs} for key, value, differs in found]
