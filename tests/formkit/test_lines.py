"""Every mistake in a form is told of at once, each with the line it stands on."""

import pytest

from shared.formkit.loading import parse
from shared.formkit.neutral import is_neutral
from shared.formkit.tables import BadForm
from shared.formkit.toml_lines import Lines
from tests.formkit.examples import HEAD, field, step

TEXT = '''# A comment
id = "example"
title.sv = "T"

[[steps]]
id = "a"
why.sv = """
[[steps]]
id = "not a table"
"""

[[steps.fields]]
id = "x"
options = [
  # which colour
  { code = "red", sv = "R" },
  { code = "blue", sv = "B" },
]

  [[steps]]
  id = "b"
  [[steps.fields]]
  id = "y"
  [[steps.fields.fields]]
  id = "z"
  when = { field = "x", is = "red" }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("title", "sv"), 3),
        (("title", "en"), 1),
        (("steps", 0), 5),
        (("steps", 0, "why", "sv"), 7),
        (("steps", 0, "fields", 0), 12),
        (("steps", 0, "fields", 0, "options", 0, "en"), 16),
        (("steps", 0, "fields", 0, "options", 1), 17),
        (("steps", 1), 20),
        (("steps", 1, "fields", 0, "fields", 0, "when", "is"), 26),
        (("steps", 1, "fields", 0, "hint", "sv"), 22),
        ((), 1),
    ],
)
def test_a_table_or_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert Lines(TEXT).of(path) == line


def test_all_mistakes_are_told_of_at_once_in_the_order_of_the_file() -> None:
    text = HEAD + step("a", field("x", "essay"), field("y", extra="colour = 1")) + step("b", field("z", "int"))

    with pytest.raises(BadForm) as refused:
        parse(text, "example.toml")
    assert [str(one) for one in refused.value.all] == [
        "example.toml:17 › a › x: 'type' is 'essay'; it must be one of " + str(refused.value).partition("one of ")[2],
        "example.toml:25 › a › y: unknown key 'colour'",
    ]


def test_mistakes_between_questions_come_when_each_is_right_by_itself() -> None:
    late = field("y", extra='when = { field = "later", answered = true }')
    text = HEAD + step("a", field("x"), field("x"), late) + step("b", field("z", "int"))

    with pytest.raises(BadForm) as refused:
        parse(text, "example.toml")
    assert [str(one).partition(": ")[2] for one in refused.value.all] == [
        "field id 'x' is used twice",
        "'later' is not an earlier field",
        "an int needs 'most' above 'least'",
    ]
    lines = [one.line for one in refused.value.all]
    assert lines == sorted(lines)
    assert text.splitlines()[lines[1] - 1].startswith("when")


def test_text_that_is_not_toml_names_its_line_like_every_mistake() -> None:
    with pytest.raises(BadForm, match=r"^example\.toml:2: not TOML: "):
        parse("id = 'x'\nid id", "example.toml")


@pytest.mark.parametrize("slug", ["vald", "orosanmalan", "om-missbruk", "skulder", "avhysning", "hedersrelaterat"])
def test_an_address_that_tells_what_the_matter_is_is_refused(slug: str) -> None:
    assert not is_neutral(slug)
    with pytest.raises(BadForm, match="must not see what the matter is"):
        parse(HEAD.replace('slug = "exempel"', f'slug = "{slug}"') + step("a", field("x")), "example.toml")


def test_plain_addresses_are_let_through() -> None:
    for slug in ("anmalan", "nu", "hemma", "boende", "inkomster", "kostnader", "planering", "skola"):
        assert is_neutral(slug)


def test_a_form_names_the_law_it_rests_on() -> None:
    with pytest.raises(BadForm, match="'law' is empty"):
        parse(HEAD.replace('law = "-"', 'law = " "') + step("a", field("x")), "example.toml")
