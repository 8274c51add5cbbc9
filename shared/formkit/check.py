"""A posted page against its step: what was understood, what to put right, and what no page of ours would send."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Final

from shared.formkit.conditions import holds
from shared.formkit.definition import UNASKED, Answer, Answers, Field, FieldType, Form, Problem, Step
from shared.formkit.kinds import KINDS
from shared.formkit.lacking import first_input, lacking
from shared.formkit.repeats import (
    ADD,
    REMOVE,
    Item,
    Posted,
    input_name,
    item_ids,
    items_of,
    parts_of,
    read_items,
    with_one_more,
)
from shared.formkit.submission import keep_field, offered, submission, visible_fields

_NOT_POSTED: Final = UNASKED | {FieldType.FILES}


@dataclass(frozen=True, slots=True)
class Checked:
    """`answers` hold all that was understood and should be saved also when there are problems.

    `foreign` names posted fields that the step does not have or that came twice: such a page is not ours,
    and nothing of it was read. `stay` is the input to return to on the same step, after an item was added or removed or
    when an answer has called for another question of the page.
    """

    answers: dict[str, Answer]
    problems: tuple[Problem, ...] = ()
    foreign: tuple[str, ...] = ()
    stay: str | None = None


def check_step(
    form: Form, step: Step, posted: Posted, answers: Answers, today: date, *, half_done: bool = False
) -> Checked:
    """Read one posted page of the form into the answers; time grows linearly with what was posted.

    `posted` holds the page's own fields, and `add` or `remove` when such a button was pressed. What is empty
    becomes unanswered; what is wrong leaves the earlier answer and gives a problem. Questions that the answers
    hide give no problems. `half_done` (save and continue later) lets hard answers wait, as add and remove do.
    """
    return read_page(step, posted, answers, submission(form, answers, before=step), today, half_done=half_done)


def read_page(
    step: Step, posted: Posted, answers: Answers, kept: dict[str, Answer], today: date, *, half_done: bool
) -> Checked:
    """The same of a page that stands after the answers that are `kept`; `kept` is used up."""
    foreign = tuple(_foreign(step, posted, answers))
    if foreign:
        return Checked(dict(answers), foreign=foreign)
    shown = _shown(step, answers, kept)
    page = _Page(step, posted, today, dict(answers), kept, shown)
    for field in step.fields:
        page.read(field)
    problems = page.problems
    if not half_done and page.stay is None:
        wrong = {one.field for one in problems}
        visible = [one for one in visible_fields(step, page.kept) if one.id in shown]
        problems += [one for one in lacking(step, visible, page.kept) if one.field not in wrong]
        page.stay = _called_up(step, page.kept, shown) if step.reveals and not problems else None
    places = {field.id: place for place, field in enumerate(step.fields)}
    return Checked(page.answers, tuple(sorted(problems, key=lambda one: places[one.field])), stay=page.stay)


def _shown(step: Step, answers: Answers, kept: Answers) -> frozenset[str]:
    """The questions that the page showed; every one may have been there on a page that shows them at once."""
    if not step.reveals:
        return frozenset(field.id for field in step.fields)
    scope = dict(kept)
    return frozenset(field.id for field in step.fields if keep_field(field, answers, scope) is not None)


def _called_up(step: Step, kept: Answers, shown: frozenset[str]) -> str | None:
    """The input of the first question that the answers of this page have called for, if it is still to be answered."""
    new = (one for one in visible_fields(step, kept) if one.id not in shown and one.id not in kept)
    return next((first_input(one) for one in new if one.type not in UNASKED), None)


@dataclass(slots=True)
class _Page:
    """One posted page while it is read, field by field: answers, those that count, and problems gather here."""

    step: Step
    posted: Posted
    today: date
    answers: dict[str, Answer]
    kept: dict[str, Answer]
    shown: frozenset[str]
    problems: list[Problem] = dataclass_field(default_factory=list)
    stay: str | None = None

    def read(self, field: Field) -> None:
        before = len(self.problems)
        if field.type is FieldType.REPEAT:
            self._read_repeat(field)
        elif field.type not in _NOT_POSTED and not field.read_only:
            self._read_one(offered(field, self.kept))
        if keep_field(field, self.answers, self.kept) is None:
            del self.problems[before:]

    def _read_one(self, field: Field) -> None:
        parts = parts_of(field.id, field, self.posted)
        if not parts and not (field.id in self.shown and holds(field.when, self.kept)):
            return
        reading = KINDS[field.type].read(field, parts, self.today)
        if reading.flaw:
            name = field.id + reading.flaw.part
            self.problems.append(Problem(self.step.id, field.id, name, reading.flaw.code, reading.flaw.text))
        if reading.answer is not None:
            self.answers[field.id] = reading.answer
        elif not reading.flaw:
            self.answers.pop(field.id, None)

    def _read_repeat(self, field: Field) -> None:
        growing = field.id in self.posted.get(ADD, ())
        group = read_items(field, self.posted, self.answers.get(field.id), self.today, keep_empty=growing)
        items, flaws = group.items, group.flaws
        if growing:
            items, id = with_one_more(field, items, self.posted)
            self.stay = input_name(field, id, field.fields[0])
        gone = next((one for one in self.posted.get(REMOVE, ()) if one.startswith(field.id + "-")), None)
        if gone:
            items = [item for item in items if f"{field.id}-{item['id']}" != gone]
            flaws = tuple(flaw for flaw in flaws if not flaw[0].startswith(gone + "-"))
            self.stay = field.id
        self._keep(field, items)
        self.problems += [Problem(self.step.id, field.id, name, flaw.code, flaw.text) for name, flaw in flaws]

    def _keep(self, field: Field, items: list[Item]) -> None:
        if items:
            self.answers[field.id] = list(items)
        else:
            self.answers.pop(field.id, None)


def _foreign(step: Step, posted: Posted, answers: Answers) -> Iterator[str]:
    known = dict(_inputs(step, posted, answers))
    repeats = {field.id for field in step.fields if field.type is FieldType.REPEAT}
    for name, values in posted.items():
        field = known.get(name)
        if name == ADD:
            ours = len(values) == 1 and values[0] in repeats
        elif name == REMOVE:
            ours = len(values) == 1 and values[0].rpartition("-")[0] in repeats
        else:
            ours = field is not None and (len(values) == 1 or field.type is FieldType.MULTI)
        if not ours:
            yield name


def _inputs(step: Step, posted: Posted, answers: Answers) -> Iterator[tuple[str, Field]]:
    for field in step.fields:
        if field.type is FieldType.REPEAT:
            for id in item_ids(field, posted, items_of(answers.get(field.id)))[: field.most]:
                for inner in field.fields:
                    name = input_name(field, id, inner)
                    yield from ((name + part, inner) for part in KINDS[inner.type].parts)
        elif field.type not in UNASKED:
            yield from ((field.id + part, field) for part in KINDS[field.type].parts)
