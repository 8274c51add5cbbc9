"""The parts of a long form: what is done, what has been begun, and what has to wait, told from the answers alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.formkit.definition import UNASKED, Answers, Field, Form, Part, Source, Step
from shared.formkit.lacking import lacking
from shared.formkit.origins import Origin, begun_from_earlier, origin_of
from shared.formkit.steps import next_step, visible_steps
from shared.formkit.submission import Called, called_for
from shared.formkit.summary import Section


class PartState(StrEnum):
    """How far a part has come."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    DONE = "done"
    WAITS = "waits"
    """It can not begin before other parts are done."""


_OPEN: Final = frozenset({PartState.NOT_BEGUN, PartState.BEGUN})


@dataclass(frozen=True, slots=True)
class PartView:
    """One part and how far it has come.

    `copied` tells that every answer in it is as it was in an earlier form; `first` is the step to begin at, or None
    for the part that is the check of the answers, and `left` the step to go on at, where something is lacking.
    """

    part: Part
    state: PartState
    first: Step | None
    left: Step | None = None
    copied: bool = False


def parts(form: Form, answers: Answers) -> tuple[PartView, ...]:
    """Every part that the answers call for, in order; none when the form is not divided.

    A part is done when nothing in it stops the sending and something in it has been answered by somebody: what was
    fetched from a register counts for nothing before the person has gone on from it. The part of the check can begin
    when all others are done.
    """
    called = called_for(form, answers)
    seen: dict[str, PartState] = {}
    views = []
    for part in form.parts:
        view = _view(form, part, called, seen)
        if view is not None:
            seen[part.id] = view.state
            views.append(view)
    return tuple(views)


def next_in_part(form: Form, answers: Answers, step: Step) -> Step | None:
    """The step to go on to, or None at the end of the part; of a form without parts, at the end of the form."""
    following = next_step(form, answers, step)
    return following if following and following.part == step.part else None


def part_after(form: Form, answers: Answers, step: Step) -> PartView | None:
    """The part that the end of the step's part leads straight to, or None for the list of parts.

    Who began from an earlier form has little left to answer: the way goes to the first part with something left in it,
    which is the check when there is none. Not when that is the part just left: the list tells what it lacks.
    """
    if not begun_from_earlier(answers):
        return None
    left = next((one for one in parts(form, answers) if one.state in _OPEN), None)
    return None if left is None or left.part.id == step.part else left


def part_of(form: Form, step: Step) -> Part | None:
    """The part that the step belongs to; None in a form without parts."""
    return next((one for one in form.parts if one.id == step.part), None)


def by_part(form: Form, found: Sequence[Section]) -> list[tuple[str, tuple[Section, ...]]]:
    """The sections with anything in them under the id of their part, in order; "" for those without a part.

    Sections of a step that the form has no more stand at the end.
    """
    of = {step.id: step.part or "" for step in form.steps}
    answered = [one for one in found if any(row.answered for row in one.rows)]
    names = [*(part.id for part in form.parts), ""]
    groups = ((name, tuple(one for one in answered if of.get(one.step, "") == name)) for name in names)
    return [(name, own) for name, own in groups if own]


def _view(form: Form, part: Part, called: Called, seen: dict[str, PartState]) -> PartView | None:
    steps = [one for one in called.steps if one[0].part == part.id]
    if not steps:
        return None
    if steps[0][0].closes:
        done = all(state is PartState.DONE for state in seen.values())
        return PartView(part, PartState.NOT_BEGUN if done else PartState.WAITS, None)
    own = [id for step, fields in steps for id in _own_answers(step, called.draft)]
    waits = any(seen.get(one) not in (PartState.DONE, None) for one in part.after)
    left = next((step for step, fields in steps if any(_lacks(step, fields, called))), None) if own else None
    state = PartState.WAITS if waits and not own else _state(own, left)
    first = next(one for one in visible_steps(form, called.draft) if one.part == part.id)
    copied = bool(own) and all(origin_of(called.draft, id) is Origin.EARLIER for id in own)
    return PartView(part, state, first, left or first, copied)


def _state(own: list[str], left: Step | None) -> PartState:
    if not own:
        return PartState.NOT_BEGUN
    return PartState.DONE if left is None else PartState.BEGUN


def _lacks(step: Step, fields: Iterable[Field], called: Called) -> Iterator[bool]:
    return (True for _ in lacking(step, fields, called.kept, called.draft))


def _own_answers(step: Step, answers: Answers) -> Iterator[str]:
    """The questions of the step that somebody has answered, now or in an earlier form."""
    for field in step.fields:
        from_login = field.fact is not None and field.source is Source.LOGIN
        as_fetched = origin_of(answers, field.id) is Origin.REGISTER
        if field.id in answers and field.type not in UNASKED and not (from_login or as_fetched):
            yield field.id
