"""Decisions are numbered without gaps, and each says what would change it."""

import re
from collections.abc import Iterator
from typing import Final

from tests.house.tree import Source, example, faults, texts

HEADINGS: Final = ("## Context", "## Decision", "## Consequences", "## What would change it")
_FILE: Final = re.compile(r"docs/decisions/(\d{4})-[a-z0-9-]+\.md")


def gaps(paths: list[str]) -> list[str]:
    due, wrong = 1, []
    for path in sorted(paths):
        number = int(found[1]) if (found := _FILE.fullmatch(path)) else 0
        wrong += [path] if number != due else []
        due += 1
    return wrong


def unfinished(source: Source) -> Iterator[str]:
    yield from (f"lacks '{heading}'" for heading in HEADINGS if f"\n{heading}\n" not in source.text)


def test_decisions_are_numbered_from_one_without_gaps() -> None:
    assert gaps([source.path for source in texts("docs/decisions/")]) == []


def test_every_decision_says_why_what_follows_and_what_would_change_it() -> None:
    assert faults(unfinished, texts("docs/decisions/")) == []


def test_a_gap_a_double_and_a_nameless_decision_are_seen() -> None:
    assert gaps(["docs/decisions/0001-a.md", "docs/decisions/0003-b.md"]) == ["docs/decisions/0003-b.md"]
    assert gaps(["docs/decisions/0001-a.md", "docs/decisions/0001-b.md"]) == ["docs/decisions/0001-b.md"]
    assert gaps(["docs/decisions/thoughts.md"]) == ["docs/decisions/thoughts.md"]


def test_a_decision_without_consequences_is_seen() -> None:
    text = "".join(f"\n{heading}\n" for heading in HEADINGS if heading != "## Consequences")

    assert faults(unfinished, example(text, "docs/decisions/0001-a.md")) != []
