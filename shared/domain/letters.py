"""Letters to people in a case: what was sent to whom, how, and whether it has been read or posted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.domain.ids import CaseId, ItemId, KeyId, PersonIndex, StaffId, UnitId


class LetterKind(StrEnum):
    """What a letter is for; its words and fields are data (`forms/letters`, `forms/letter_*.toml`)."""

    REPORT_INVITATION = "report_invitation"
    """An invitation to talk before the report is decided (SoL 20:2)."""
    INVESTIGATION_OPENED = "investigation_opened"
    """That an investigation has been opened, told at once (SoL 20:4)."""
    INVESTIGATION_EXTENDED = "investigation_extended"
    """That the investigation takes longer, until when and why (SoL 20:3)."""
    INVESTIGATION_ENDED = "investigation_ended"
    """That the investigation has ended, and with what."""
    FOLLOW_UP_STARTED = "follow_up_started"
    """That the child's situation is followed up after an investigation that ended without a measure (SoL 23:3)."""
    FOLLOW_UP_ENDED = "follow_up_ended"
    """That the following up has ended (SoL 23:3)."""
    COMMUNICATION = "communication"
    """What the decision will rest on, with a day to answer by (FL 25 §, SoL 14:8)."""
    DELAY_NOTICE = "delay_notice"
    """That the matter is late and why (FL 11 §)."""
    MEETING_INVITATION = "meeting_invitation"
    """An invitation to a meeting, with the code that books, moves and cancels it."""
    DECISION = "decision"
    """The decision itself, as its sealed original, to a party (FL 33 §)."""
    SUPPLEMENT = "supplement"
    """What an applicant is asked for (FL 20 §); its words are in the code (`supplement_letter`)."""
    APPEAL_SENT_ON = "appeal_sent_on"
    """That the party's appeal has gone to the court (FL 46 §); its words are in the code (`appeal_letters`)."""

    APPLICATION_WITHDRAWN = "application_withdrawn"
    """That the application was taken back (FL 27 §); its words are in the code (`withdrawal_letter`)."""

    APPEAL_GOES_ON = "appeal_goes_on"
    """That it was wrong to dismiss the party's appeal (FL 37-38 §§); its words are in the code (`appeal_letters`)."""


IN_THE_CODE: Final = frozenset(
    {
        LetterKind.SUPPLEMENT,
        LetterKind.APPEAL_SENT_ON,
        LetterKind.APPLICATION_WITHDRAWN,
        LetterKind.APPEAL_GOES_ON,
    }
)
"""The kinds whose words are no file: nobody fills in a form for them, they come with an act."""


class How(StrEnum):
    """The way a letter goes."""

    INBOX = "inbox"
    """Read after login, under Meddelanden."""
    PRINT = "print"
    """Printed, put in an envelope and posted by staff."""


class Relation(StrEnum):
    """Who the recipient is to the child."""

    GUARDIAN = "guardian"
    CHILD = "child"
    OTHER = "other"
    APPLICANT = "applicant"
    """Who has applied: nobody's relation, it is their own matter."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who gets a letter. `index` is keyed; `number` has 12 digits; everything here but the index lies sealed.

    `address` is empty when none may be shown or none is known. `forward`: somebody in the family is protected, so the
    letter goes by Skatteverket's forwarding (OSL 21:3, 22:1-22:2, FOL 16 §). Not `confirmed`: no register vouches.
    """

    index: PersonIndex
    number: str
    name: str
    relation: Relation
    address: tuple[str, ...] = ()
    forward: bool = False
    confirmed: bool = True


CODE: Final = "code"
HIDDEN: Final = "••••-••••-••••"
"""Stands in a letter instead of its code, for everybody but the recipient."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter: a `heading`, a `text` (its lines are one paragraph) or a `list` (a line per item).

    A `code` holds two lines: the code, or `HIDDEN`, and the address where it is used.
    """

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A letter as it was sent, in its own language, and never changed afterwards.

    `sender` is {name, title, unit, phone}; when the name is left out it is empty, and the lines of `instead` stand in
    its place (FL 33 §). `case` is the case's reference; `law` names the paragraph in full.
    """

    kind: LetterKind
    version: int
    language: str
    title: str
    parts: tuple[Part, ...]
    law: str
    case: str
    sender: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Addressed:
    """The words for one recipient: a child is spoken to, where a guardian is told about it."""

    recipient: Recipient
    text: Text


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one person. `read_at`: the recipient opened it; `posted_at`: somebody put it in the post;
    `stopped_at`: it was taken back before that.
    """

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    unit: UnitId
    recipient: Recipient
    text: Text
    by: StaffId
    sent_at: datetime
    how: How
    plan: str = ""
    """How the child is safe when the letter arrives, where the protection assessment leaves that open; for staff."""
    decision: ItemId | None = None
    """The decision whose original goes with the letter."""
    read_at: datetime | None = None
    posted_at: datetime | None = None
    posted_by: StaffId | None = None
    stopped_at: datetime | None = None

    @property
    def to_post(self) -> bool:
        """Whether it waits to be printed and posted."""
        return self.how is How.PRINT and self.posted_at is None and self.stopped_at is None

    @property
    def reference(self) -> str:
        """What stands at the foot of the paper and in the print queue: BR- and the first digits of the random id."""
        return letter_reference(self.id)


_SHOWN: Final = 6


def letter_reference(id: ItemId) -> str:
    """A letter's number for people: display only."""
    return f"BR-{id[:_SHOWN].upper()}"
