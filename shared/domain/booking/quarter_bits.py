"""Quarters of an hour as the bits of one number, so that weeks are compared at once and not quarter by quarter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from math import ceil
from operator import or_

from shared.domain import calendar
from shared.domain.booking.atoms import SECONDS, quarters


@dataclass(frozen=True, slots=True)
class Frame:
    """The quarters of some Swedish days on end: bit 0 is the number `origin` (`atoms.quarters`)."""

    origin: int
    size: int

    @classmethod
    def of(cls, first: date, last: date) -> "Frame":
        """From the beginning of the first day to the end of the last."""
        whole = quarters(calendar.start_of_day(first), calendar.end_of_day(last))
        return cls(whole.start, len(whole))

    def bits(self, spans: Iterable[range]) -> int:
        """The quarters of the spans; what lies outside the frame is left out."""
        # Written as digits first: thousands of spans are entered in one line of bytes, and read as a number once.
        origin, size = self.origin, self.size
        digits = bytearray(b"0") * size
        for one in spans:
            start, stop = one.start - origin, one.stop - origin
            start = 0 if start < 0 else start  # noqa: FURB136 - a call of max() costs more than all the rest
            stop = size if stop > size else stop  # noqa: FURB136
            if start < stop:
                digits[size - stop : size - start] = b"1" * (stop - start)
        return int(digits or b"0", 2)

    def grid(self, spans: Iterable[range], length: int, every: int) -> int:
        """Every `every`-th quarter of each span, counted from its start, from which `length` quarters fit in it."""
        found = 0
        for one in spans:
            count = len(range(one.start, one.stop - length + 1, every))
            found |= ((1 << every * count) - 1) // ((1 << every) - 1) << (one.start - self.origin)
        return found

    def since(self, bits: int, instant: datetime) -> int:
        """Those that begin at the instant or later."""
        gone = max(ceil(instant.timestamp() / SECONDS) - self.origin, 0)
        return bits >> gone << gone


@dataclass(frozen=True, slots=True)
class Taken:
    """Quarters that are given away: `bits` counted from the quarter `origin`, and spans besides."""

    origin: int = 0
    bits: int = 0
    spans: list[range] = field(default_factory=list)

    def within(self, frame: Frame) -> int:
        """Those in the frame, as its bits."""
        ahead = self.origin - frame.origin
        moved = self.bits << ahead if ahead >= 0 else self.bits >> -ahead
        return moved & ((1 << frame.size) - 1) | frame.bits(self.spans)


def any_of(bits: Mapping[str, int]) -> int:
    """What any of them has."""
    return reduce(or_, bits.values(), 0)


def who(bits: Mapping[str, int], place: int) -> tuple[str, ...]:
    """Those whose bit at this place is set, in their own order."""
    return tuple([id for id, one in bits.items() if one >> place & 1])


def reaching(taken: int, length: int) -> int:
    """The quarters from which on one of the next `length`, its own counted, is taken."""
    found, reach = taken, 1
    while reach < length:
        step = min(reach, length - reach)
        found |= found >> step
        reach += step
    return found


def set_bits(bits: int) -> Iterator[int]:
    """The places of the set bits, in order."""
    written = f"{bits:b}"[::-1]
    place = written.find("1")
    while place >= 0:
        yield place
        place = written.find("1", place + 1)
