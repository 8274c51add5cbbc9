"""Conditions as they are written in a form's file."""

from datetime import date

from shared.formkit.conditions import All, Answered, AnyOf, Compare, Condition, In, Not
from shared.formkit.tables import Table


def condition(table: Table) -> Condition:
    """The condition written as a TOML table.

    `all`, `any`, `not`, or a `field` with `is`, `in`, `answered`, `at_least` or `below`.
    """
    found = _field_condition(table) if table.has("field") else _composed(table)
    table.done()
    return found


def _composed(table: Table) -> Condition:
    if table.has("not"):
        return Not(condition(table.inner(table.raw("not"), "not", "not")))
    for key, kind in (("all", All), ("any", AnyOf)):
        parts = table.raw(key)
        if isinstance(parts, list) and parts:
            return kind(tuple(condition(table.inner(one, key, key, place)) for place, one in enumerate(parts)))
    raise table.wrong("a condition needs 'field', 'all', 'any' or 'not'")


def _field_condition(table: Table) -> Condition:
    field = table.take("field", str)
    if table.has("is"):
        return In(field, frozenset([_value(table, table.raw("is"))]))
    if table.has("in"):
        values = table.raw("in")
        if isinstance(values, list) and values:
            return In(field, frozenset(_value(table, one) for one in values))
        raise table.wrong("'in' must be a list of values")
    if table.has("answered"):
        return Answered(field, table.take("answered", bool))
    for how in ("at_least", "below"):
        value = table.raw(how)
        if value is not None:
            return Compare(field, how, _compared(table, value))
    raise table.wrong("a condition on a field needs 'is', 'in', 'answered', 'at_least' or 'below'")


def _value(table: Table, value: object) -> str | bool | int:
    if not isinstance(value, str | bool | int):
        raise table.wrong("a value must be a text, a whole number, true or false")
    return value


def _compared(table: Table, value: object) -> int | str:
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, int) or isinstance(value, bool):
        raise table.wrong("a comparison needs a whole number or a date")
    return value
