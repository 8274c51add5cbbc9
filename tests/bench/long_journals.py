"""Very long journals: the newest notes are made whole, the rest written straight into the keeper's tables.

As in `long_queues`: what no page reaches has sealed parts of the right size that nobody can open.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from shared.app import House
from shared.domain.ids import AktId, CaseId, ItemId, KeyId, StaffId
from shared.domain.notes import NoteKind
from shared.domain.reviews import Result, Review, ReviewCheck, Shown
from shared.ports.store import Write
from shared.records.review_rows import review_row
from shared.records.sealing import Sealing
from tests.bench import stock
from tests.bench.long_queues import ALIKE, Unopenable, pour
from tests.bench.serving import stocked
from tests.people import UNIT

WHOLE: Final = 100
_WORDS: Final = "Karin berättar att hon har ordnat frukost på fritids från måndag. " * 8


def fill(folder: Path, count: int) -> None:
    """Make an installation in `folder` where so many notes are released to Karin."""
    case, akt, now = stocked(folder, lambda house: _whole(house, min(count, WHOLE)))
    pour(folder / "store.db", "reviews", _others((count - WHOLE) // ALIKE, case, akt, now))


def _whole(house: House, count: int) -> tuple[CaseId, AktId, datetime]:
    note, *_ = stock.released(house, count)
    document = house.store.get("reviews", note)
    assert document is not None
    return CaseId(str(document.fields["case"])), AktId(str(document.fields["akt"])), house.clock.now()


def _others(count: int, case: CaseId, akt: AktId, now: datetime) -> Iterator[Write]:
    """Older than the whole ones; one of ten each."""
    sealing = Sealing(Unopenable(), "nobody")
    for number in range(count):
        at = now - timedelta(days=400, minutes=number)
        yield review_row(_review(case, akt, at)).write(sealing)


def _review(case: CaseId, akt: AktId, at: datetime) -> Review:
    return Review(
        id=ItemId(uuid.uuid4().hex),
        rev=0,
        case=case,
        unit=UNIT,
        akt=akt,
        key=KeyId("0" * 32),
        by=StaffId("anna.exempel"),
        title="kurator",
        at=at,
        event_at=at,
        result=Result.RELEASED,
        checks=frozenset(ReviewCheck),
        ground="",
        reason="",
        kept=(),
        additions=0,
        shown=Shown(NoteKind.CALL, at.date().isoformat(), _WORDS, whole=True),
    )
