"""Whatever is posted to any declared form, nothing crashes, nothing written is lost and nothing hidden counts."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.formkit.check import check_step
from shared.formkit.conditions import holds
from shared.formkit.definition import Answers, Form, Step
from shared.formkit.item_pages import item_list, item_page
from shared.formkit.lacking import remaining, skipped
from shared.formkit.loading import load
from shared.formkit.page import page
from shared.formkit.parts import PartState, parts
from shared.formkit.prefill import initial
from shared.formkit.signals import signals
from shared.formkit.steps import next_step, progress, visible_steps
from shared.formkit.submission import submission
from shared.formkit.summary import Row, summary
from tests.formkit.examples import FILL, FORMS, TODAY, own_names, report, sample, sent
from tests.formkit.walks import ITEMS, careful_item, careful_page, hurried_page, hurried_visit

FORM = report()
SAMPLE = sample(FORM.id)
every_form = pytest.mark.parametrize("form", [load(path) for path in FORMS], ids=[path.stem for path in FORMS])
unhurried = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@every_form
@unhurried
@given(data=st.data())
def test_no_page_posted_in_any_order_crashes_or_breaks_what_counts(form: Form, data: st.DataObject) -> None:
    answers: Answers = initial(form, sample(form.id).facts)
    for _ in range(6):
        step, checked = data.draw(hurried_visit(form, answers))
        answers = checked.answers
        assert checked.foreign == ()
        assert 1 <= progress(form, answers, step).number <= progress(form, answers, step).total + 1
        for language in ("sv", "en"):
            _look_at(form, step, answers, language)
            assert {row.field for row in _rows(form, answers, language)} == set(submission(form, answers))
    assert json.loads(json.dumps(answers)) == answers
    assert not _hidden(form, answers)
    assert {one.part.id for one in parts(form, answers)} <= {part.id for part in form.parts}
    assert set(signals(form, answers)) <= {one.id for one in form.signals}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_problem_is_shown_at_an_input_of_its_page(data: st.DataObject) -> None:
    step = data.draw(st.sampled_from(FORM.steps))
    posted = data.draw(hurried_page(step))
    checked = check_step(FORM, step, posted, initial(FORM, SAMPLE.facts), TODAY)

    shown = page(FORM, step, checked.answers, "sv", posted=posted, problems=checked.problems)

    errors = {one.error_name for one in shown.questions}
    errors |= {one.error_name for question in shown.questions for block in question.blocks for one in block.questions}
    assert {problem.name for problem in checked.problems} == errors - {None}


@every_form
@unhurried
@given(data=st.data())
def test_a_careful_walk_is_complete_and_every_written_word_is_in_the_record(form: Form, data: st.DataObject) -> None:
    known = {name: fact for name, fact in sample(form.id).facts.items() if isinstance(fact, str)}
    answers: Answers = initial(form, known)
    step: Step | None = form.steps[0]
    while step is not None and not step.ends:
        answers = _answered(data, form, step, answers)
        step = next_step(form, answers, step)
    if step is not None:
        assert [one.code for one in remaining(form, answers)][-1] == "ends"
        return
    assert remaining(form, answers) == ()
    assert all(one.state is PartState.DONE for one in parts(form, answers)[:-1])
    read = sent(form, answers)
    assert read.answers == submission(form, answers)
    closing = [form.closing.id] if form.closing else []
    assert [one.step for one in read.sections] == [*_shown(form, answers), *closing]
    assert not {one.field for one in skipped(form, answers)} & set(read.answers)
    assert set(read.answers) <= own_names(answers)


def _answered(data: st.DataObject, form: Form, step: Step, answers: Answers) -> Answers:
    """The page posted until it asks for nothing more; what is written is kept to the letter."""
    if step.items is not None:
        for id in data.draw(st.sampled_from([ITEMS[:1], ITEMS[:2]])):
            answers = data.draw(careful_item(form, step, answers, id))
        return answers
    for _ in range(len(step.fields) + 1):
        posted = data.draw(careful_page(step))
        checked = check_step(form, step, posted, answers, TODAY)
        assert checked.problems == ()
        answers = checked.answers
        texts = [one for one in step.fields if one.type in ("text", "textarea") and one.id in posted]
        assert all(answers[one.id] == " ".join(posted[one.id]) for one in texts if not one.read_only)
        if checked.stay is None:
            break
    return answers


def _shown(form: Form, answers: Answers) -> list[str]:
    """The steps that have something to show."""
    asked = {section.step for section in summary(form, answers, "sv")}
    return [one.id for one in visible_steps(form, answers) if one.id in asked]


def _look_at(form: Form, step: Step, answers: Answers, language: str) -> None:
    page(form, step, answers, language, fill=FILL, today=TODAY)
    if step.items is not None:
        item_list(form, step, answers, language, fill=FILL)
        item_page(form, step, ITEMS[0], answers, language, fill=FILL, today=TODAY)


def _rows(form: Form, answers: Answers, language: str) -> list[Row]:
    rows = [row for section in summary(form, answers, language, fill=FILL) for row in section.rows]
    return [row for row in rows if row.answered]


def _hidden(form: Form, answers: Answers) -> list[str]:
    """Answers that count although their question is not asked."""
    kept = submission(form, answers)
    return [
        field.id
        for step in form.steps
        for field in step.fields
        if field.id in kept and not (holds(step.when, kept) and holds(field.when, kept))
    ]
