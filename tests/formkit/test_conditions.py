"""Conditions are plain tables that the server evaluates; an unanswered question is no answer at all."""

import tomllib

import pytest

from shared.formkit.condition_tables import condition
from shared.formkit.conditions import Condition, fields_of, holds
from shared.formkit.tables import Source, Table

ANSWERS: dict[str, object] = {
    "acute": "yes",
    "kinds": ["neglect", "other"],
    "age": 15,
    "day": "2026-11-22",
    "expected": True,
    "number": {"type": "personnummer", "value": "191212121212"},
}


def _read(raw: object) -> Condition:
    return condition(Table(raw, "when", Source("", "when")))


def true_of(when: str, answers: dict[str, object] = ANSWERS) -> bool | None:
    """Whether a condition in TOML is true of the answers."""
    return holds(_read(tomllib.loads(f"when = {when}")["when"]), answers)


@pytest.mark.parametrize(
    "when",
    [
        '{ field = "acute", is = "yes" }',
        '{ field = "acute", in = ["yes", "unknown"] }',
        '{ field = "kinds", is = "neglect" }',
        '{ field = "kinds", in = ["violence", "other"] }',
        '{ field = "expected", is = true }',
        '{ field = "age", is = 15 }',
        '{ field = "age", at_least = 15 }',
        '{ field = "age", below = 16 }',
        '{ field = "day", at_least = 2026-11-22 }',
        '{ field = "day", below = 2026-11-23 }',
        '{ field = "number", is = "personnummer" }',
        '{ field = "acute", answered = true }',
        '{ field = "name", answered = false }',
        '{ not = { field = "acute", is = "no" } }',
        '{ not = { field = "name", is = "no" } }',
        '{ all = [{ field = "acute", is = "yes" }, { field = "age", is = 15 }] }',
        '{ any = [{ field = "acute", is = "no" }, { field = "age", is = 15 }] }',
    ],
)
def test_a_condition_that_fits_the_answers_is_true(when: str) -> None:
    assert true_of(when) is True


@pytest.mark.parametrize(
    "when",
    [
        '{ field = "acute", is = "no" }',
        '{ field = "kinds", is = "violence" }',
        '{ field = "name", is = "yes" }',
        '{ field = "age", at_least = 16 }',
        '{ field = "age", below = 15 }',
        '{ field = "name", below = 15 }',
        '{ field = "name", at_least = 0 }',
        '{ field = "acute", at_least = 0 }',
        '{ field = "day", below = 2026-11-22 }',
        '{ field = "acute", answered = false }',
        '{ all = [{ field = "acute", is = "yes" }, { field = "age", is = 3 }] }',
        '{ any = [{ field = "acute", is = "no" }, { field = "age", is = 3 }] }',
        '{ not = { any = [{ field = "acute", is = "yes" }, { field = "age", is = 3 }] } }',
    ],
)
def test_a_condition_that_does_not_fit_the_answers_is_false(when: str) -> None:
    assert true_of(when) is False


def test_no_condition_is_always_true() -> None:
    assert holds(None, {}) is True


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ('{ field = "acute", is = "yes" }', None),
        ('{ not = { field = "acute", is = "yes" } }', None),
        ('{ all = [{ field = "acute", is = "yes" }, { field = "age", is = 3 }] }', False),
        ('{ any = [{ field = "acute", is = "yes" }, { field = "age", is = 15 }] }', True),
        ('{ any = [{ field = "acute", is = "yes" }, { field = "age", is = 3 }] }', None),
    ],
)
def test_a_condition_on_a_question_being_answered_is_open_unless_the_rest_decides(
    when: str, expected: bool | None
) -> None:
    parsed = _read(tomllib.loads(f"when = {when}")["when"])

    assert holds(parsed, ANSWERS, {"acute"}) is expected


def test_a_condition_knows_the_fields_it_looks_at() -> None:
    parsed = _read({"not": {"any": [{"field": "b", "is": "x"}, {"field": "a", "answered": True}]}})

    assert list(fields_of(parsed)) == ["b", "a"]
