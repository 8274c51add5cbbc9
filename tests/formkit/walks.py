"""Random walks through a declared form: what a hurried, playful or hostile person posts, page by page."""

import unicodedata
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from shared.formkit.check import Checked, check_step
from shared.formkit.definition import CHOICES, UNASKED, Answers, Field, FieldType, Form, Step
from shared.formkit.item_pages import item_page
from shared.formkit.items import check_item, check_more, find_item, group_of, item_step, without_item
from shared.formkit.kinds import KINDS
from shared.formkit.page import Question
from tests.formkit.examples import TODAY

NUMBERS = ("197701172392", "770117-2392", "890101+9802", "191212121212", "1977", "19880209T050", "")
"""Right and wrong ones; the Tax Agency's test numbers."""
LIKELY = (*NUMBERS, "yes", "070-174 06 05", "elsa@example.se", "12", "mars", "2026", "2030", "14.30", "8.450:-", "0")
ITEMS = ("aaaaaaa1", "aaaaaaa2", "aaaaaaa3")

anything = st.text(max_size=60)
visible = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Mn"))
words = st.text(visible, min_size=1, max_size=40).map(lambda text: unicodedata.normalize("NFC", text))
_UNDERSTOOD: Mapping[FieldType, Mapping[str, str]] = {
    FieldType.INT: {"": "12"},
    FieldType.IDENTITY: {"": "197701172392"},
    FieldType.DATE: {"-day": "3", "-month": "november", "-year": "2026"},
    FieldType.DATETIME: {"-day": "3", "-month": "11", "-year": "2026", "-time": "14.30"},
    FieldType.PHONE: {"": "070-174 06 05"},
    FieldType.EMAIL: {"": "elsa@example.se"},
    FieldType.MONEY: {"": "450,50"},
    FieldType.BANK_ACCOUNT: {"-clearing": "8327-9", "-number": "12 345"},
    FieldType.MONTH: {"": "2026-12", "-month": "12", "-year": "2026"},
    FieldType.BOOL: {"": "yes"},
}
"""What is understood by a question of each kind, wherever it stands and whatever else it asks of its answer."""


def hurried_value(field: Field) -> st.SearchStrategy[list[str]]:
    """What may be posted for a question, right or wrong."""
    if field.type in CHOICES:
        codes = st.sampled_from([*(option.code for option in field.options), "", "forged"])
        return st.lists(codes, min_size=1, max_size=4 if field.type is FieldType.MULTI else 1)
    return st.one_of(st.sampled_from(LIKELY), anything, st.just("x" * 9000)).map(lambda text: [text])


@st.composite
def hurried_page(draw: st.DrawFn, step: Step) -> dict[str, list[str]]:
    """A posted page of the step with any answers at all, also none."""
    posted: dict[str, list[str]] = {}
    for name, field in inputs(step):
        if draw(st.booleans()):
            posted[name] = draw(hurried_value(field))
    repeats = [field.id for field in step.fields if field.type is FieldType.REPEAT]
    if repeats:
        button = draw(st.sampled_from(["", "add", "remove"]))
        if button:
            posted[button] = [draw(st.sampled_from(repeats)) + ("-1" if button == "remove" else "")]
    return posted


@st.composite
def hurried_visit(draw: st.DrawFn, form: Form, answers: Answers) -> tuple[Step, Checked]:
    """Any page of the form, posted with anything: of a group with pages one item, the list, or the removal of one."""
    step = draw(st.sampled_from([one for one in form.steps if not one.closes]))
    if step.items is None:
        return step, check_step(form, step, draw(hurried_page(step)), answers, TODAY, half_done=draw(st.booleans()))
    id = draw(st.sampled_from(ITEMS))
    match draw(st.sampled_from(["item", "item", "list", "remove"])):
        case "list":
            check_more(step, {"more": [draw(st.sampled_from(["yes", "no", "", "forged"]))]}, answers)
            return step, Checked(dict(answers))
        case "remove":
            return step, Checked(without_item(step, answers, id))
        case _:
            posted = draw(hurried_page(item_step(step)))
            return step, check_item(form, step, id, posted, answers, today=TODAY, half_done=draw(st.booleans()))


@st.composite
def careful_page(draw: st.DrawFn, step: Step, shown: Sequence[Question] = ()) -> dict[str, list[str]]:
    """A posted page where every answer is understood: any option, any visible words, and what its kind understands."""
    posted: dict[str, list[str]] = {}
    offered = {one.field: [choice.code for choice in one.choices] for one in shown}
    for name, field in inputs(step):
        options = offered.get(field.id) or [one.code for one in field.options]
        if field.type is FieldType.MULTI:
            codes = [one.code for one in field.options if not one.alone and one.code in options]
            posted[name] = draw(st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=3))
        elif field.type in CHOICES:
            posted[name] = [draw(st.sampled_from(options))]
        elif field.type in (FieldType.TEXT, FieldType.TEXTAREA):
            posted[name] = [draw(words)[: field.max_length]]
        else:
            posted |= _understood(name, field)
    return {name: values for name, values in posted.items() if values}


def _understood(name: str, field: Field) -> dict[str, list[str]]:
    """A number within its bounds, and for each part of an input what its kind understands."""
    if field.type is FieldType.INT:
        return {name: [str(field.most)]}
    for part, value in _UNDERSTOOD.get(field.type, {}).items():
        if name.endswith(part) and (part or not name.endswith(("-day", "-month", "-year", "-time", "-unknown"))):
            return {name: [value]}
    return {}


@st.composite
def careful_item(draw: st.DrawFn, form: Form, step: Step, answers: Answers, id: str) -> Answers:
    """One item answered page by page until its page asks for nothing more."""
    for _ in range(len(group_of(step).fields) + 1):
        shown = item_page(form, step, id, answers, "sv", today=TODAY).questions
        checked = check_item(form, step, id, draw(careful_page(item_step(step), shown)), answers, today=TODAY)
        assert checked.problems == ()
        answers = checked.answers
        if checked.stay is None:
            break
    assert find_item(step, answers, id) is not None
    return answers


def inputs(step: Step) -> list[tuple[str, Field]]:
    """The names of the inputs of the step's page, two items per repeated group."""
    found: list[tuple[str, Field]] = []
    for field in step.fields:
        if field.paged:
            continue
        if field.type is FieldType.REPEAT:
            for start in (f"{field.id}-1-", f"{field.id}-2-"):
                found += [part for inner in field.fields for part in _parts(start + inner.id, inner)]
        elif field.type not in UNASKED and not field.read_only:
            found += _parts(field.id, field)
    return found


def _parts(name: str, field: Field) -> list[tuple[str, Field]]:
    return [(name + part, field) for part in KINDS[field.type].parts]
