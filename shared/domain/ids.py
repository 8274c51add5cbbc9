"""Names for the kinds of identifier, so that one can never be passed for another.

Ids carry no data: a random uuid4 in hex, or a keyed hash. Nothing here is a personnummer.
"""

from typing import NewType

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
