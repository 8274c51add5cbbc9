"""What a form sent us, read strictly: known fields only, once each, in one spelling."""

import secrets
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Response, redirect, request
from werkzeug.exceptions import BadRequest

from shared.domain.ids import DIGITS, is_id
from shared.web.csrf import FIELD as CSRF_FIELD

SUBMISSION_FIELD: Final = "submission_id"
_ALWAYS: Final = frozenset({CSRF_FIELD, SUBMISSION_FIELD})
_BREAKS: Final = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")
"""What other programs mean by a new line."""
_CONTROLS: Final = frozenset({"Cc", "Cs"})


class UnexpectedForm(BadRequest):
    """The form holds a field we did not ask for, or a single field twice: no page of ours sends that."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one post. `cleaned` names the fields from which unprintable characters were taken."""

    singles: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    cleaned: frozenset[str]

    def text(self, name: str) -> str:
        """The single value, without spaces around it; empty when nothing was sent."""
        return self.singles.get(name, "")

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a field that may have several, in the order sent."""
        return self.lists.get(name, ())

    def answers(self) -> dict[str, str | list[str]]:
        """All values by field, as the form engine takes them."""
        return {**self.singles, **{name: list(values) for name, values in self.lists.items()}}


def read_form(one: Collection[str], many: Collection[str] = ()) -> Form:
    """The posted fields: those in `one` at most once each, those in `many` any number of times.

    Values are Unicode NFC with plain line breaks and without control characters. Any other or
    repeated field raises `UnexpectedForm` (400).
    """
    singles: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    cleaned = set()
    for name, values in request.form.lists():
        texts = tuple(map(_clean, values))
        if any(len(text) != len(_plain(value)) for text, value in zip(texts, values, strict=True)):
            cleaned.add(name)
        if name in many:
            lists[name] = tuple(text.strip() for text in texts)
        elif (name in one or name in _ALWAYS) and len(texts) == 1:
            singles[name] = texts[0].strip()
        else:
            raise UnexpectedForm
    for name in _ALWAYS - set(one):
        singles.pop(name, None)
    return Form(singles, lists, frozenset(cleaned))


def _plain(value: str) -> str:
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").translate(_BREAKS))


def _clean(value: str) -> str:
    plain = _plain(value)
    return plain if plain.isprintable() else "".join(filter(_writable, plain))


def _writable(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in _CONTROLS


def submission_id() -> str:
    """The one-time id of the form on this page.

    A page that shows a post again keeps its id, so that a retry after an unknown outcome is the same
    submission; any other page gets a new one (32 hex digits).
    """
    sent = request.form.get(SUBMISSION_FIELD, "") if request.method == "POST" else ""
    return sent if is_id(sent) else secrets.token_hex(DIGITS // 2)


def posted_submission_id() -> str:
    """The id the post came with; a post without a well-formed one raises `UnexpectedForm` (400)."""
    sent = request.form.get(SUBMISSION_FIELD, "")
    if not is_id(sent):
        raise UnexpectedForm
    return sent


def see_other(location: str) -> Response:
    """After a post: send the browser to the page that reads back what was saved (303)."""
    response = redirect(location, code=303)
    if not isinstance(response, Response):
        raise TypeError(type(response))
    return response
