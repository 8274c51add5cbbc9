"""Masked passages: a text for somebody else is built from the parts that are kept, never by taking parts away."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Where a part begins and where it has ended, in characters."""

MARK: Final = "[…]"
"""Stands for whatever is left out: one word or ten pages, it looks the same."""
_SENTENCE: Final = re.compile(r"\S.*?(?:[.!?…][\"”’)]*(?=\s)|\Z)")


def passages(text: str) -> tuple[Span, ...]:
    """The sentences and lines of the text, in order: what can be kept one by one. Only white space is between them."""
    return tuple(_lines(text))


def masked(text: str, kept: Sequence[Span]) -> str:
    """The kept parts in their order, one mark for everything between, before and after them.

    Nothing else of the text can be in it: the parts are copied into an empty text. `ValueError` when nothing is kept,
    when a part is empty or outside the text, or when they overlap or are out of order.
    """
    if not kept or any(not 0 <= start < stop <= len(text) for start, stop in kept):
        raise ValueError("no such parts")
    if any(stop > start for (_, stop), (start, _) in pairwise(kept)):
        raise ValueError("parts that overlap")
    pieces = [text[start:stop] for start, stop in kept]
    gaps = [text[before[1] : after[0]] for before, after in pairwise(kept)]
    begun = MARK + " " if text[: kept[0][0]].strip() else ""
    ended = " " + MARK if text[kept[-1][1] :].strip() else ""
    return begun + pieces[0] + "".join(_joint(gap) + piece for gap, piece in zip(gaps, pieces[1:], strict=True)) + ended


def _joint(gap: str) -> str:
    """What stands between two kept parts; of what stood there only whether it was nothing, a space or a new line."""
    if gap.strip():
        return f" {MARK} "
    return "\n" if "\n" in gap else " " if gap else ""


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield from ((at + one.start(), at + one.start() + len(one[0].rstrip())) for one in _SENTENCE.finditer(line))
        at += len(line) + 1
