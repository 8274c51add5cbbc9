"""The promises of what rings at a set time, and of what knows its calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Wake:
    """One wake-up call to set: `name` is opaque and unique per (deadline, epoch, hop); `at` at most 30 days ahead."""

    name: str
    at: datetime
    payload: Mapping[str, str]


class Alarms(Protocol):
    """Wake-up calls, kept outside the store: at least once, any order, maybe late, never the truth."""

    def arm(self, wakes: Sequence[Wake]) -> None:
        """Set the wake-ups; a name already known (also within 24 hours after it rang) is left as it is.

        Raises `TooFarAhead` beyond 30 days and `AlarmsUnavailable` when the keeper does not answer.
        """
        ...


class TooFarAhead(Exception):
    """A wake-up lies more than 30 days ahead (Cloud Tasks' limit)."""


class AlarmsUnavailable(Exception):
    """The alarm keeper did not answer; the sweep will arm what is stored."""


class Callers(Protocol):
    """Knows the calls that the alarm keeper and the scheduler make, and nobody else's."""

    def verify(self, authorization: str, path: str, body: bytes, /) -> bool:
        """Whether a call to this path with this body and `Authorization` header is one of theirs.

        Raises `ProofUnavailable` when that cannot be told now.
        """
        ...


class ProofUnavailable(Exception):
    """What proves a call could not be had in time; the call must come again."""
