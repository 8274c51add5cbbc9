"""What must be true of one question: what it needs, what it offers, and what its conditions look at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from shared.formkit.conditions import Answered, Compare, Condition, In, fields_of, simple_parts
from shared.formkit.definition import CHOICES, UNASKED, Field, FieldType, Need
from shared.formkit.identity_number import PERSONNUMMER, RESERVNUMMER, SAMORDNINGSNUMMER, UNKNOWN

Faults: TypeAlias = Iterator[tuple[str, str]]
"""What is wrong: the place in words, and what."""

RESERVED: Final = frozenset({"add", "remove", "csrf_token", "submission_id"})
"""Input names that pages use for themselves."""
DATES: Final = frozenset({FieldType.DATE, FieldType.DATETIME})

_IDENTITY_TYPES: Final = frozenset({PERSONNUMMER, SAMORDNINGSNUMMER, RESERVNUMMER, UNKNOWN})
_FEWEST_OPTIONS: Final = 2
_BOUNDED: Final = frozenset({FieldType.INT, FieldType.MONEY})
_NOT_IN_ITEMS: Final = UNASKED | {FieldType.REPEAT, FieldType.FILES}


def field_faults(field: Field, earlier: Mapping[str, Field], place: str) -> Faults:
    """What is wrong with a question that stands after the earlier ones."""
    yield from ((place, what) for wrong, what in _mistakes(field) if wrong)
    yield from condition_faults(field.when, earlier, f"{place} › when")
    yield from used_twice(place, "option code", (option.code for option in field.options))
    for option in field.options:
        if option.group is not None and option.group not in field.groups:
            yield f"{place} › {option.code}", f"unknown group '{option.group}'"
        yield from condition_faults(option.when, earlier, f"{place} › {option.code}.when")
    yield from used_twice(place, "field id", (inner.id for inner in field.fields))
    scope = dict(earlier)
    for inner in field.fields:
        yield from _inner_faults(field, inner, scope, f"{place} › {inner.id}")
        scope[inner.id] = inner


def used_twice(place: str, what: str, names: Iterable[str]) -> Faults:
    """Each name that is there more than once."""
    yield from ((place, f"{what} '{name}' is used twice") for name, count in Counter(names).items() if count > 1)


def _inner_faults(repeat: Field, inner: Field, scope: Mapping[str, Field], place: str) -> Faults:
    yield from field_faults(inner, scope, place)
    if inner.type in _NOT_IN_ITEMS:
        yield place, f"a repeat holds no {inner.type} fields"
    if inner.id == "id":
        yield place, "a field of a repeat is not called id"
    if inner.need is not Need.OPTIONAL and not repeat.paged:
        yield place, "a field of a repeat is optional, unless each item has its page ('paged')"
    own = {one.id for one in repeat.fields}
    for name in fields_of(inner.when):
        if name in own and scope.get(name) not in repeat.fields and name in scope:
            yield f"{place} › when", f"'{name}' is both a field of the item and an earlier field"


def _mistakes(field: Field) -> Iterator[tuple[bool, str]]:
    repeat = field.type is FieldType.REPEAT
    info = field.type is FieldType.INFO
    attestation = field.type is FieldType.ATTESTATION
    options = len(field.options)
    yield field.id in RESERVED, "the id is reserved for pages"
    yield field.type in CHOICES and options < _FEWEST_OPTIONS, "a choice needs at least two options"
    yield field.type not in CHOICES and options > 0, "only a choice has options"
    lacks_items = not (field.fields and field.item and field.add and field.most)
    yield repeat and lacks_items, "a repeat needs 'fields', 'item', 'add' and 'most'"
    yield not repeat and bool(field.fields or field.item or field.add), "only a repeat has 'fields', 'item' and 'add'"
    yield field.type in _BOUNDED and field.most <= field.least, "an int needs 'most' above 'least'"
    yield (field.need is Need.HARD) != (field.missing is not None), "'need' hard and 'missing' go together"
    crowded = repeat and not field.paged and field.need is Need.HARD
    yield crowded or (info and field.need is not Need.OPTIONAL), "can not be needed"
    yield attestation and field.need is not Need.HARD, "an attestation is needed: 'need' hard, and 'missing'"
    yield field.past and field.type not in DATES, "only a date has 'past'"
    yield field.read_only and field.fact is None, "a read_only field needs a 'fact'"
    yield field.paged and not repeat, "only a repeat is 'paged'"
    yield repeat and field.paged != (field.more is not None), "'paged' and 'more' go together"
    yield field.max_length < 0, "'max_length' can not be negative"


def condition_faults(condition: Condition | None, earlier: Mapping[str, Field], place: str) -> Faults:
    """A condition looks at earlier answers only, and at such as they can be."""
    for part in simple_parts(condition):
        field = earlier.get(part.field)
        if field is None:
            yield place, f"'{part.field}' is not an earlier field"
            continue
        if field.type in UNASKED:
            yield place, f"'{part.field}' is never answered"
            continue
        match part:
            case In(_, values):
                yield from _value_faults(field, values, place)
            case Compare(_, _, value):
                yield from _comparison_faults(field, value, place)
            case Answered():
                pass


def _value_faults(field: Field, values: frozenset[str | bool | int], place: str) -> Faults:
    known: frozenset[str | bool | int]
    if field.type in CHOICES:
        known = frozenset(option.code for option in field.options)
    elif field.type is FieldType.BOOL:
        known = frozenset((True, False))
    elif field.type is FieldType.IDENTITY:
        known = _IDENTITY_TYPES
    elif field.type is FieldType.INT:
        known = frozenset(value for value in values if isinstance(value, int))
    else:
        yield place, f"the words of '{field.id}' can not be compared; use 'answered'"
        return
    for value in sorted(map(str, values - known)):
        yield place, f"'{value}' is not an answer to '{field.id}'"


def _comparison_faults(field: Field, value: int | str, place: str) -> Faults:
    whole = field.type is FieldType.INT and isinstance(value, int)
    if not (whole or (field.type in DATES and isinstance(value, str))):
        yield place, f"'{field.id}' can not be compared with {value}"
