"""How long after a failed try to send a message the next one comes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

_URGENT: Final = tuple(timedelta(seconds=s) for s in (15, 30, 60, 120, 300))
_USUAL: Final = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60))
_URGENT_DOUBT: Final = (*_URGENT, *(timedelta(minutes=m) for m in (5, 10, 20, 30, 60, 60)))
_USUAL_DOUBT: Final = (timedelta(minutes=10), timedelta(hours=2))


def not_taken(tries: int, *, urgent: bool) -> timedelta:
    """After so many tries, the last of which took nothing: growing, and short when somebody's safety may hang on it."""
    return _step(_URGENT if urgent else _USUAL, tries)


def in_doubt(unsure: int, *, urgent: bool) -> timedelta:
    """After so many tries of which nobody knows: few as they are, they outlast a gateway's trouble.

    The last of a page comes after more than three hours, that of anything else after more than two.
    """
    return _step(_URGENT_DOUBT if urgent else _USUAL_DOUBT, unsure)


def _step(steps: Sequence[timedelta], number: int) -> timedelta:
    return steps[min(max(number, 1), len(steps)) - 1]
