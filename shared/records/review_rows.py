"""Reviews of notes as they are stored: what the person may read lies in a part of its own, apart from the reasons."""

from dataclasses import asdict
from typing import Any, Final

from shared.domain.ids import AktId, CaseId, ItemId, KeyId, StaffId, UnitId
from shared.domain.notes import NoteKind
from shared.domain.reviews import Result, Review, ReviewCheck, Shown
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

REVIEWS: Final = "reviews"
NOBODY: Final = ""
"""Stands for the akt of what is withheld: no list of anybody's holds it."""


def review_row(review: Review) -> Row:
    """The review: clear are ids, instants, and in whose akt it can be read; what is withheld is in nobody's."""
    considered = {
        "title": review.title,
        "result": review.result.value,
        "checks": sorted(review.checks),
        "ground": review.ground,
        "reason": review.reason,
        "kept": [list(one) for one in review.kept],
        "additions": review.additions,
    }
    return Row(
        REVIEWS,
        review.id,
        review.rev,
        {
            "case": review.case,
            "unit": review.unit,
            "akt": review.akt,
            "open_to": NOBODY if review.shown is None else review.akt,
            "by": review.by,
            "at": review.at,
            "event_at": review.event_at,
        },
        review.key,
        {"considered": considered, "shown": None if review.shown is None else asdict(review.shown)},
    )


def review_key(document: Document) -> KeyId:
    """The key that seals the document's parts."""
    return KeyId(str(document.fields["key"]))


def read_review(document: Document, sealing: Sealing) -> Review:
    """The whole review, for staff."""
    fields: Any = document.fields
    opened = sealing.open(document, review_key(document), ("considered", "shown"))
    said = opened["considered"]
    return Review(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        unit=UnitId(fields["unit"]),
        akt=AktId(fields["akt"]),
        key=review_key(document),
        by=StaffId(fields["by"]),
        title=said["title"],
        at=fields["at"],
        event_at=fields["event_at"],
        result=Result(said["result"]),
        checks=frozenset(map(ReviewCheck, said["checks"])),
        ground=said["ground"],
        reason=said["reason"],
        kept=tuple((start, stop) for start, stop in said["kept"]),
        additions=said["additions"],
        shown=_shown(opened["shown"]),
    )


def read_shown(document: Document, sealing: Sealing) -> Shown | None:
    """What the person may read of it; what was considered stays sealed. None when it is withheld."""
    if document.fields["open_to"] == NOBODY:
        return None
    return _shown(sealing.open(document, review_key(document), ("shown",))["shown"])


def _shown(kept: Any) -> Shown | None:
    return kept and Shown(NoteKind(kept["kind"]), kept["happened"], kept["text"], kept["whole"])
