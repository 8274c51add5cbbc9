"""Reads the forms of a page as a browser without scripts would send them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class PageForm:
    """One form: where it posts to, and what it holds before anybody has written anything."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """The values of radio buttons, checkboxes, options and named buttons, by name."""

    def filled(self, answers: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
        """The fields with these answers in place of what stood there."""
        kept = [(name, value) for name, value in self.fields if name not in answers]
        return [*kept, *((name, one) for name, given in answers.items() for one in _several(given))]


def forms_of(page: str) -> list[PageForm]:
    """Every form on the page, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def _several(given: str | list[str]) -> Iterator[str]:
    yield from [given] if isinstance(given, str) else given


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._area: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(held.get("action", ""), held.get("method", "get"))
            self.forms.append(self._form)
        elif self._form is not None and tag in {"input", "button", "textarea", "select", "option"}:
            self._take(self._form, tag, held)

    def handle_endtag(self, tag: str) -> None:
        if self._form is not None and tag == "textarea" and self._area is not None:
            # A browser drops the line break right after the tag.
            self._form.fields.append((self._area[0], "".join(self._area[1]).removeprefix("\n")))
            self._area = None
        elif self._form is not None and tag == "select" and self._select is not None:
            name, chosen = self._select
            self._form.fields.append((name, (chosen or self._form.choices.get(name, [""]))[0]))
            self._select = None
        elif tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)

    def _take(self, form: PageForm, tag: str, held: dict[str, str]) -> None:
        name, value = held.get("name", ""), held.get("value", "")
        if tag == "textarea":
            self._area = (name, [])
        elif tag == "select":
            self._select = (name, [])
        elif tag == "option" and self._select is not None:
            form.choices.setdefault(self._select[0], []).append(value)
            if "selected" in held:
                self._select[1].append(value)
        elif tag in {"input", "button"} and name:
            _hold(form, tag, held, name, value)


def _hold(form: PageForm, tag: str, held: dict[str, str], name: str, value: str) -> None:
    chosen = tag == "button" or held.get("type") in {"radio", "checkbox"}
    if chosen:
        form.choices.setdefault(name, []).append(value or "on")
    if not chosen or "checked" in held:
        form.fields.append((name, value))
