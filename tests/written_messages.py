"""Builders: a message as it lies in the outbox."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.ids import CaseId, MessageId
from shared.domain.messages import (
    Channel,
    Message,
    Recipient,
    RecipientKind,
    Template,
)
from shared.domain.quiet import QuietHours
from tests.people import ANNA, MONDAY, UNIT

NIGHT = QuietHours()
STAFF = Recipient(RecipientKind.STAFF, str(ANNA.staff))
RESIDENT = Recipient(RecipientKind.RESIDENT, "p" * 32)
BOTH = frozenset(Channel)


def message(**changes: object) -> Message:
    """A message to Anna that may leave on Monday morning."""
    plain = Message(
        id=MessageId("m" * 32),
        recipient=STAFF,
        channel=Channel.EMAIL,
        template=Template.LOOK,
        unit=UNIT,
        case=CaseId("c" * 32),
        at=MONDAY,
        not_before=MONDAY,
        next_try=MONDAY,
        gives_up_at=MONDAY + timedelta(days=1),
        clock="forhandsbedomning",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
