"""What is said on one's honour is said when the form is sent, in words that are kept with their hash and the time."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from shared.formkit.attesting import check_attested
from shared.formkit.check import check_step
from shared.formkit.lacking import remaining
from shared.formkit.page import page
from shared.formkit.snapshot import Incomplete, read_snapshot, snapshot
from shared.formkit.steps import visible_steps
from shared.formkit.summary import summary
from tests.formkit.examples import TODAY, field, form, step
from tests.formkit.test_loading import complaint_about

HONOUR = field(
    "honour",
    "attestation",
    'need = "hard"\nmissing = { sv = "Intyga att det stämmer", en = "Confirm it" }',
)
FORM = form(step("page", field("name")), step("send", field("note", "info"), HONOUR))
AT = datetime(2026, 11, 27, 13, 5, tzinfo=UTC)


def test_the_way_through_the_form_does_not_stop_at_what_is_attested() -> None:
    assert [one.id for one in visible_steps(FORM, {})] == ["page"]
    assert remaining(FORM, {}) == ()
    assert [one.step for one in summary(FORM, {"name": "Ada"}, "sv")] == ["page"]


def test_the_box_stands_on_the_page_that_sends() -> None:
    assert FORM.closing is not None
    note, box = page(FORM, FORM.closing, {}, "sv").questions

    assert (note.type, box.type, box.label) == ("info", "attestation", "Fråga honour")


def test_an_empty_box_is_asked_for_and_a_ticked_one_is_not() -> None:
    ticked, problems = check_attested(FORM, {}, {})
    assert (ticked, [one.text["sv"] for one in problems]) == (frozenset(), ["Intyga att det stämmer"])
    assert check_attested(FORM, {}, {"honour": ["yes"]}) == (frozenset({"honour"}), ())
    for forged in (["no"], ["yes", "yes"], []):
        assert check_attested(FORM, {}, {"honour": forged})[0] == frozenset()


def test_a_form_is_not_sent_before_it_is_attested() -> None:
    with pytest.raises(Incomplete):
        snapshot(FORM, {"name": "Ada"}, "sv", AT)


def test_a_box_in_a_draft_is_no_attestation() -> None:
    with pytest.raises(Incomplete):
        snapshot(FORM, {"name": "Ada", "honour": True}, "sv", AT)
    checked = check_step(FORM, FORM.steps[1], {"honour": ["yes"]}, {}, TODAY)
    assert checked.foreign == ("honour",)


def test_the_very_words_their_hash_and_the_time_stand_in_the_record() -> None:
    read = read_snapshot(snapshot(FORM, {"name": "Ada"}, "en", AT, attested={"honour"}))

    (attested,) = read.attested
    assert (attested.field, attested.text, attested.at) == ("honour", "Ask honour", AT)
    assert attested.sha256 == sha256(b"Ask honour").hexdigest()
    assert read.answers == {"name": "Ada"}
    assert [row.lines for row in read.sections[-1].rows] == [("Confirmed 2026-11-27 at 14:05",)]


def test_an_attestation_stands_last_and_always() -> None:
    last = step("page", field("name"))
    assert "stands last" in complaint_about(step("send", HONOUR), last)
    assert "stands last" in complaint_about(last, step("send", HONOUR, field("more")))
    hung = 'when = { field = "name", answered = true }\n'
    assert "stands last" in complaint_about(last, step("send", HONOUR, extra=hung))
    assert "is needed" in complaint_about(last, step("send", field("honour", "attestation")))
