"""Names for the kinds of identifier, so that one can never be passed for another.

Ids carry no data: a random uuid4 in hex, or a keyed hash. Nothing here is a personnummer.
"""

import string
from typing import Final, NewType

DIGITS: Final = 32
_HEX: Final = frozenset(string.hexdigits.lower())

PersonIndex = NewType("PersonIndex", str)
"""Keyed hash of an identity (HMAC-SHA-256, 32 hex digits): equal for the same person, meaningless without the key."""

PersonId = NewType("PersonId", str)
AktId = NewType("AktId", str)
CaseId = NewType("CaseId", str)
ItemId = NewType("ItemId", str)
DraftId = NewType("DraftId", str)
FileId = NewType("FileId", str)
UploadId = NewType("UploadId", str)
DeadlineId = NewType("DeadlineId", str)
NoticeId = NewType("NoticeId", str)
SessionId = NewType("SessionId", str)
KeyId = NewType("KeyId", str)
UnitId = NewType("UnitId", str)
StaffId = NewType("StaffId", str)
"""The employee's id in the municipality's directory, as its identity provider sends it."""
OrganisationId = NewType("OrganisationId", str)
SubmissionId = NewType("SubmissionId", str)
"""One-time id of one rendered form; the same id is the same submission (32 hex digits)."""
MessageId = NewType("MessageId", str)
"""A hash of recipient and event (32 hex digits): the same event reaches the same recipient once."""


def is_id(text: str) -> bool:
    """Whether the text can be a random id or a keyed hash of ours: 32 lower-case hex digits."""
    return len(text) == DIGITS and _HEX.issuperset(text)
