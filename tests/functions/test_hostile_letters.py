"""Whatever is written in a letter is text on every page and paper that shows it, to staff and to the recipient."""

import io
from functools import cache

import pytest
from pypdf import PdfReader

from shared.adapters.typst_pages import printable
from shared.app import use
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import INVITATION, loves_case, page_of, send, write
from tests.functions.page_parts import Part, differences, marks, parts, with_texts
from tests.functions.staff_browser import Desk, at
from tests.functions.test_every_hostile_text import PAYLOADS, ROUNDS, Text, hostile
from tests.houses import demo_house
from tests.letters import letters_of

_WRITTEN = (
    "child_name", "reporter_display", "purpose_support", "meeting_time", "place", "duration", "who_invited",
    "interpreter_language", "other_name", "other_address", "plan",
)  # fmt: skip
"""Every field of an invitation where anything can be written."""
_LINES = frozenset({"purpose_support", "other_address", "plan"})
_SHORT = frozenset({"meeting_time", "duration", "interpreter_language"})
NOBODYS = "191212121212"


def answers(text: Text) -> dict[str, str]:
    """The invitation with a text in each field, in some on two lines."""
    found = {}
    for number, name in enumerate(_WRITTEN):
        said = text(f"ord{number:03}")
        found[name] = f"Så här:\n{said}" if name in _LINES else said[:30] if name in _SHORT else said
    return found


def read(text: Text) -> dict[str, list[Part]]:
    """Every page that shows the letter or its draft, by what it is."""
    with use(demo_house()) as house:
        case = loves_case(house, guardians_may_be_contacted="unknown")
        anna = Desk(house)
        posted = {**INVITATION, **answers(text), "recipients": "other", "other_number": NOBODYS}
        empty = anna.fields(page_of(case))
        pages = {"lacking": write(anna, case, {**posted, "place": ""}).text}
        assert write(anna, case, posted).status_code == 303
        pages["draft"] = anna.get(page_of(case)).text
        pages["overtaken"] = anna.post(page_of(case), {**empty, **INVITATION, "recipients": "other"}).text
        pages["read through"] = anna.get(f"{page_of(case)}/kontrollera").text
        assert send(anna, case).status_code == 303
        (letter,) = letters_of(house, case)
        pages["the letters"] = anna.get(f"{at(case)}/brev").text
        pages["the letter"] = anna.get(f"{at(case)}/brev/{letter}").text
        pages["received"] = Person(house, resident(house, NOBODYS)).open(f"/meddelanden/{letter}").text
        return {name: parts(page) for name, page in pages.items()}


@cache
def harmless() -> dict[str, list[Part]]:
    """What the pages are when nothing in them is hostile."""
    return read(str)


def shortened(text: Text) -> Text:
    """The texts as the short fields hold them."""
    short = {f"ord{number:03}" for number, name in enumerate(_WRITTEN) if name in _SHORT}
    return lambda mark: text(mark)[:30] if mark in short else text(mark)


@pytest.mark.parametrize("number", [pytest.param(one, marks=[pytest.mark.slow] * (one > 1)) for one in range(ROUNDS)])
def test_a_text_in_a_letter_is_shown_as_it_was_written_and_is_no_part_of_any_page(number: int) -> None:
    text = shortened(hostile(number))
    expected = {page: with_texts(one, text) for page, one in harmless().items()}

    assert differences(read(text), expected) == {}


def test_every_page_that_holds_the_texts_is_read() -> None:
    everything = {f"ord{number:03}" for number in range(len(_WRITTEN))}
    never_told = {f"ord{_WRITTEN.index(name):03}" for name in ("other_address", "plan")}
    found = {name: marks(page) for name, page in harmless().items()}

    assert found["draft"] == found["overtaken"] == everything
    assert found["read through"] == everything - {f"ord{_WRITTEN.index('other_address'):03}"}
    assert found["received"] == everything - never_told
    assert found["the letters"] == {f"ord{_WRITTEN.index('other_name'):03}"}


def joined(text: str) -> str:
    """The text as if lines had no ends: typst breaks words with a hyphen."""
    return "".join(text.split()).replace("-", "")


@pytest.mark.parametrize("number", range(0, len(PAYLOADS), 15))
def test_a_text_on_paper_is_never_read_as_markup(number: int) -> None:
    with use(demo_house()) as house:
        case, anna = loves_case(house, guardians_may_be_contacted="unknown"), Desk(house)
        text = shortened(lambda mark: PAYLOADS[(number + int(mark[-3:])) % len(PAYLOADS)])
        posted = {**INVITATION, **answers(text), "recipients": "other", "other_number": NOBODYS}
        assert write(anna, case, posted).status_code == 303
        send(anna, case)
        (letter,) = letters_of(house, case)
        made = anna.get(f"{at(case)}/brev/{letter}.pdf")

        assert made.headers["Content-Type"] == "application/pdf"
        said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)
        assert "U+000A" not in said
        for mark in ("ord000", "ord002", "ord004"):
            assert joined(printable(text(mark))) in joined(said)
