"""The indexes that are deployed are those the queries need: a query without one fails in the cloud, and only there."""

import json
from typing import Any

from shared.adapters.firestore_indexes import INDEXES, indexes_text
from shared.domain.queries import SHAPES, Shape

BY_UNIT = Shape("by_unit", "things", ("unit",), "due")
BY_UNIT_FALLING = Shape("by_unit_falling", "things", ("unit",), "due", descending=True)
BY_DUE = Shape("by_due", "others", (), "due")


def composite(*shapes: Shape) -> list[list[tuple[str, str]]]:
    indexes: list[dict[str, Any]] = json.loads(indexes_text(shapes))["indexes"]
    return [[(field["fieldPath"], field["order"]) for field in one["fields"]] for one in indexes]


def test_the_deployed_indexes_are_those_of_the_query_shapes() -> None:
    stale = "renew it: python3 dev.py infra"
    assert INDEXES.read_text("utf-8") == indexes_text(SHAPES.values()), stale


def test_each_direction_has_an_index_of_its_own() -> None:
    assert composite(BY_UNIT, BY_UNIT_FALLING) == [
        [("unit", "ASCENDING"), ("due", "ASCENDING")],
        [("unit", "ASCENDING"), ("due", "DESCENDING")],
    ]


def test_one_ordered_field_needs_no_index_of_its_own_and_equal_shapes_share_one() -> None:
    twin = Shape("twin", "things", ("unit",), "due")
    assert len(composite(BY_UNIT, twin, BY_DUE)) == 1


def test_a_new_shape_is_seen_as_drift() -> None:
    assert indexes_text([*SHAPES.values(), BY_UNIT]) != indexes_text(SHAPES.values())
