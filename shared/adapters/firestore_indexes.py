"""Firestore's indexes as the query shapes need them."""

import json
from collections.abc import Iterable
from typing import Any, Final

from shared.adapters.firestore_documents import MARK, REV
from shared.domain.queries import Shape
from shared.settings import ROOT

INDEXES: Final = ROOT / "infra" / "firestore.indexes.json"

_NEVER_ASKED: Final = (MARK, REV, "sealed")
"""Fields that no query names: without an index they cost less, and what is sealed stays out of every index."""


def indexes_text(shapes: Iterable[Shape]) -> str:
    """The composite indexes the shapes need, and the fields that need none, in the form Firebase's tools read as well.

    A shape that only orders by one field is answered by the index that every field has by itself.
    """
    indexes = {json.dumps(one): one for one in (_index(shape) for shape in shapes if shape.equal)}
    composite = [indexes[key] for key in sorted(indexes)]
    collections = sorted({one["collectionGroup"] for one in composite})
    without = [
        {"collectionGroup": collection, "fieldPath": field, "indexes": []}
        for collection in collections
        for field in _NEVER_ASKED
    ]
    return json.dumps({"indexes": composite, "fieldOverrides": without}, indent=2) + "\n"


def _index(shape: Shape) -> dict[str, Any]:
    ordered = {"fieldPath": shape.order, "order": "DESCENDING" if shape.descending else "ASCENDING"}
    equal = [{"fieldPath": field, "order": "ASCENDING"} for field in shape.equal]
    return {"collectionGroup": shape.collection, "queryScope": "COLLECTION", "fields": [*equal, ordered]}
