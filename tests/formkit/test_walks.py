"""Whatever is posted to a declared form, nothing crashes, nothing written is lost and nothing hidden counts."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.formkit.check import check_step
from shared.formkit.conditions import holds
from shared.formkit.definition import Answers, Form, Step
from shared.formkit.lacking import remaining, skipped
from shared.formkit.page import page
from shared.formkit.prefill import initial
from shared.formkit.snapshot import read_snapshot, snapshot
from shared.formkit.steps import next_step, progress, visible_steps
from shared.formkit.submission import submission
from shared.formkit.summary import Row, summary
from tests.formkit.examples import FILL, TODAY, report, sample
from tests.formkit.walks import careful_page, hurried_page

FORM = report()
SAMPLE = sample(FORM.id)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@settings(max_examples=25)
@given(st.data())
def test_no_page_posted_in_any_order_crashes_or_breaks_what_counts(data: st.DataObject) -> None:
    answers: Answers = initial(FORM, SAMPLE.facts)
    for _ in range(4):
        step = data.draw(st.sampled_from(FORM.steps))
        posted = data.draw(hurried_page(step))
        checked = check_step(FORM, step, posted, answers, TODAY)
        answers = checked.answers
        assert checked.foreign == ()
        assert 1 <= progress(FORM, answers, step).number <= progress(FORM, answers, step).total + 1
        for language in ("sv", "en"):
            page(FORM, step, answers, language, posted=posted, problems=checked.problems, fill=FILL)
            assert {row.field for row in _rows(FORM, answers, language)} == set(submission(FORM, answers))
    assert json.loads(json.dumps(answers)) == answers
    assert not _hidden(FORM, answers)


@settings(max_examples=25)
@given(st.data())
def test_every_problem_is_shown_at_an_input_of_its_page(data: st.DataObject) -> None:
    step = data.draw(st.sampled_from(FORM.steps))
    posted = data.draw(hurried_page(step))
    checked = check_step(FORM, step, posted, initial(FORM, SAMPLE.facts), TODAY)

    shown = page(FORM, step, checked.answers, "sv", posted=posted, problems=checked.problems)

    errors = {one.error_name for one in shown.questions}
    errors |= {one.error_name for question in shown.questions for block in question.blocks for one in block.questions}
    assert {problem.name for problem in checked.problems} == errors - {None}


@settings(max_examples=25)
@given(st.data())
def test_a_careful_walk_is_complete_and_every_written_word_is_in_the_record(data: st.DataObject) -> None:
    answers: Answers = initial(FORM, SAMPLE.facts)
    step: Step | None = FORM.steps[0]
    written: dict[str, list[str]] = {}
    while step is not None:
        posted = data.draw(careful_page(step, SAMPLE.pages.get(step.slug, {})))
        checked = check_step(FORM, step, posted, answers, TODAY)
        assert checked.problems == ()
        written |= posted
        answers = checked.answers
        step = next_step(FORM, answers, step)
    assert remaining(FORM, answers) == ()
    read = read_snapshot(snapshot(FORM, answers, "sv", AT, fill=FILL))
    assert read.answers == submission(FORM, answers)
    assert [one.step for one in read.sections] == [one.id for one in visible_steps(FORM, answers)]
    for name in ("concern_description", "why_now", "strengths", "contact_advice"):
        assert read.answers[name] == " ".join(written[name])
    assert not {one.field for one in skipped(FORM, answers)} & set(read.answers)


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
