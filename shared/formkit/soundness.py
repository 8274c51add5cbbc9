"""What must be true of a whole form: single ids, conditions that look back, and no part that can not be reached."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from shared.formkit.conditions import Answered, Compare, Condition, In, simple_parts
from shared.formkit.definition import CHOICES, Field, FieldType, Form, Need, Step
from shared.formkit.identity_number import PERSONNUMMER, RESERVNUMMER, SAMORDNINGSNUMMER, UNKNOWN
from shared.formkit.reachability import can_be_seen
from shared.formkit.tables import BadForm

RESERVED: Final = frozenset({"add", "remove", "csrf_token", "submission_id"})
"""Input names that pages use for themselves."""

_IDENTITY_TYPES: Final = frozenset({PERSONNUMMER, SAMORDNINGSNUMMER, RESERVNUMMER, UNKNOWN})
_FEWEST_OPTIONS: Final = 2
_DATES: Final = frozenset({FieldType.DATE, FieldType.DATETIME})


def check_form(form: Form, file: str) -> None:
    """Raise `BadForm` for the first thing that is wrong, in form order."""
    _single(file, "step id", (step.id for step in form.steps))
    _single(file, "slug", (step.slug for step in form.steps))
    _single(file, "field id", (field.id for step in form.steps for field in step.fields))
    if not form.steps:
        raise BadForm(f"{file}: a form needs steps")
    earlier: dict[str, Field] = {}
    for step in form.steps:
        place = f"{file} › {step.id}"
        _check_condition(step.when, earlier, f"{place} › when")
        if step.takes_files and any(
            one.type is not FieldType.INFO for one in step.fields if one is not step.takes_files
        ):
            raise BadForm(f"{place}: a question for files stands alone on its page")
        for field in step.fields:
            _check_field(field, earlier, f"{place} › {field.id}")
            earlier[field.id] = field
        _check_reach(form, step, place)


def _check_field(field: Field, earlier: dict[str, Field], place: str) -> None:
    for wrong, what in _mistakes(field):
        if wrong:
            raise BadForm(f"{place}: {what}")
    _check_condition(field.when, earlier, f"{place} › when")
    _single(place, "option code", (option.code for option in field.options))
    for option in field.options:
        if option.group is not None and option.group not in field.groups:
            raise BadForm(f"{place} › {option.code}: unknown group '{option.group}'")
        _check_condition(option.when, earlier, f"{place} › {option.code}.when")
    _single(place, "field id", (inner.id for inner in field.fields))
    for inner in field.fields:
        _check_inner(inner, f"{place} › {inner.id}")


def _mistakes(field: Field) -> Iterator[tuple[bool, str]]:
    repeat = field.type is FieldType.REPEAT
    info = field.type is FieldType.INFO
    options = len(field.options)
    yield field.id in RESERVED, "the id is reserved for pages"
    yield field.type in CHOICES and options < _FEWEST_OPTIONS, "a choice needs at least two options"
    yield field.type not in CHOICES and options > 0, "only a choice has options"
    lacks_items = not (field.fields and field.item and field.add and field.most)
    yield repeat and lacks_items, "a repeat needs 'fields', 'item', 'add' and 'most'"
    yield not repeat and bool(field.fields or field.item or field.add), "only a repeat has 'fields', 'item' and 'add'"
    yield field.type is FieldType.INT and field.most <= field.least, "an int needs 'most' above 'least'"
    yield (field.need is Need.HARD) != (field.missing is not None), "'need' hard and 'missing' go together"
    yield (repeat and field.need is Need.HARD) or (info and field.need is not Need.OPTIONAL), "can not be needed"
    yield field.past and field.type not in _DATES, "only a date has 'past'"
    yield field.read_only and field.fact is None, "a read_only field needs a 'fact'"
    yield field.max_length < 0, "'max_length' can not be negative"


def _check_inner(inner: Field, place: str) -> None:
    for wrong, what in _mistakes(inner):
        if wrong:
            raise BadForm(f"{place}: {what}")
    _single(place, "option code", (option.code for option in inner.options))
    if inner.type in (FieldType.REPEAT, FieldType.INFO, FieldType.FILES):
        raise BadForm(f"{place}: a repeat holds no {inner.type} fields")
    if inner.need is not Need.OPTIONAL or inner.fact or inner.id == "id":
        raise BadForm(f"{place}: a field of a repeat is optional, has no fact and is not called id")
    if inner.when or any(option.when for option in inner.options):
        raise BadForm(f"{place}: a field of a repeat has no conditions")


def _check_condition(condition: Condition | None, earlier: dict[str, Field], place: str) -> None:
    for part in simple_parts(condition):
        field = earlier.get(part.field)
        if field is None:
            raise BadForm(f"{place}: '{part.field}' is not an earlier field")
        if field.type is FieldType.INFO:
            raise BadForm(f"{place}: '{part.field}' is never answered")
        match part:
            case In(_, values):
                _check_values(field, values, place)
            case Compare(_, _, value):
                _check_comparison(field, value, place)
            case Answered():
                pass


def _check_values(field: Field, values: frozenset[str | bool | int], place: str) -> None:
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
        raise BadForm(f"{place}: the words of '{field.id}' can not be compared; use 'answered'")
    for value in sorted(map(str, values - known)):
        raise BadForm(f"{place}: '{value}' is not an answer to '{field.id}'")


def _check_comparison(field: Field, value: int | str, place: str) -> None:
    if (field.type is FieldType.INT and isinstance(value, int)) or (field.type in _DATES and isinstance(value, str)):
        return
    raise BadForm(f"{place}: '{field.id}' can not be compared with {value}")


def _check_reach(form: Form, step: Step, place: str) -> None:
    if not can_be_seen(form, step, ()):
        raise BadForm(f"{place}: no answers lead to this step")
    for field in step.fields:
        if field.when and not can_be_seen(form, step, (field.when,)):
            raise BadForm(f"{place} › {field.id}: no answers lead to this field")
        for option in field.options:
            if option.when and not can_be_seen(form, step, (field.when, option.when)):
                raise BadForm(f"{place} › {field.id}.{option.code}: no answers lead to this option")


def _single(place: str, what: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise BadForm(f"{place}: {what} '{name}' is used twice")
