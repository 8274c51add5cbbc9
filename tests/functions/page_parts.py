"""A page taken apart, so that two of them are compared to the last attribute: what it is made of, and what it says."""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Final, TypeAlias

from tests.journeys.hostile_texts import flat, shown

Part: TypeAlias = tuple[str, ...]
"""What a part is (an element, its end, a comment, text, what a text area holds), and all that it says."""
HOLDS: Final = "holds"
SAYS: Final = "says"
MARK: Final = re.compile(r"(?:ord|mejl)\d{3}")
"""Stands in a harmless page where a hostile one has its text."""
_DRAWN: Final = re.compile(r"\b[0-9a-f]{32}\b|\b[A-Z]{2}-[0-9A-Z]{3}-?[0-9A-Z]{3}\b")
"""Ids and references are new each time; so are tokens."""
_TOKENS: Final = {("name", "csrf_token"), ("name", "seen")}
_OTHER_TEXT: Final = {"textarea": HOLDS, "script": "runs", "style": "draws"}
_HIDDEN: Final = ("class", "tf-hidden-mark")


def drawn(text: str) -> str:
    """The text without what is new each time."""
    return _DRAWN.sub("#", text)


class _Apart(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self._text = ""
        self._marked = False
        self.feed(page)
        self.close()
        self._say()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._marked = _HIDDEN in attrs
        if not self._marked:
            self._part(tag, *(_attribute(*one, token=not _TOKENS.isdisjoint(attrs)) for one in attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag, "/", *(_attribute(*one, token=False) for one in attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self._marked:
            self._part(f"/{tag}")
        self._marked = False

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self._part("!--", data)

    def handle_decl(self, decl: str) -> None:
        self._part("!", decl)

    def unknown_decl(self, data: str) -> None:
        self._part("![", data)

    def handle_pi(self, data: str) -> None:
        self._part("?", data)

    def _part(self, *said: str) -> None:
        self._say()
        self.parts.append(said)

    def _say(self) -> None:
        text, self._text = drawn(flat(self._text)), ""
        if text:
            inside = self.parts[-1][0] if self.parts else ""
            self.parts.append((_OTHER_TEXT.get(inside, SAYS), text))


def _attribute(name: str, value: str | None, *, token: bool) -> str:
    if token and name == "value":
        return name
    return name if value is None else f"{name}={drawn(value)}"


def parts(page: str) -> list[Part]:
    """Every part of the page in order, ids and tokens left out, text on one line; a hidden mark is text."""
    return _Apart(page).parts


def with_texts(page: list[Part], text: Callable[[str], str]) -> list[Part]:
    """The parts of a harmless page with what `text` has for each mark, where texts belong: said, or held by a field.

    A mark anywhere else stays, so that a page that puts a text in a link or a style is seen.
    """
    return [(kind, *(_filled(kind, one, text) for one in said)) for kind, *said in page]


def _filled(kind: str, said: str, text: Callable[[str], str]) -> str:
    if kind == SAYS:
        return flat(MARK.sub(lambda mark: shown(text(mark[0])), said))
    held = kind == HOLDS or (kind == "input" and said.startswith("value="))
    return MARK.sub(lambda mark: text(mark[0]), said) if held else said


def marks(page: list[Part]) -> set[str]:
    """The marks that the page says or holds in its fields."""
    return {mark for part in page for said in part[1:] for mark in MARK.findall(said)}


def differences(
    pages: Mapping[str, list[Part]], expected: Mapping[str, list[Part]]
) -> dict[str, tuple[object, object]]:
    """The first part of each page that is not what was expected, beside what was."""
    found: dict[str, tuple[object, object]] = {}
    for name in expected:
        there, wanted = pages.get(name, []), expected[name]
        if there != wanted:
            at = next((n for n, pair in enumerate(zip(there, wanted, strict=False)) if pair[0] != pair[1]), -1)
            found[name] = (there[at:][:2], wanted[at:][:2])
    return found
