"""The words a person checks before sending, and the record of what was asked and answered."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from shared.formkit.definition import Answer, Form
from shared.formkit.snapshot import Altered, Incomplete, read_snapshot, snapshot
from shared.formkit.submission import submission
from shared.formkit.summary import summary
from tests.formkit.examples import FILL, answers_of, field, form, one_page, options, report, sample, step

PEOPLE = 'most = 3\nitem = { sv = "P", en = "P" }\nadd = { sv = "L", en = "A" }'
NAME = field("name", inside=True)
AT = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def lines(form: Form, answers: dict[str, Answer], language: str = "sv") -> list[tuple[str, ...]]:
    """The words of every row."""
    return [row.lines for section in summary(form, answers, language) for row in section.rows]


def record() -> dict[str, Answer]:
    """The record of the sample report."""
    return snapshot(report(), answers_of(report(), sample(report().id)), "sv", AT, fill=FILL)


def test_answers_are_shown_in_words_of_the_language() -> None:
    words = one_page(
        field("one", "radio", options("a", "b")),
        field("many", "multi", options("a", "b")),
        field("sure", "bool"),
        field("number", "identity"),
        field("other", "identity"),
        field("age", "int", "most = 9"),
    )
    answers: dict[str, Answer] = {
        "one": "a",
        "many": ["a", "b"],
        "sure": False,
        "number": {"type": "personnummer", "value": "191212121212"},
        "other": {"type": "unknown"},
        "age": 0,
    }

    assert lines(words, answers) == [("a sv",), ("a sv", "b sv"), ("Nej",), ("19121212-1212",), ("Vet inte",), ("0",)]
    assert lines(words, answers, "en")[:3] == [("a en",), ("a en", "b en"), ("No",)]


def test_dates_are_put_into_words_by_the_caller() -> None:
    days = one_page(field("day", "date"), field("moment", "datetime"))
    answers: dict[str, Answer] = {"day": "2026-12-01", "moment": "2026-11-02T14:30"}

    (section,) = summary(days, answers, "sv", show_date=lambda day: f"den {day.day}")

    assert [row.lines for row in section.rows] == [("den 1",), ("den 2 klockan 14.30",)]
    assert lines(days, answers, "en") == [("2026-12-01",), ("2026-11-02 at 14:30",)]


def test_unanswered_questions_have_a_row_without_words_and_hidden_ones_no_row() -> None:
    two = one_page(field("made", "yes_no"), field("more", extra='when = { field = "made", is = "yes" }'))

    rows = summary(two, {"made": "no", "more": "x"}, "sv")[0].rows

    assert [(row.field, row.answered) for row in rows] == [("made", True)]
    assert not summary(two, {}, "sv")[0].rows[0].answered


def test_a_section_tells_where_its_answers_are_changed() -> None:
    two = form(step("a_b", field("x")), step("note", field("y", "info")))

    assert [(one.step, one.slug) for one in summary(two, {}, "sv")] == [("a_b", "a-b")]


def test_words_with_direction_controls_are_marked() -> None:
    assert summary(one_page(field("name")), {"name": "Ali\u202ekram"}, "sv")[0].rows[0].bidi
    assert not summary(one_page(field("name")), {"name": "علي"}, "sv")[0].rows[0].bidi


def test_places_in_the_forms_words_are_filled_but_never_in_the_persons() -> None:
    choice = 'options = [{ code = "a", sv = "{municipality}", en = "M" }, { code = "b", sv = "B", en = "B" }]'
    both = one_page(field("one", "radio", choice), field("name"))

    (section,) = summary(both, {"one": "a", "name": "{municipality}"}, "sv", fill=FILL)

    assert [row.lines for row in section.rows] == [("Exempelkommun",), ("{municipality}",)]


def test_the_record_says_what_was_asked_and_answered_when_and_in_which_version() -> None:
    read = read_snapshot(record())

    assert (read.form, read.version, read.language) == ("concern_report_professional", 1, "sv")
    assert read.at == AT
    assert read.answers == submission(report(), answers_of(report(), sample(report().id)))
    assert read.sections[0].rows[0].label == "Är barnet i akut fara just nu?"
    assert read.sections[0].rows[0].lines == ("Ja",)


def test_the_record_reads_back_as_the_very_summary_that_was_checked() -> None:
    answers = answers_of(report(), sample(report().id))

    assert read_snapshot(record()).sections == summary(report(), answers, "sv", fill=FILL)


def test_the_record_in_one_language_and_municipality_holds_no_words_of_another() -> None:
    answers, other = answers_of(report(), sample(report().id)), {**FILL, "municipality": "Grannkommun"}
    record()

    written = snapshot(report(), answers, "en", AT, fill=other)

    assert read_snapshot(written).sections == summary(report(), answers, "en", fill=other)
    assert FILL["municipality"] not in str(written["content"])


def test_the_record_holds_the_words_that_were_shown() -> None:
    written = json.dumps(record(), ensure_ascii=False)

    assert "Ring 112 först om det är akut" in written
    assert "Vi väntar på er." in written


def test_the_record_does_not_hold_a_hidden_answer() -> None:
    answers = answers_of(report(), sample(report().id)) | {"guardians_informed": "yes_both"}

    read = read_snapshot(snapshot(report(), answers, "sv", AT))

    assert "guardians_not_informed_text" not in read.answers


def test_the_record_does_not_hold_empty_items_or_answers_hidden_by_hidden_ones() -> None:
    chain = form(
        step("a", field("made", "yes_no")),
        step("b", field("deep", "yes_no", 'when = { field = "made", is = "yes" }')),
        step(
            "c", field("last", extra='when = { field = "deep", is = "yes" }'), field("people", "repeat", PEOPLE), NAME
        ),
    )
    answers: dict[str, Answer] = {"made": "no", "deep": "yes", "last": "x", "people": [{"id": "1"}]}

    assert read_snapshot(snapshot(chain, answers, "sv", AT)).answers == {"made": "no"}
    assert "deep" not in json.dumps(snapshot(chain, answers, "sv", AT))


def test_the_record_reads_back_after_storage_as_json() -> None:
    stored = json.loads(json.dumps(record()))

    assert read_snapshot(stored) == read_snapshot(record())


def test_the_same_answers_make_the_same_record() -> None:
    assert record() == record()
    assert '"at":"2026-11-22T08:30:00.000000+00:00"' in str(record()["content"])


@pytest.mark.parametrize("change", [('"version":1', '"version":2'), ("Ja", "Nej"), ("}", "} ")])
def test_a_changed_record_is_never_read(change: tuple[str, str]) -> None:
    whole = record()
    altered = str(whole["content"]).replace(*change, 1)

    assert altered != whole["content"]
    with pytest.raises(Altered):
        read_snapshot({**whole, "content": altered})


def test_a_record_under_another_hash_is_never_read() -> None:
    with pytest.raises(Altered):
        read_snapshot({**record(), "sha256": "0" * 64})


def test_a_record_without_its_hash_is_never_read() -> None:
    bare = record()
    del bare["sha256"]

    with pytest.raises(Altered):
        read_snapshot(bare)


def test_a_form_that_lacks_something_hard_is_not_recorded() -> None:
    with pytest.raises(Incomplete):
        snapshot(report(), {"reporter_name": "Elsa Exempel"}, "sv", datetime(2026, 11, 22, tzinfo=UTC))


def test_without_a_formatter_dates_are_iso() -> None:
    assert lines(one_page(field("day", "date")), {"day": date(2026, 1, 2).isoformat()}) == [("2026-01-02",)]
