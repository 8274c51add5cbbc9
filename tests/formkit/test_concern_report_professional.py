"""The professional's concern report asks what a professional expects and stops at almost nothing."""

import re

import pytest

from functions.concern_reports.filing import NOT_STATED
from shared.domain.reporters import MANDATED, may_have_feedback
from shared.formkit.check import check_step
from shared.formkit.definition import Answer, Answers, Need
from shared.formkit.lacking import remaining, skipped
from shared.formkit.page import page
from shared.formkit.prefill import initial
from shared.formkit.steps import next_step, progress, visible_steps
from shared.formkit.summary import summary
from shared.formkit.words import LANGUAGES
from tests.formkit.examples import FILL, ROOT, TODAY, report, sample

FORM = report()
FACTS = sample(FORM.id).facts
DECLARED = (ROOT / "forms" / "concern_report_professional.toml").read_text("utf-8")

NAMED: dict[str, Answer] = {"reporter_name": "Elsa Exempel", "child_given_name": "Nova"}
STORY: dict[str, Answer] = {"concern_description": "Hon är hungrig varje morgon."}

CATEGORIES = {
    "school_preschool": "4", "health_dental": "1", "social_services": "2", "lss": "3", "police": "15",
    "prison_probation": "10", "employment": "7", "social_insurance": "9", "enforcement": "11", "migration": "14",
    "mediator": "5", "security_guard": "6", "prosecutor": "20", "tax": "17", "customs": "19", "county_board": "13",
    "coast_guard": "12", "economic_crime": "8", "security_police": "18", "forensic_psychiatry": "16",
    "other_authority_children": "21", "private_professional": "22",
}  # fmt: skip
"""The points of SoL 19 kap. 1 § (wording after SFS 2025:1501)."""


def missing(answers: Answers) -> list[str]:
    """The fields that stop the sending."""
    return [problem.field for problem in remaining(FORM, answers)]


def asked_on(slug: str, answers: Answers) -> list[str]:
    """The questions and notes on a page."""
    step = FORM.step(slug)
    assert step is not None
    return [one.field for one in page(FORM, step, answers, "sv", fill=FILL).questions]


def slugs(answers: Answers) -> list[str]:
    """The addresses of the steps that are called for."""
    return [step.slug for step in visible_steps(FORM, answers)]


def test_a_name_a_child_and_a_worry_are_all_it_takes() -> None:
    assert missing(NAMED | STORY) == []


def test_who_reports_which_child_and_the_worry_must_be_told() -> None:
    assert missing({}) == ["reporter_name", "child_area", "child_description", "concern_description"]


@pytest.mark.parametrize(
    "known",
    [
        {"child_given_name": "Nova"},
        {"child_family_name": "Exempel"},
        {"child_person_id": {"type": "personnummer", "value": "198804202383"}},
        {"child_person_id": {"type": "reservnummer", "value": "19880209T050"}},
        {"child_area": "Exempelskolan", "child_description": "En flicka i årskurs 6 med röd jacka"},
    ],
)
def test_a_name_a_number_or_a_description_with_a_place_points_out_the_child(known: dict[str, Answer]) -> None:
    assert missing({"reporter_name": "Elsa Exempel", **STORY, **known}) == []


def test_a_child_whose_number_is_not_known_must_be_found_another_way() -> None:
    unknown: dict[str, Answer] = {"reporter_name": "E", "child_person_id": {"type": "unknown"}, **STORY}

    assert missing(unknown) == ["child_area", "child_description"]
    assert "hitta" in slugs(unknown)


def test_the_page_for_finding_the_child_goes_away_once_the_child_is_named() -> None:
    described: dict[str, Answer] = {"child_area": "Torget", "child_description": "Ensam pojke"}

    assert "hitta" not in slugs(described | NAMED)
    assert "Torget" not in repr(summary(FORM, described | NAMED, "sv"))


def test_nothing_else_is_hard() -> None:
    hard = {field.id for step in FORM.steps for field in step.fields if field.need is Need.HARD}

    assert hard == {"reporter_name", "child_area", "child_description", "concern_description"}


def test_a_hurried_counsellor_can_press_on_past_every_other_page() -> None:
    answers: Answers = initial(FORM, FACTS)
    step = FORM.steps[0]
    pages = {"vem": {"child_given_name": ["Nova"]}, "beskriv": {"concern_description": ["Hungrig."]}}
    while True:
        checked = check_step(FORM, step, pages.get(step.slug, {}), answers, TODAY)
        assert checked.problems == ()
        answers, following = checked.answers, next_step(FORM, checked.answers, step)
        if following is None:
            break
        step = following
    assert missing(answers) == []
    assert "violence_suspected" in {one.field for one in skipped(FORM, answers)}


def test_acute_danger_is_asked_about_first_with_the_numbers_to_call() -> None:
    first = page(FORM, FORM.steps[0], {}, "sv", fill=FILL)

    assert [one.field for one in first.questions] == ["acute_now"]
    assert first.lead is not None
    assert "112" in first.lead
    assert FILL["out_of_hours"] in first.lead


def test_only_a_child_in_danger_brings_the_page_about_calling() -> None:
    assert slugs({"acute_now": "yes"})[1] == "ring"
    assert "ring" not in slugs({"acute_now": "no"}) + slugs({"acute_now": "unknown"}) + slugs({})


def test_a_school_is_asked_about_school_and_others_are_not() -> None:
    assert "skola" in slugs({"reporter_category": "school_preschool"})
    assert "skola" not in slugs({"reporter_category": "police"})


def test_an_expected_child_is_asked_about_in_health_care_and_social_services_only() -> None:
    assert "child_unborn" in asked_on("vem", {"reporter_category": "health_dental"})
    assert "child_unborn" in asked_on("vem", {"reporter_category": "social_services"})
    assert "child_unborn" not in asked_on("vem", {"reporter_category": "school_preschool"})


@pytest.mark.parametrize("suspected", ["yes", "unknown"])
def test_whoever_may_suspect_violence_is_told_not_to_inform_the_guardians(suspected: str) -> None:
    assert "do_not_inform" in asked_on("trygghet", {})
    assert asked_on("vet", {"violence_suspected": suspected})[0] == "do_not_inform_reminder"
    assert "do_not_inform_reminder" not in asked_on("vet", {"violence_suspected": "no"})


def test_no_suspicion_of_violence_leaves_its_follow_ups_out() -> None:
    violent: dict[str, Answer] = {"perpetrator_home": "yes", "safe_at_home_today": "no"}

    assert "Bor den misstänkta" in repr(summary(FORM, violent | {"violence_suspected": "yes"}, "sv"))
    assert "Bor den misstänkta" not in repr(summary(FORM, violent | {"violence_suspected": "no"}, "sv"))


def test_a_child_in_another_municipality_is_told_to_be_forwarded() -> None:
    step = FORM.step("hemma")
    assert step is not None

    info = {one.field: one.label for one in page(FORM, step, {}, "sv", fill=FILL).questions}

    assert "skickar vi anmälan vidare" in info["other_municipality_info"]
    assert "Exempelkommun" in repr(page(FORM, step, {}, "en", fill=FILL).questions)


def test_a_child_with_protected_data_keeps_its_address_out_of_the_report() -> None:
    home: dict[str, Answer] = {"child_address": "Exempelgatan 1", "child_phone": "070-174 06 05"}

    assert "Exempelgatan" not in repr(summary(FORM, home | {"child_protected_identity": "yes"}, "sv"))
    assert "Exempelgatan" in repr(summary(FORM, home | {"child_protected_identity": "no"}, "sv"))


def test_ways_to_reach_the_family_are_marked_and_those_to_reach_the_reporter_are_not() -> None:
    fields = [field for step in FORM.steps for field in step.fields]
    marked = {field.id for field in fields if field.contact}
    marked |= {f"{field.id}.{inner.id}" for field in fields for inner in field.fields if inner.contact}
    rows = [row for section in summary(FORM, {"child_phone": "070-174 06 05"}, "sv") for row in section.rows]

    assert marked == {"child_address", "child_phone", "guardians.phone", "guardians.email", "guardians.address"}
    assert [row.field for row in rows if row.answered and row.contact] == ["child_phone"]


def test_every_reporter_of_the_law_is_offered_with_its_point() -> None:
    options = {option.code: option.law for option in FORM.field("reporter_category").options}

    assert options == {code: f"SoL 19 kap. 1 § {point}" for code, point in CATEGORIES.items()} | {
        "family_counselling": "SoL 19 kap. 2 §",
        "child_ombudsman": "SoL 19 kap. 3 §",
    }


def test_the_kinds_of_worry_are_about_the_home_or_the_child_and_may_be_unknown() -> None:
    options = FORM.field("concern_types").options

    assert [sum(option.group == group for option in options) for group in ("parents", "child", "rest")] == [12, 10, 1]
    assert [option.code for option in options if option.alone] == ["unknown"]


def test_the_paragraphs_are_those_of_the_law_in_force() -> None:
    laws = re.findall(r'law = "(.*)"', DECLARED)

    assert {law for law in laws if law.startswith("SoL")} >= {"SoL 19 kap. 6 §", "SoL 19 kap. 5 §", "SoL 20 kap. 1 §"}
    assert not re.search(r"2001:453|\b(?:14|11|5) kap\. 1 ?[a-c]? ?§|\b14:1|\b11:1", DECLARED)


def test_feedback_is_promised_as_far_as_the_law_allows_and_no_further() -> None:
    hint = FORM.field("feedback_requested").hint

    assert hint is not None
    assert "inletts, inte har inletts eller redan pågår" in hint["sv"]
    assert "Mer än så får vi inte berätta" in hint["sv"]


def test_it_takes_seventeen_pages_or_so() -> None:
    named = NAMED | {"acute_now": "no", "reporter_category": "school_preschool"}

    assert progress(FORM, named, FORM.steps[-1]).total == 17


def test_no_text_speaks_like_a_form() -> None:
    assert not re.search(r"ogiltig|obligatorisk|misslyckad|invalid|mandatory|failed|!", DECLARED, re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints_and_explanations_are_whole_sentences(language: str) -> None:
    texts = [text for step in FORM.steps for text in (step.lead, step.why)]
    texts += [field.hint for step in FORM.steps for field in step.fields]

    assert [text[language] for text in texts if text and text[language][-1] not in ".?"] == []


def test_addresses_of_pages_tell_nothing_about_the_matter() -> None:
    telling = {"vald", "oro", "orosanmalan", "overgrepp", "akut", "fara"}

    assert not telling & {FORM.slug, *(step.slug for step in FORM.steps)}


def test_the_workplaces_that_can_be_chosen_are_those_whose_reporters_may_have_feedback() -> None:
    options = FORM.field("reporter_category").options

    assert {one.code for one in options} == MANDATED
    assert set(CATEGORIES) | {"family_counselling", "child_ombudsman"} == MANDATED
    assert not may_have_feedback(NOT_STATED)
