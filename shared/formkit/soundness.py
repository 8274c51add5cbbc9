"""What must be true of a whole form: single ids, conditions that look back, and no part that can not be reached."""

from collections.abc import Iterator
from dataclasses import replace

from shared.formkit.definition import UNASKED, Field, Form, Need, Step
from shared.formkit.field_soundness import Faults, condition_faults, field_faults, used_twice
from shared.formkit.reachability import can_be_seen
from shared.formkit.tables import ARROW, Source


def check_form(form: Form, source: Source) -> None:
    """Raise `BadForm` with everything that is wrong, in the order of the file."""
    source.faults += [source.wrong(place, what) for place, what in _faults(form, source.file)]
    source.settle()
    source.faults += [source.wrong(place, what) for step in form.steps for place, what in _reach(form, step, source)]
    source.settle()


def _faults(form: Form, file: str) -> Faults:
    yield from used_twice(file, "step id", (step.id for step in form.steps))
    yield from used_twice(file, "slug", (step.slug for step in form.steps))
    yield from used_twice(file, "field id", (field.id for step in form.steps for field in step.fields))
    if not form.steps:
        yield file, "a form needs steps"
    yield from used_twice(file, "paper id", (paper.id for paper in form.papers))
    earlier: dict[str, Field] = {}
    for step in form.steps:
        place = f"{file}{ARROW}{step.id}"
        yield from condition_faults(step.when, earlier, f"{place}{ARROW}when")
        yield from _step_faults(form, step, place)
        for field in step.fields:
            yield from field_faults(field, earlier, f"{place}{ARROW}{field.id}")
            earlier[field.id] = field
    for signal in form.signals:
        yield from condition_faults(signal.when, earlier, f"{file}{ARROW}signal {signal.id}{ARROW}when")
    yield from _part_faults(form, file)


def _step_faults(form: Form, step: Step, place: str) -> Faults:
    asked = [one for one in step.fields if one.type not in UNASKED]
    if step.takes_files and len(asked) > 1:
        yield place, "a question for files stands alone on its page"
    if step.items and len(asked) > 1:
        yield place, "a group whose items have their own pages stands alone in its step"
    if step.closes and (asked or step is not form.steps[-1] or step.when):
        yield place, "what is attested stands last, with information only, and always"


def _part_faults(form: Form, file: str) -> Faults:
    yield from used_twice(file, "part id", (part.id for part in form.parts))
    ids = [part.id for part in form.parts]
    order = [ids.index(step.part) for step in form.steps if step.part in ids]
    if not ids:
        yield from ((f"{file}{ARROW}{one.id}", "the form has no parts") for one in form.steps if one.part)
        return
    yield from ((f"{file}{ARROW}{one.id}", f"unknown part '{one.part}'") for one in form.steps if one.part not in ids)
    if order != sorted(order):
        yield file, "the steps of a part stand together, in the order of the parts"
    for number, part in enumerate(form.parts):
        place, own = f"{file}{ARROW}part {part.id}", [step for step in form.steps if step.part == part.id]
        if not any(field.need is Need.HARD for step in own for field in step.fields):
            yield place, "a part needs a question that must be answered: without it nobody can tell when it is done"
        for other in set(part.after) - set(ids[:number]):
            yield place, f"'{other}' is not an earlier part"


def _reach(form: Form, step: Step, source: Source) -> Faults:
    place = f"{source.file}{ARROW}{step.id}"
    if not can_be_seen(form, step, ()):
        yield place, "no answers lead to this step"
        return
    yield from _field_reach(form, step, place)
    for group in (one for one in step.fields if one.branches):
        item = replace(step, id=f"{step.id}-item", fields=group.fields)
        beside = replace(form, steps=(*form.steps, item))
        yield from _field_reach(beside, item, f"{place}{ARROW}{group.id}")


def _field_reach(form: Form, step: Step, place: str) -> Iterator[tuple[str, str]]:
    for field in step.fields:
        if field.when and not can_be_seen(form, step, (field.when,)):
            yield f"{place}{ARROW}{field.id}", "no answers lead to this field"
        for option in field.options:
            if option.when and not can_be_seen(form, step, (field.when, option.when)):
                yield f"{place}{ARROW}{field.id}.{option.code}", "no answers lead to this option"
