"""A report, an appeal and an addition open in two windows: both answers are shown, and no word is lost."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pytest

from shared.app import House, use
from tests.appeals import decided
from tests.functions.appeal_browser import Appellant
from tests.functions.appeal_browser import at as at_appeal
from tests.functions.browser import Browser
from tests.functions.reporter_browser import Reporter
from tests.houses import HandClock, demo_house
from tests.people import MONDAY

FIRST: Final = "Det här skrev jag i det första fönstret."
SECOND: Final = "Det här skrev jag i det andra fönstret."


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house(clock=HandClock(MONDAY))) as opened:
        yield opened


def report(house: House) -> tuple[Reporter, str, str]:
    elsa = Reporter(house)
    return elsa, f"/anmal/utkast/{elsa.begin()}/beskriv", "concern_description"


def appeal(house: House) -> tuple[Appellant, str, str]:
    sara = Appellant(house)
    return sara, f"{at_appeal(sara.begin(decided(house)[1]))}/varfor", "why"


def addition(house: House) -> tuple[Appellant, str, str]:
    sara, (_, decision) = Appellant(house), decided(house)
    sara.appeal(decision)
    return sara, f"{at_appeal(sara.begin(decision))}/text", "text"


OPENED: Final[Mapping[str, Callable[[House], tuple[Reporter | Appellant, str, str]]]] = {
    "report": report,
    "appeal": appeal,
    "addition": addition,
}
each = pytest.mark.parametrize("what", OPENED)


@each
def test_the_second_window_is_shown_both_texts_and_chooses(house: House, what: str) -> None:
    writer, path, name = OPENED[what](house)
    old = writer.fields(path)
    writer.post(path, {**old, name: FIRST})
    told = writer.post(path, {**old, name: SECOND})
    kept = writer.fields(path)[name]
    chosen = writer.post(path, Browser.forms_of(told)[path])

    assert told.status_code == 409
    assert "Svaret har ändrats på ett annat ställe" in told.text
    assert [one for one in (FIRST, SECOND) if one not in told.text] == []
    assert (kept, chosen.status_code) == ([FIRST], 303)
    assert writer.fields(path)[name] == [SECOND]


@each
def test_an_old_window_that_comes_back_as_it_was_shown_writes_nothing_over(house: House, what: str) -> None:
    writer, path, name = OPENED[what](house)
    old = writer.fields(path)
    writer.post(path, {**old, name: FIRST})

    assert writer.post(path, old).status_code in {303, 422}
    assert writer.fields(path)[name] == [FIRST]


def test_words_about_how_to_find_a_child_whose_name_the_other_window_gave_are_shown_and_kept(house: House) -> None:
    elsa = Reporter(house)
    draft = elsa.begin()
    path = f"/anmal/utkast/{draft}/hitta"
    old = elsa.fields(path)
    elsa.answer(draft, "vem", child_given_name="Kim")
    told = elsa.post(path, {**old, "child_area": "Exempelskolan", "child_description": FIRST})

    assert told.status_code == 409
    assert [one for one in ("Frågan ställs inte längre", "Exempelskolan", FIRST) if one not in told.text] == []
    assert f'href="/anmal/utkast/{draft}/vem"' in told.text
    assert FIRST not in elsa.get(f"/anmal/utkast/{draft}/kontrollera").text
    elsa.answer(draft, "vem", child_given_name="")
    assert elsa.fields(path)["child_description"] == [FIRST]
