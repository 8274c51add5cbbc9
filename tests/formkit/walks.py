"""Random walks through a declared form: what a hurried, playful or hostile person posts, page by page."""

import unicodedata
from collections.abc import Mapping

from hypothesis import strategies as st

from shared.formkit.definition import CHOICES, Field, FieldType, Step
from shared.formkit.kinds import KINDS

NUMBERS = ("197701172392", "770117-2392", "890101+9802", "191212121212", "1977", "19880209T050", "")
"""Right and wrong ones; the Tax Agency's test numbers."""
LIKELY = (*NUMBERS, "yes", "070-174 06 05", "elsa@example.se", "12", "mars", "2026", "2030", "14.30")

anything = st.text(max_size=60)
visible = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Mn"))
words = st.text(visible, min_size=1, max_size=40).map(lambda text: unicodedata.normalize("NFC", text))


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
    for name, field in _inputs(step):
        if draw(st.booleans()):
            posted[name] = draw(hurried_value(field))
    repeats = [field.id for field in step.fields if field.type is FieldType.REPEAT]
    if repeats:
        button = draw(st.sampled_from(["", "add", "remove"]))
        if button:
            posted[button] = [draw(st.sampled_from(repeats)) + ("-1" if button == "remove" else "")]
    return posted


@st.composite
def careful_page(draw: st.DrawFn, step: Step, sample: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """A posted page where every answer is understood: some from the sample, any option, any visible words."""
    posted: dict[str, list[str]] = {}
    for name, field in _inputs(step):
        if field.type is FieldType.MULTI:
            codes = [option.code for option in field.options if not option.alone]
            posted[name] = draw(st.lists(st.sampled_from(codes), unique=True, max_size=3))
        elif field.type in CHOICES:
            posted[name] = [draw(st.sampled_from([option.code for option in field.options]))]
        elif field.type in (FieldType.TEXT, FieldType.TEXTAREA):
            posted[name] = [draw(words)]
        elif name in sample and field.type not in (FieldType.DATE, FieldType.DATETIME, FieldType.IDENTITY):
            posted[name] = sample[name]
    return {name: values for name, values in posted.items() if values}


def _inputs(step: Step) -> list[tuple[str, Field]]:
    """The names of the inputs of the step's page, two items per repeated group."""
    inputs: list[tuple[str, Field]] = []
    for field in step.fields:
        if field.type is FieldType.REPEAT:
            for start in (f"{field.id}-1-", f"{field.id}-2-"):
                inputs += [part for inner in field.fields for part in _parts(start + inner.id, inner)]
        elif field.type is not FieldType.INFO:
            inputs += _parts(field.id, field)
    return inputs


def _parts(name: str, field: Field) -> list[tuple[str, Field]]:
    return [(name + part, field) for part in KINDS[field.type].parts]
