"""The words of every letter: each place is filled by something, the law is today's, and filled texts stay text."""

import re
from pathlib import Path

import pytest

from shared.domain.letters import IN_THE_CODE, LetterKind
from shared.formkit.letter_text import composed, load_letter, parse_letter
from shared.formkit.loading import load
from shared.formkit.tables import BadForm
from tests.formkit.examples import ROOT

LETTERS = sorted((ROOT / "forms" / "letters").glob("*.toml"))
KNOWN = {
    "recipient", "opened_day", "due_day", "decided_day", "until_day", "was_day", "measure", "late", "ended", "to",
    "slot_day", "slot_time", "where", "duration", "invite_address", "invite_url", "code", "valid", "stage",
}  # fmt: skip
"""What the case and the register fill in."""
OLD_LAW = re.compile(r"2001:453|1986:223|\b(?:11|14) kap\. 1\s?a?\s§ socialtjänst")
every_letter = pytest.mark.parametrize("path", LETTERS, ids=[path.stem for path in LETTERS])
HEAD = """
id = "delay_notice"
version = 1
language = "sv"
valid_from = 2025-07-01
law = "11 §"
confidence = "{}"
title = "T"
"""


def test_every_kind_of_letter_has_its_words_and_its_form() -> None:
    assert [path.stem for path in LETTERS] == sorted(set(LetterKind) - IN_THE_CODE)
    assert all((ROOT / "forms" / f"letter_{kind}.toml").exists() for kind in set(LetterKind) - IN_THE_CODE)


@every_letter
def test_every_place_is_filled_by_the_form_or_by_the_case(path: Path) -> None:
    letter, form = load_letter(path), load(ROOT / "forms" / f"letter_{path.stem}.toml")
    asked = {field.id for step in form.steps for field in step.fields}

    assert letter.kind == path.stem
    assert letter.places - KNOWN <= asked
    assert asked <= letter.places
    assert set(letter.usual) <= asked


@every_letter
def test_every_letter_names_the_law_that_is_in_force(path: Path) -> None:
    letter = load_letter(path)
    words = " ".join([letter.law, *(line for piece in letter.pieces for line in piece.lines)])

    assert "(2025:400)" in words or "(2017:900)" in words
    assert OLD_LAW.search(words) is None
    assert not [name for name in ("Skype", "FaceTime", "Teams", "Zoom") if name in words]


def test_a_line_that_nothing_fills_is_left_out() -> None:
    letter = load_letter(ROOT / "forms" / "letters" / "report_invitation.toml")
    bare = composed(letter, {"child_name": "Love", "place": "Storgatan 1"})
    full = composed(letter, {"child_name": "Love", "reporter_display": "Skolan"}, {"reporter_attends=yes"})

    assert ("Plats: Storgatan 1",) in [part.lines for part in bare]
    assert "Vi har fått en anmälan som gäller Love." in bare[0].lines[0]
    assert "Vi har fått en anmälan från Skolan som gäller Love." in full[0].lines[0]
    assert [part for part in full if "är också med på mötet" in part.lines[0]]
    assert not [part for part in bare if "är också med på mötet" in part.lines[0]]


def test_what_is_filled_in_is_never_looked_into_for_places() -> None:
    letter = load_letter(ROOT / "forms" / "letters" / "report_invitation.toml")
    parts = composed(letter, {"child_name": "{place} {recipient}", "place": "hemligt", "recipient": "{child_name}"})

    assert parts[0].lines == ("Till {child_name}",)
    assert "{place} {recipient}" in parts[1].lines[0]


@pytest.mark.parametrize(
    "wrong",
    [
        HEAD.format("V"),
        HEAD.format("sure") + '[[parts]]\nkind = "text"\nlines = ["x"]\n',
        HEAD.format("V") + '[[parts]]\nkind = "image"\nlines = ["x"]\n',
        HEAD.format("V") + '[[parts]]\nkind = "text"\nlines = "x"\n',
        HEAD.format("V") + 'usual = 1\n[[parts]]\nkind = "text"\nlines = ["x"]\n',
        HEAD.format("V") + 'rank = 1\n[[parts]]\nkind = "text"\nlines = ["x"]\n',
    ],
)
def test_a_letter_that_is_declared_wrongly_is_seen(wrong: str) -> None:
    with pytest.raises(BadForm):
        parse_letter(wrong, "wrong.toml")
