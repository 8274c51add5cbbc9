"""Every form in forms/ can be filled in from its sample answer set, read through in both languages, and sent."""

import pytest

from shared.formkit.definition import Form
from shared.formkit.lacking import remaining
from shared.formkit.loading import load
from shared.formkit.page import page
from shared.formkit.renewal import copied
from shared.formkit.submission import submission
from shared.formkit.summary import summary
from shared.formkit.words import LANGUAGES
from tests.formkit.examples import FILL, FORMS, SAMPLES, TODAY, answers_of, filled_in, own_names, sample, sent

every_form = pytest.mark.parametrize("form", [load(path) for path in FORMS], ids=[path.stem for path in FORMS])


def test_there_are_forms_and_each_has_a_sample_answer_set() -> None:
    assert [path.stem for path in FORMS] == sorted(path.stem for path in SAMPLES.glob("*.toml"))
    assert FORMS


@every_form
def test_the_id_of_a_form_is_its_file_name(form: Form) -> None:
    assert form.id in {path.stem for path in FORMS}


@every_form
def test_every_page_of_the_sample_is_understood(form: Form) -> None:
    for _, checked in filled_in(form, sample(form.id)):
        assert (checked.problems, checked.foreign) == ((), ())


@every_form
def test_the_sample_visits_only_pages_that_it_answers_and_answers_only_pages_that_it_visits(form: Form) -> None:
    visited = {step.slug for step, _ in filled_in(form, sample(form.id))}

    assert visited == {*sample(form.id).pages, *sample(form.id).items}


@every_form
def test_the_filled_in_form_lacks_nothing(form: Form) -> None:
    assert remaining(form, answers_of(form, sample(form.id))) == ()


@every_form
def test_every_answer_of_the_sample_is_in_the_summary(form: Form) -> None:
    answers = answers_of(form, sample(form.id))
    shown = {row.field for section in summary(form, answers, "sv") for row in section.rows if row.answered}

    assert shown == set(submission(form, answers)) == own_names(answers)


@every_form
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_leaves_a_place_unfilled(form: Form, language: str) -> None:
    answers = answers_of(form, sample(form.id))

    for step in form.steps:
        shown = page(form, step, answers, language, fill=FILL)
        assert "{" not in repr(shown.title) + repr(shown.lead) + repr(shown.why)
        for question in shown.questions:
            assert "{" not in question.label + str(question.hint) + "".join(one.label for one in question.choices)


@every_form
def test_a_page_that_is_shown_again_holds_what_was_posted(form: Form) -> None:
    pages = (one for one in filled_in(form, sample(form.id)) if one[0].items is None)
    for step, checked in pages:
        first = page(form, step, checked.answers, "sv", fill=FILL, today=TODAY)
        again = page(form, step, checked.answers, "sv", posted=sample(form.id).pages[step.slug], fill=FILL, today=TODAY)
        assert [one.choices for one in again.questions] == [one.choices for one in first.questions]
        assert [len(one.blocks) for one in again.questions] == [len(one.blocks) for one in first.questions]


@every_form
def test_a_renewal_says_nothing_that_was_not_said_and_can_be_filled_in(form: Form) -> None:
    answers = answers_of(form, sample(form.id))
    again = copied(form, sent(form, answers).answers, TODAY)

    said = submission(form, answers)
    for name, answer in submission(form, again).items():
        whole = answer if not isinstance(answer, list) else None
        assert name in said
        assert whole is None or whole == said[name]
    for step in form.steps:
        page(form, step, again, "sv", fill=FILL, today=TODAY)


@every_form
def test_the_record_of_the_sample_reads_back_as_it_was_sent(form: Form) -> None:
    answers = answers_of(form, sample(form.id))

    read = sent(form, answers)

    assert read.answers == submission(form, answers)
    assert read.form == form.id
