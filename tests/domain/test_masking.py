"""A masked text holds what is kept, marks for the rest, and not one character more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.masking import MARK, Span, masked, passages

TEXT = "Mamma ringde. Farmor Berit sa att pappa har flyttat! Hur går det?\n\nVi hörs i morgon."


def keep(*numbers: int) -> str:
    return masked(TEXT, [passages(TEXT)[number] for number in numbers])


def test_sentences_and_lines_can_be_kept_one_by_one() -> None:
    assert [TEXT[start:stop] for start, stop in passages(TEXT)] == [
        "Mamma ringde.",
        "Farmor Berit sa att pappa har flyttat!",
        "Hur går det?",
        "Vi hörs i morgon.",
    ]


def test_what_is_left_out_is_one_mark_however_long_it_was() -> None:
    assert keep(0, 2, 3) == f"Mamma ringde. {MARK} Hur går det?\nVi hörs i morgon."
    assert keep(0, 3) == f"Mamma ringde. {MARK} Vi hörs i morgon."
    assert keep(2) == f"{MARK} Hur går det? {MARK}"
    assert masked("a. " + "hemligt " * 900 + ". b.", [(0, 2), (7205, 7207)]) == f"a. {MARK} b."


@pytest.mark.parametrize(
    "kept", [(), ((0, 0),), ((5, 2),), ((-1, 3),), ((0, 999),), ((4, 9), (0, 3)), ((0, 5), (4, 9))]
)
def test_parts_that_the_text_does_not_have_are_refused(kept: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match="parts"):
        masked(TEXT, kept)


@given(text=st.text(max_size=80), chosen=st.sets(st.integers(0, 12)))
def test_no_character_outside_the_kept_parts_is_in_it(text: str, chosen: set[int]) -> None:
    """Every character is told apart by its place, so that one that was left out is seen."""
    marked = "".join(
        chr(0xF0000 + place) if not one.isspace() and one not in ".!?…" else one for place, one in enumerate(text)
    )
    parts = [span for number, span in enumerate(passages(marked)) if number in chosen]
    if not parts:
        return
    allowed = {character for start, stop in parts for character in marked[start:stop]} | set(MARK + " \n")

    assert set(masked(marked, parts)) <= allowed


@given(text=st.text(max_size=80))
def test_only_white_space_lies_between_passages(text: str) -> None:
    left, at = "", 0
    for start, stop in passages(text):
        left += text[at:start]
        at = stop
    assert not (left + text[at:]).strip()
