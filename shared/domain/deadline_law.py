"""The deadlines of the law as dated data: one row each, with length, reminders, source and how sure we are."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from shared.domain import calendar


class Anchor(StrEnum):
    """The event a deadline counts from; its own day is day 0."""

    RECEIPT = "receipt"
    DECISION = "decision"
    OPENING = "opening"
    REQUEST = "request"


class Span(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Roll(StrEnum):
    """What lag (1930:173) 2 § does to a last day that is no working day."""

    NEVER = "never"
    LEGAL_VIEW = "legal_view"
    """The due day stays; the rolled date is only shown where the law is explained."""
    DUE = "due"
    """The due day itself moves to the next working day."""


class Confidence(StrEnum):
    """How the row was verified: in the statute, second-hand, by common practice, or not yet."""

    STATUTE = "V"
    SECOND_HAND = "V2"
    PRACTICE = "K"
    UNCERTAIN = "U"


@dataclass(frozen=True, slots=True)
class Rule:
    """One deadline during one period of the law (`valid_to` is the first day it no longer holds).

    `remind_days` counts back from the last day. `duty_from`: received from this local time on, or on a
    day that is no working day, the duty is told at once. `unassigned_after`: whoever has no caseworker by
    then is told to the lead. `theirs`: somebody outside is waited for, who is reminded before the last day instead of
    staff; when that has passed the caseworker is told each week and nobody else, because nobody here is late.
    """

    name: str
    anchor: Anchor
    count: int
    span: Span
    roll: Roll
    remind_days: tuple[int, ...]
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None = None
    duty_from: time | None = None
    unassigned_after: timedelta | None = None
    theirs: bool = False
    unwritten: bool = False
    """No statute has the length, only practice: the municipality may set fewer days for itself, and never more."""

    def last_day(self, anchor: date) -> date:
        """The last local day, counted from the anchor's day."""
        add = {
            Span.DAYS: calendar.add_days,
            Span.WEEKS: calendar.add_weeks,
            Span.MONTHS: calendar.add_months,
        }[self.span]
        last = add(anchor, self.count)
        return calendar.rolled(last) if self.roll is Roll.DUE else last


_SOL_2025 = date(2025, 7, 1)

LAW: tuple[Rule, ...] = (
    Rule(
        name="skyddsbedomning",
        anchor=Anchor.RECEIPT,
        count=0,
        span=Span.DAYS,
        roll=Roll.NEVER,
        remind_days=(),
        source='SoL (2025:400) 20:1 "genast"; same day by prop. 2012/13:10 p. 60',
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
        duty_from=time(15),
        unassigned_after=timedelta(hours=4),
    ),
    Rule(
        name="forhandsbedomning",
        anchor=Anchor.RECEIPT,
        count=14,
        span=Span.DAYS,
        roll=Roll.LEGAL_VIEW,
        remind_days=(7, 3, 1, 0),
        source="SoL (2025:400) 20:2, FL (2017:900) 22 §; lag (1930:173) 2 § is not counted on",
        confidence=Confidence.UNCERTAIN,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="aterkoppling",
        anchor=Anchor.DECISION,
        count=1,
        span=Span.WEEKS,
        roll=Roll.NEVER,
        remind_days=(3, 1, 0),
        source="SoL (2025:400) 19:6, lag (1930:173) 1 §",
        confidence=Confidence.STATUTE,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="aterkoppling_genast",
        anchor=Anchor.DECISION,
        count=0,
        span=Span.DAYS,
        roll=Roll.NEVER,
        remind_days=(),
        source='SoL (2025:400) 19:6 "genast": ongoing investigation, or asked after the decision; same day as for 20:1',
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="utredning",
        anchor=Anchor.OPENING,
        count=4,
        span=Span.MONTHS,
        roll=Roll.NEVER,
        remind_days=(30, 14, 7, 3, 1, 0),
        source="SoL (2025:400) 20:3, lag (1930:173) 1 §",
        confidence=Confidence.STATUTE,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="uppfoljning",
        anchor=Anchor.DECISION,
        count=2,
        span=Span.MONTHS,
        roll=Roll.NEVER,
        remind_days=(14, 7, 3, 1, 0),
        source="SoL (2025:400) 23:1-23:5: two months after an investigation without a measure is the careful reading; "
        "we have also read six months, which may be for placements alone. The legal owner compares the statute",
        confidence=Confidence.UNCERTAIN,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="synpunkt",
        anchor=Anchor.RECEIPT,
        count=1,
        span=Span.MONTHS,
        roll=Roll.NEVER,
        remind_days=(14, 7, 3, 1, 0),
        source="GDPR art. 12.3, 16: within one month; SoL (2025:400) 14:6: what the person objects to is noted",
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="bistand_genast",
        anchor=Anchor.RECEIPT,
        count=0,
        span=Span.DAYS,
        roll=Roll.DUE,
        remind_days=(0,),
        source='SoL (2025:400) 14:2 "utan dröjsmål", 12:1; an acute need is looked at the same working day by practice',
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
        unassigned_after=timedelta(hours=4),
    ),
    Rule(
        name="bistand_genomgang",
        anchor=Anchor.RECEIPT,
        count=1,
        span=Span.DAYS,
        roll=Roll.DUE,
        remind_days=(0,),
        source='SoL (2025:400) 14:2 "utan dröjsmål"; the next working day by practice',
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="bistand_beslut",
        anchor=Anchor.RECEIPT,
        count=14,
        span=Span.DAYS,
        roll=Roll.NEVER,
        remind_days=(7, 3, 1, 0),
        source="FL (2017:900) 9 § (simple, quick); no statute has a length, 14 days is what many boards promise",
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="bistand_sex_manader",
        anchor=Anchor.RECEIPT,
        count=6,
        span=Span.MONTHS,
        roll=Roll.NEVER,
        remind_days=(30, 14, 7, 0),
        source="FL (2017:900) 11, 12 §§: after six months the party may demand a decision; lag (1930:173) 1 §",
        confidence=Confidence.STATUTE,
        valid_from=_SOL_2025,
    ),
    Rule(
        name="komplettering",
        anchor=Anchor.REQUEST,
        count=14,
        span=Span.DAYS,
        roll=Roll.DUE,
        remind_days=(3,),
        source="FL (2017:900) 20 §: within a certain time; no statute has a length, 14 days unless staff choose",
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
        theirs=True,
    ),
    Rule(
        name="overklagande",
        anchor=Anchor.RECEIPT,
        count=7,
        span=Span.DAYS,
        roll=Roll.NEVER,
        remind_days=(3, 1, 0),
        source='FL (2017:900) 46 § "skyndsamt": no statute has a length; a week at most by the practice of JO',
        confidence=Confidence.PRACTICE,
        valid_from=_SOL_2025,
        unwritten=True,
    ),
)


class NoSuchDeadline(LookupError):
    """No row of the table holds for that name on that day."""


def rule(name: str, on: date) -> Rule:
    """The row that holds for a deadline whose anchor falls on the local day `on`, or `NoSuchDeadline`."""
    for row in LAW:
        if row.name == name and row.valid_from <= on and (row.valid_to is None or on < row.valid_to):
            return row
    raise NoSuchDeadline(name)
