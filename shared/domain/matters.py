"""Whose turn it is in a matter that somebody has applied for, as that person is told."""

from enum import StrEnum

from shared.domain.cases import Case


class Turn(StrEnum):
    APPLICANT = "applicant"
    """Something is missing that only the person can send (FL 20 §)."""
    BOARD = "board"
    """The board has something to do: read, ask or decide."""
    OVER = "over"
    """It is decided, or closed in another way."""


def turn(case: Case) -> Turn:
    """Whose turn it is now."""
    if not case.open:
        return Turn.OVER
    return Turn.APPLICANT if case.awaits else Turn.BOARD
