"""What is sent of a change of a meeting, written in its batch: to staff, and to the person the reminder that holds."""

from collections.abc import Sequence
from dataclasses import replace

from shared.domain import messages
from shared.domain.booking import meeting_messages
from shared.domain.booking.bookings import BookingChange, State
from shared.domain.ids import PersonIndex
from shared.domain.messages import Message
from shared.domain.messages import State as Sent
from shared.domain.quiet import QuietHours
from shared.ports.store import Write
from shared.records.message_rows import read_message
from shared.records.outbox import Outbox
from shared.records.vault import Vault


class MeetingNews:
    """Reminders follow the meeting. Whether the person has a safe channel is asked when they are sent."""

    def __init__(self, vault: Vault, outbox: Outbox) -> None:
        self._store = vault.store
        self._outbox = outbox

    def of(self, *changes: BookingChange) -> list[Message]:
        """The messages to write with the changes: those that are new, and those that are to be sent no more."""
        found: list[Message] = []
        for change in changes:
            told = change.before is not None and change.before.state is State.CONFIRMED
            if meeting_messages.retimes(change) and (told or change.after.state is State.CONFIRMED):
                quiet = self._outbox.quiet
                found += [*self._of(change, quiet), *meeting_messages.told_staff(change, quiet)]
        return found

    def reached(self, people: Sequence[PersonIndex]) -> frozenset[PersonIndex]:
        """Those who have a confirmed safe channel. Two reads each."""
        return self._outbox.reachable(people)

    def writes(self, news: Sequence[Message]) -> list[Write]:
        """What belongs in the batch."""
        return self._outbox.writes(news)

    def wake(self, news: Sequence[Message]) -> None:
        """Have each of those that are to leave looked at then; never fails."""
        self._outbox.wake([one for one in news if one.open])

    def _of(self, change: BookingChange, quiet: QuietHours) -> list[Message]:
        before, after = change.before, change.after
        wanted = meeting_messages.reminder(after, quiet, change.at)
        old = None
        if before is not None and before.state is State.CONFIRMED:
            old = meeting_messages.reminder_id(before.person, before.id, before.place.start)
        asked = [one for one in (old, wanted.id if wanted and old else None) if one]
        there = {id: read_message(one) for id, one in self._store.get_many("messages", asked).items()} if asked else {}
        found = [messages.dropped(one) for id, one in there.items() if id == old and one.open]
        if wanted:
            found += _wanted(wanted, there.get(wanted.id))
        off = meeting_messages.cancelled(change, quiet)
        if off and self._outbox.reachable([after.person]):
            found.append(off)
        return found


def _wanted(wanted: Message, there: Message | None) -> list[Message]:
    """The reminder, also of a time that the meeting had before; none when it was sent already."""
    if there is None:
        return [wanted]
    if there.state is not Sent.DROPPED:
        return []
    return [replace(wanted, rev=there.rev, entries=there.entries, head=there.head)]
