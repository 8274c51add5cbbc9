"""The application for assistance asks what the household calls for, marks what is urgent, and renews quickly."""

import re
from dataclasses import replace

import pytest

from shared.formkit.attesting import check_attested
from shared.formkit.check import check_step
from shared.formkit.definition import Answer, Answers, Form, Step
from shared.formkit.lacking import remaining
from shared.formkit.loading import load
from shared.formkit.origins import Origin, origin_of
from shared.formkit.parts import PartState, parts
from shared.formkit.renewal import copied
from shared.formkit.signals import signals
from shared.formkit.steps import visible_steps
from shared.formkit.submission import submission
from shared.formkit.summary import summary
from tests.formkit.examples import FILL, ROOT, TODAY, answers_of, sample, sent

FORM: Form = load(ROOT / "forms" / "financial_assistance.toml")
APPLIED = answers_of(FORM, sample(FORM.id))
ALONE: dict[str, Answer] = {"application_type": "new", "marital_status": "single"}
RENEWED: dict[str, Answer] = {"application_type": "renewal", "marital_status": "single"}


def asked(answers: Answers) -> set[str]:
    """The steps that the answers call for."""
    return {step.id for step in visible_steps(FORM, answers)}


def step(id: str) -> Step:
    """A step of the form."""
    return next(one for one in FORM.steps if one.id == id)


def test_whoever_lives_with_a_partner_is_told_at_once_how_to_apply_and_goes_no_further() -> None:
    answers = {**APPLIED, "marital_status": "cohabiting"}

    assert asked(answers) == {"kind", "together", "together_help"}
    assert [one.code for one in remaining(FORM, answers)] == ["ends"]
    assert [view.part.id for view in parts(FORM, answers)] == ["you"]
    told = " ".join(field.label["sv"] for field in step("together_help").fields)
    assert "{phone}" in told
    assert "kom till oss" in told


def test_nothing_written_before_is_lost_when_the_partner_turns_out_to_be_none() -> None:
    flipped = check_step(FORM, step("together"), {"marital_status": ["cohabiting"]}, APPLIED, TODAY).answers
    back = check_step(FORM, step("together"), {"marital_status": ["single"]}, flipped, TODAY).answers

    assert submission(FORM, back) == submission(FORM, APPLIED)


def test_a_first_application_tells_its_story_and_a_renewal_what_has_changed() -> None:
    story = {"livelihood", "reason", "citizenship", "foreign", "debts", "worked", "activities", "applies_for"}

    assert story <= asked(ALONE)
    assert not story & asked(RENEWED)
    assert {"changes", "housing_changed", "payment_same"} <= asked(RENEWED)
    assert not {"changes", "housing_changed", "payment_same"} & asked(ALONE)


def test_children_are_asked_about_only_where_there_are_any() -> None:
    assert "children" not in asked({**ALONE, "has_children": "no"})
    assert {"children", "maintenance"} <= asked({**ALONE, "has_children": "yes"})
    assert {"children", "children_changed"} <= asked({**RENEWED, "has_children": "yes"})


def test_somebody_without_a_home_is_not_asked_about_rent() -> None:
    assert "rent_debt" not in asked({**ALONE, "housing_form": "no_housing"})
    assert "rent_debt" in asked({**ALONE, "housing_form": "rental"})
    assert "rent_debt" in asked(RENEWED)


@pytest.mark.parametrize(
    ("answers", "signal"),
    [
        ({"urgent": ["food"]}, "no_food"),
        ({"urgent": ["home"]}, "no_home"),
        ({"housing_form": "no_housing"}, "no_home"),
        ({"urgent": ["eviction"]}, "eviction"),
        ({"housing_form": "rental", "eviction_notice": "yes"}, "eviction"),
        ({"urgent": ["power"]}, "no_power"),
        ({"urgent": ["medicine"]}, "no_medicine"),
    ],
)
def test_what_is_urgent_is_marked(answers: dict[str, Answer], signal: str) -> None:
    assert signals(FORM, {**ALONE, **answers}) == (signal,)


def test_nothing_urgent_marks_nothing_and_hidden_answers_mark_nothing() -> None:
    assert signals(FORM, {**ALONE, "urgent": ["none"], "eviction_notice": "unknown"}) == ()
    assert signals(FORM, {**ALONE, "marital_status": "cohabiting", "urgent": ["food"]}) == ()
    assert signals(FORM, {**RENEWED, "housing_form": "no_housing", "housing_changed": "no"}) == ()


def test_every_part_of_the_sample_is_done_and_the_check_can_begin() -> None:
    shown = parts(FORM, APPLIED)

    assert [view.part.id for view in shown] == [part.id for part in FORM.parts]
    assert {view.state for view in shown[:-1]} == {PartState.DONE}
    assert shown[-1].state is PartState.NOT_BEGUN


def test_sums_are_kept_in_ore_and_an_account_as_two_texts() -> None:
    kept = submission(FORM, APPLIED)

    assert kept["rent_debt_amount"] == 845_000
    assert kept["account"] == {"clearing": "83279", "number": "12345678"}
    assert _item(kept, "incomes", 0)["income_amount"] == 624_050
    assert _item(kept, "assets", 1)["company_asset_sum"] == 0


def test_the_record_holds_the_oath_with_its_hash_and_time() -> None:
    read = sent(FORM, APPLIED)

    (oath,) = read.attested
    assert oath.text.startswith("Jag intygar på heder och samvete")
    assert len(oath.sha256) == 64
    assert read.origins["applicant_address"] is Origin.REGISTER
    assert "children" not in read.origins  # where the child lives was added by hand


def test_the_oath_must_be_sworn() -> None:
    (problem,) = check_attested(FORM, APPLIED, {})[1]

    assert problem.text["sv"] == "Intyga att uppgifterna stämmer för att kunna skicka"


def test_a_renewal_begins_with_last_months_answers_and_asks_what_is_new() -> None:
    answers = {**copied(FORM, sent(FORM, APPLIED).answers, TODAY), "application_type": "renewal"}
    kept = submission(FORM, answers)

    assert _item(kept, "children", 0)["child_name"] == "Noel Almexempel"
    assert kept["cost_groups"] == ["housing", "work", "health", "other"]
    assert _item(kept, "costs_housing", 0)["housing_cost_amount"] == 845_000
    assert "housing_cost_due" not in _item(kept, "costs_housing", 0)
    assert not {"period", "urgent", "stays_in_municipality", "rent_debt", "account", "attachments"} & kept.keys()
    missing = {one.field for one in remaining(FORM, answers)}
    assert {"period", "urgent", "changes_since_last", "housing_changed", "payment_same_as_before"} <= missing
    assert {one.field for one in remaining(FORM, answers) if one.code == "unfinished"} == {
        "incomes", "costs_health", "costs_other",
    }  # fmt: skip
    assert origin_of(answers, "children") is Origin.EARLIER


def test_a_child_gives_no_childcare_fee_without_children() -> None:
    without = {**APPLIED, "has_children": "no"}

    assert "costs_work" not in submission(FORM, without)
    assert [one.field for one in remaining(FORM, without)] == ["costs_work"]


def test_the_whole_application_reads_well_in_both_languages() -> None:
    for language in ("sv", "en"):
        for section in summary(FORM, APPLIED, language, fill=FILL):
            for row in section.rows:
                assert "{" not in row.label + "".join(row.lines)
    english = str([replace(one, rows=()) for one in summary(FORM, APPLIED, "en", fill=FILL)])
    assert not re.search("[åäöÅÄÖ]", english)


def _item(kept: Answers, name: str, place: int) -> dict[str, Answer]:
    items = kept[name]
    assert isinstance(items, list)
    item = items[place]
    assert isinstance(item, dict)
    return item
