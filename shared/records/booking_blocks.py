"""Blocked time: set and lifted by the staff member or the lead, in the diary that every booking writes too."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from shared.domain.booking import blocks
from shared.domain.booking.blocks import Block, BlockAction, TooManyBlocks, Wished, may_keep_diary
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import ItemId, UnitId
from shared.domain.municipality import Staff
from shared.domain.principals import Principal
from shared.ports.store import Document, NotFound, Value, Write
from shared.records.booking_diaries import Diary, diaries
from shared.records.booking_settling import BookingSettling
from shared.records.booking_trail import audited, event
from shared.records.rows import Row
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.vault import Vault

COLLECTION: Final = "booking_blocks"


@dataclass(frozen=True, slots=True)
class _Done:
    action: BlockAction
    by: Principal
    at: datetime


class BookingBlocks:
    """Sets and lifts blocks. Meetings that are booked there stay booked: staff are shown them and decide."""

    def __init__(self, vault: Vault, submissions: Submissions) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._settling = BookingSettling(vault, submissions)

    def set(self, principal: Principal, colleague: Staff, wished: Wished, submission: Submission) -> Sent:
        """Nobody books the colleague's time from now on; the result is the block's id.

        Raises `NotAllowed`, `TooManyBlocks`; `wished` has no problems.
        """
        if not may_keep_diary(principal, colleague):
            raise NotAllowed
        id = ItemId(self._fresh())
        new = Block(id, 0, colleague.id, colleague.unit, wished.start, wished.end)

        def build(now: datetime) -> list[Write]:
            diary = self._diary(new.staff)
            if len(diary.blocks_ahead(now)) >= blocks.MOST:
                raise TooManyBlocks
            diary.block(id, new.quarters)
            return [*self._written(new, _Done(BlockAction.SET, principal, now)), diary.write(now)]

        return self._settling.settle(submission, id, build)

    def lift(self, principal: Principal, id: ItemId, submission: Submission) -> Sent:
        """The time can be booked again. Raises `NotFound` for a block of others."""

        def build(now: datetime) -> list[Write]:
            block = self.find(principal, id)
            if block is None:
                raise NotFound(id)
            if not block.standing:
                return []
            diary = self._diary(block.staff)
            diary.unblock(id)
            done = _Done(BlockAction.LIFTED, principal, now)
            return [*self._written(blocks.lift(block, principal), done), diary.write(now)]

        return self._settling.settle(submission, id, build)

    def find(self, principal: Principal, id: ItemId) -> Block | None:
        """The block, for whom it belongs to and the lead; else None."""
        document = self._store.get(COLLECTION, id)
        block = _read(document) if document else None
        return block if block and blocks.may_lift(principal, block) else None

    def _diary(self, staff: str) -> Diary:
        return diaries(self._store, [staff])[staff]

    def _written(self, block: Block, done: _Done) -> list[Write]:
        link = audited(block.id, block.audit_number, block.audit_head, done)
        linked = replace(block, audit_number=link.number, audit_head=link.head)
        return [_row(linked).write(self._sealing), link.entry, event(self._fresh(), block.unit, done)]


def _row(block: Block) -> Row:
    clear: dict[str, Value] = {
        "staff": block.staff,
        "unit": block.unit,
        "start": block.start,
        "end": block.end,
        "standing": block.standing,
        "audit_number": block.audit_number,
        "audit_head": block.audit_head,
    }
    return Row(COLLECTION, block.id, block.rev, clear)


def _read(document: Document) -> Block:
    fields: Any = document.fields
    return Block(
        ItemId(document.id), document.rev, fields["staff"], UnitId(fields["unit"]), fields["start"], fields["end"],
        standing=fields["standing"], audit_number=fields["audit_number"], audit_head=fields["audit_head"],
    )  # fmt: skip
