"""The great form of the bench is what it says: 150 questions, 100 conditions, all answered and none hidden."""

from shared.formkit.submission import submission
from tests.bench.form_checks import CONDITIONS, QUESTIONS, check, great_answers, great_form


def test_the_great_form_holds_150_questions_of_which_100_hang_on_others() -> None:
    fields = [field for step in great_form().steps for field in step.fields]

    assert (len(fields), sum(field.when is not None for field in fields)) == (QUESTIONS, CONDITIONS) == (150, 100)


def test_every_answer_of_it_counts_and_nothing_is_missing() -> None:
    assert submission(great_form(), great_answers()) == great_answers()
    check(great_form(), great_answers())
