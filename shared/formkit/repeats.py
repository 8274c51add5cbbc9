"""Repeated groups of questions: an item per block of a page or a page per item, empty ones dropped, ids that stay."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from shared.formkit.definition import Answer, Field
from shared.formkit.kinds import KINDS
from shared.formkit.reading import Flaw, Parts

Posted: TypeAlias = Mapping[str, Sequence[str]]
"""The fields of a posted page: every value by input name."""

Item: TypeAlias = dict[str, Answer]
"""One item's answers by field id, and its `id` that no other item of the group gets: a number as text, or for an item
with a page of its own eight letters and digits."""

ADD: Final = "add"
"""Name of the buttons that add an empty item; the value is the repeat field's id."""
REMOVE: Final = "remove"
"""Name of the buttons that remove an item; the value is `<repeat field>-<item id>`."""

_ID: Final = re.compile(r"[1-9]\d{0,2}")
_OWN_PAGE_ID: Final = re.compile(r"[a-z\d]{8}")


@dataclass(frozen=True, slots=True)
class Items:
    """What a posted group holds, and the flaws by input name."""

    items: list[Item]
    flaws: tuple[tuple[str, Flaw], ...]


def input_name(repeat: Field, item: str, field: Field) -> str:
    """The name of an item's input, to which a part may be added."""
    return f"{repeat.id}-{item}-{field.id}"


def parts_of(name: str, field: Field, posted: Posted) -> Parts:
    """The posted values of one question by part."""
    return {part: posted[name + part] for part in KINDS[field.type].parts if name + part in posted}


def posted_ids(repeat: Field, posted: Posted) -> tuple[str, ...]:
    """The ids of the items that a page posts, in order."""
    start = repeat.id + "-"
    ids = {name[len(start) :].partition("-")[0] for name in posted if name.startswith(start)}
    return tuple(sorted((one for one in ids if _ID.fullmatch(one)), key=int))


def item_ids(repeat: Field, posted: Posted, stored: Iterable[Item]) -> list[str]:
    """The ids of the stored items and after them those that only the page has, each in order."""
    known = [str(item["id"]) for item in stored]
    return known + [id for id in posted_ids(repeat, posted) if id not in known]


def read_items(repeat: Field, posted: Posted, stored: Answer, today: date, *, keep_empty: bool) -> Items:
    """The group as posted: what is understood replaces what was stored, item by item.

    A stored item that the page does not post stays, because the page may be an old one; an item whose
    inputs are all empty goes, unless `keep_empty`.
    """
    items = {str(item["id"]): dict(item) for item in items_of(stored)}
    flaws: list[tuple[str, Flaw]] = []
    for id in posted_ids(repeat, posted):
        item = items.setdefault(id, {"id": id})
        flaws += _read_item(repeat, item, posted, today)
    whole = sorted(items.values(), key=lambda item: int(str(item["id"])))
    flawed = {name.split("-")[1] for name, _ in flaws}
    kept = [item for item in whole if keep_empty or item["id"] in flawed or not is_empty(item)]
    return Items(kept, tuple(flaws))


def _read_item(repeat: Field, item: Item, posted: Posted, today: date) -> Iterator[tuple[str, Flaw]]:
    for field in repeat.fields:
        name = input_name(repeat, str(item["id"]), field)
        reading = KINDS[field.type].read(field, parts_of(name, field, posted), today)
        if reading.flaw:
            yield name + reading.flaw.part, reading.flaw
        if reading.answer is not None:
            item[field.id] = reading.answer
        elif not reading.flaw:
            item.pop(field.id, None)


def with_one_more(repeat: Field, items: list[Item], posted: Posted) -> tuple[list[Item], str]:
    """The items and one empty one after the posted ones, and its id; posting the same page again adds no second."""
    ids = [int(one) for one in posted_ids(repeat, posted)] or [int(str(item["id"])) for item in items] or [0]
    id = str(max(ids) + 1)
    if len(items) >= repeat.most or any(item["id"] == id for item in items):
        return items, id
    return [*items, {"id": id}], id


def is_own_page_id(text: str) -> bool:
    """Whether the text can be the id of an item that has a page of its own."""
    return _OWN_PAGE_ID.fullmatch(text) is not None


def kept_items(repeat: Field, answer: Answer) -> Answer:
    """The items that hold something, each as far as it still fits the group's fields; None when none does."""
    items: list[Answer] = []
    for stored in items_of(answer):
        item: Item = {"id": stored["id"]}
        for field in repeat.fields:
            kept = KINDS[field.type].kept(field, stored.get(field.id))
            if kept is not None:
                item[field.id] = kept
        if not is_empty(item):
            items.append(item)
    return items or None


def items_of(answer: Answer) -> Iterator[Item]:
    """The items of a stored group."""
    if isinstance(answer, list):
        yield from (item for item in answer if isinstance(item, dict) and isinstance(item.get("id"), str))


def is_empty(item: Item) -> bool:
    """Whether nothing is written, chosen or ticked in the item."""
    return all(answer is None or answer is False for name, answer in item.items() if name != "id")
