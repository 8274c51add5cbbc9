"""What a form sends is read strictly and in one spelling."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.ids import is_id
from shared.web.forms import read_form
from tests.web.fake_house import SARA, FakeHouse, app_with
from tests.web.pages_for_tests import Visitor


def reporter() -> Visitor:
    house = FakeHouse()
    house.log_in(SARA, "sara")
    visitor = Visitor(house)
    visitor.carry("session", "sara")
    return visitor


def sent(**fields: object) -> Any:
    return reporter().post("/anmal/1", fields).json


def test_known_fields_are_read() -> None:
    assert sent(text=" hej ", flera=["a", "b"]) == {"id": "1", "text": "hej", "flera": ["a", "b"], "cleaned": []}


def test_a_missing_field_is_empty() -> None:
    assert sent()["text"] == ""


def test_an_unknown_field_is_refused() -> None:
    assert reporter().post("/anmal/1", {"roll": "team_lead"}).status_code == 400


def test_a_single_field_sent_twice_is_refused() -> None:
    assert reporter().post("/anmal/1", {"text": ["ja", "nej"]}).status_code == 400


def test_control_characters_are_taken_away_and_said_to_be() -> None:
    found = sent(text="a\x00b\x1b[31mc\x9f")
    assert (found["text"], found["cleaned"]) == ("ab[31mc", ["text"])


def test_line_breaks_of_every_kind_become_one_kind() -> None:
    found = sent(text="a\r\nb\rc\x0bd\u2028e")
    assert (found["text"], found["cleaned"]) == ("a\nb\nc\nd\ne", [])


def test_letters_are_spelled_in_one_way() -> None:
    assert sent(text="A\u030asa")["text"] == "Åsa"


def test_emoji_and_turning_characters_are_kept_for_the_page_to_show() -> None:
    assert sent(text="👨‍👩‍👧 \u202ehej")["text"] == "👨‍👩‍👧 \u202ehej"


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_sent(text: str) -> None:
    app = app_with(FakeHouse())
    with app.test_request_context("/", method="POST", data={"text": text.encode("utf-8", "replace")}):
        read = read_form(one=("text",)).text("text")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", read)


def test_a_post_without_a_one_time_id_commits_nothing() -> None:
    assert Visitor().post("/oppen", {"submission_id": "../../etc"}).status_code == 400


def test_every_rendered_form_has_an_id_of_its_own() -> None:
    visitor = Visitor()
    ids = {visitor.get("/").text.split('name="submission_id" value="')[1][:32] for _ in range(3)}
    assert len(ids) == 3
    assert all(map(is_id, ids))


@pytest.mark.parametrize("value", ["", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "١" * 32])
def test_only_32_small_hex_digits_are_an_id(value: str) -> None:
    assert not is_id(value)
