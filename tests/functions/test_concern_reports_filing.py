"""From answers to a filed report: what the rules depend on, and contact details kept apart."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from functions.concern_reports.filing import NOT_STATED, filed
from functions.concern_reports.report_form import report_form
from shared.domain.assessments import Answer as Said
from shared.domain.cases import AgeBand
from shared.domain.intake import Filed
from shared.formkit.apart import only_contact, without_contact
from shared.formkit.conditions import fields_of
from shared.formkit.definition import Answer, FieldType
from shared.formkit.snapshot import read_snapshot
from shared.formkit.submission import Called

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SENDABLE: Mapping[str, Answer] = {
    "reporter_name": "Elsa Exempel",
    "child_given_name": "Kim",
    "concern_description": "Kim vill inte gå hem.",
}


def file(**answers: Answer) -> Filed:
    return filed(report_form(), {**SENDABLE, **answers}, "sv", NOW)


def number(value: str, type_: str = "personnummer") -> Answer:
    return {"type": type_, "value": value}


def words_in(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False)


# ── The child ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_child_has_the_name_and_number_that_were_written() -> None:
    child = file(child_family_name="Exempel", child_person_id=number("197701172392")).child

    assert (child.name, child.number) == ("Kim Exempel", "197701172392")


def test_a_reserve_number_describes_the_child_but_points_nobody_out() -> None:
    child = file(child_person_id=number("20140302A123", "reservnummer")).child

    assert (child.number, child.described) == ("", "20140302A123")


def test_a_child_without_a_name_is_described_by_place_and_words() -> None:
    answers = {**SENDABLE, "child_area": "Exempelskolan", "child_description": "Röd jacka, klass 3"}
    del answers["child_given_name"]

    assert filed(report_form(), answers, "sv", NOW).child.described == "Exempelskolan\nRöd jacka, klass 3"


@pytest.mark.parametrize(
    ("answers", "band"),
    [
        ({"child_birth_date": "2019-11-02"}, AgeBand.A7_9),
        ({"child_birth_date": "2019-11-03"}, AgeBand.A4_6),
        ({"child_age": 0}, AgeBand.A0_3),
        ({"child_age": 9}, AgeBand.A7_9),
        ({"child_age": 20}, AgeBand.A18_20),
        ({}, AgeBand.UNKNOWN),
    ],
)
def test_a_birth_date_or_an_age_gives_the_age_band(answers: Mapping[str, Answer], band: AgeBand) -> None:
    assert file(**answers).born_estimate is band


def test_a_child_who_is_expected_is_unborn_when_health_care_says_so() -> None:
    assert file(reporter_category="health_dental", child_unborn=True).child.unborn
    assert not file(reporter_category="school_preschool", child_unborn=True).child.unborn


# ── What rules depend on ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_child_in_danger_now_is_acute() -> None:
    assert file(acute_now="yes").acute
    assert not file(acute_now="unknown").acute


def test_a_child_who_cannot_go_home_today_is_acute() -> None:
    assert file(violence_suspected="yes", safe_at_home_today="no").acute


def test_an_answer_that_a_later_answer_hid_makes_nothing_acute() -> None:
    assert not file(violence_suspected="no", safe_at_home_today="no").acute


@pytest.mark.parametrize("said", [Said.YES, Said.NO, Said.UNKNOWN])
def test_violence_is_what_the_reporter_answered(said: Said) -> None:
    assert file(violence_suspected=said.value).violence is said


def test_violence_left_open_is_unknown() -> None:
    assert file().violence is Said.UNKNOWN


def test_a_kind_of_violence_counts_as_suspicion_whatever_was_answered() -> None:
    assert file(concern_types=["witnessed_violence"], violence_suspected="no").violence is Said.YES
    assert file(concern_types=["neglect"], violence_suspected="no").violence is Said.NO


def test_the_source_is_the_reporters_category_or_said_to_be_missing() -> None:
    assert file(reporter_category="police").source == "police"
    assert file().source == NOT_STATED


def test_feedback_is_requested_only_by_a_yes() -> None:
    assert file(feedback_requested="yes").feedback_requested
    assert not file(feedback_requested="no").feedback_requested
    assert not file().feedback_requested


# ── Contact details ───────────────────────────────────────────────────────────────────────────────────────────────────

REACHED: Mapping[str, Answer] = {
    "child_address": "Storgatan 1",
    "child_phone": "070-174 06 05",
    "guardians": [
        {
            "id": "1",
            "name": "Alex Exempel",
            "phone": "070-174 06 06",
            "email": "alex@example.se",
            "address": "Lillgatan 2",
        },
        {"id": "2", "name": "Robin Exempel", "relation": "pappa"},
    ],
}
SECRETS = ("Storgatan 1", "070-174 06 05", "070-174 06 06", "alex@example.se", "Lillgatan 2")


def test_no_contact_detail_of_the_family_is_in_the_report_itself() -> None:
    assert [one for one in SECRETS if one in words_in(file(**REACHED).snapshot)] == []


def test_every_contact_detail_lies_apart_with_the_name_it_belongs_to() -> None:
    contact = words_in(file(**REACHED).contact)

    assert [one for one in (*SECRETS, "Alex Exempel") if one not in contact] == []


def test_the_report_itself_still_says_who_the_guardians_are() -> None:
    assert "Robin Exempel" in words_in(file(**REACHED).snapshot)


def test_without_contact_details_nothing_lies_apart() -> None:
    assert file(guardians=[{"id": "1", "name": "Alex Exempel"}]).contact == {}


def test_the_address_of_a_protected_child_is_kept_nowhere() -> None:
    hidden = file(child_protected_identity="yes", child_address="Storgatan 1")

    assert "Storgatan 1" not in words_in(hidden.snapshot) + words_in(hidden.contact)


def test_both_records_can_be_proved_to_be_what_was_sent() -> None:
    report = file(**REACHED)

    assert read_snapshot(report.snapshot).answers["child_given_name"] == "Kim"
    assert read_snapshot(report.contact).answers["child_address"] == "Storgatan 1"


def test_no_question_hangs_on_a_contact_detail() -> None:
    form = report_form()
    apart = {field.id for step in form.steps for field in step.fields if field.contact}
    conditions = [step.when for step in form.steps]
    conditions += [field.when for step in form.steps for field in step.fields]

    assert apart.isdisjoint(name for condition in conditions for name in fields_of(condition))


def test_the_familys_phones_and_addresses_are_all_marked_as_contact_details() -> None:
    reporters_own = {"reporter_phone", "reporter_email", "alt_contact_phone", "school_contact_phone", "co_reporters"}
    kinds = {FieldType.PHONE, FieldType.EMAIL}
    every = Called(tuple((step, step.fields) for step in report_form().steps), {})
    fields = [field for _, asked in without_contact(every).steps for field in asked]
    left = {one.id for one in fields if one.type in kinds or any(inner.type in kinds for inner in one.fields)}

    assert left == reporters_own
    assert {field.id for _, asked in only_contact(every).steps for field in asked} == set(REACHED)
