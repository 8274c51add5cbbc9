"""Releasing a note: considered item by item, seen as it will be read, signed, and never by itself."""

from collections.abc import Iterator, Mapping

import pytest
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.ids import CaseId, ItemId
from shared.domain.notes import Care, NoteKind
from shared.domain.reviews import ReviewCheck
from tests.functions.staff_browser import Desk, at, taken
from tests.functions.test_casework_journal import plain
from tests.houses import demo_house
from tests.notes import sign_note, written
from tests.people import MARIA, SAMIR
from tests.records.test_journal import add

TEXT = "Mamma ringde. Farmor sa att pappa har flyttat. Vi hörs."
CHECKS = [one.value for one in ReviewCheck]


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def noted(house: House, *care: Care) -> tuple[CaseId, ItemId]:
    case = taken(house)
    return case, sign_note(house, case, written(TEXT, NoteKind.CALL, *care))


def page(case: CaseId, note: ItemId) -> str:
    return f"{at(case)}/journal/{note}/lamna-ut"


def consider(desk: Desk, where: str, said: Mapping[str, object], go: str = "check") -> TestResponse:
    return desk.post(where, {**desk.fields(where), "checks": CHECKS, "go": go, **said})


RELEASED: Mapping[str, object] = {"result": "released"}
PARTLY: Mapping[str, object] = {
    "result": "partly",
    "keep": ["0", "2"],
    "ground": "third_person",
    "reason": "Farmors sak.",
}
WITHHELD: Mapping[str, object] = {"result": "withheld", "ground": "child", "reason": "Barnet far illa av det."}


def test_a_note_is_internal_until_somebody_has_reviewed_it(house: House) -> None:
    case, note = noted(house)
    anna = Desk(house)

    assert "Intern" in anna.get(f"{at(case)}/journal").text
    assert "Nej, ingen har prövat" in anna.get(f"{at(case)}/journal/{note}").text


def test_what_will_be_read_is_seen_before_it_is_signed(house: House) -> None:
    case, note = noted(house)
    anna, where = Desk(house), page(case, note)

    seen = consider(anna, where, PARTLY)
    assert seen.status_code == 200
    assert "Mamma ringde. […] Vi hörs." in plain(seen)
    assert "Farmor sa" not in seen.text
    assert "26 kap. 1 § OSL" in plain(seen)
    assert "Intern" in anna.get(f"{at(case)}/journal").text
    assert ' value="2" checked' in anna.resend(seen, where, go="edit").text
    signed = anna.resend(seen, where, go="sign")
    assert signed.headers["Location"] == f"{at(case)}/journal/{note}"
    shown = plain(anna.get(f"{at(case)}/journal/{note}"))
    assert "Delvis utlämnad" in shown
    assert "Mamma ringde. […] Vi hörs." in shown
    assert "Prövat av Anna Exempel, socialsekreterare" in shown
    assert "Prövade att lämna ut" in anna.get(at(case)).text


def test_signing_twice_is_signing_once(house: House) -> None:
    case, note = noted(house)
    anna, where = Desk(house), page(case, note)
    seen = consider(anna, where, WITHHELD)

    assert [anna.resend(seen, where, go="sign").status_code for _ in range(2)] == [303, 303]
    assert anna.get(at(case)).text.count("Prövade att lämna ut") == 1
    assert "Lämnas inte ut" in anna.get(f"{at(case)}/journal").text


def test_nothing_is_decided_before_everything_is_considered(house: House) -> None:
    case, note = noted(house)
    anna, where = Desk(house), page(case, note)
    for go in ("check", "sign"):
        empty = anna.post(where, {**anna.fields(where), "go": go})
        assert empty.status_code == 422
        for words in ("kryssa i allt som du har prövat", "Välj vad du kommer fram till"):
            assert empty.text.count(words) == 2
    half = consider(anna, where, {"result": "partly"})
    assert half.status_code == 422
    for words in ("Välj paragrafen", "Skriv skälen", "Välj de meningar"):
        assert half.text.count(words) == 2


def test_what_is_never_released_is_not_offered_and_not_taken(house: House) -> None:
    anna = Desk(house)
    for care, refused in ((Care.VIOLENCE, PARTLY), (Care.THIRD_PERSON, RELEASED)):
        where = page(*noted(house, care))
        assert 'value="released"' not in anna.get(where).text
        assert consider(anna, where, refused, "sign").status_code == 403
    assert 'value="partly"' not in anna.get(page(*noted(house, Care.VIOLENCE))).text


def test_a_colleague_without_the_case_is_offered_nothing(house: House) -> None:
    case, note = noted(house)
    samir = Desk(house, SAMIR)

    assert "/lamna-ut" not in samir.get(f"{at(case)}/journal/{note}").text
    assert samir.get(page(case, note)).status_code == 403


def test_what_changed_since_it_was_read_is_not_released(house: House) -> None:
    case, note = noted(house)
    anna, maria, where = Desk(house), Desk(house, MARIA), page(case, note)
    annas = consider(anna, where, RELEASED)
    consider(maria, where, WITHHELD, "sign")

    late = anna.resend(annas, where, go="sign")
    assert late.status_code == 409
    assert "Lämnas inte ut" in anna.get(f"{at(case)}/journal").text
    fresh = consider(anna, where, RELEASED)
    add(house, case, note, "Farmor bor på Storgatan.")
    assert anna.resend(fresh, where, go="sign").status_code == 409


def test_an_addition_after_the_review_asks_for_another(house: House) -> None:
    case, note = noted(house)
    anna, where = Desk(house), page(case, note)
    consider(anna, where, RELEASED, "sign")
    add(house, case, note, "Farmor bor på Storgatan.")

    assert "Tillägg att pröva" in anna.get(f"{at(case)}/journal").text
    assert "är inte prövat" in anna.get(f"{at(case)}/journal/{note}").text
    assert "Tillägg: Farmor bor på Storgatan." in anna.get(where).text


@pytest.mark.parametrize("extra", [{"rank": "1"}, {"keep": ["9"]}, {"keep": ["9" * 5000]}])
def test_fields_that_no_page_of_ours_sends_are_refused(house: House, extra: dict[str, object]) -> None:
    assert consider(Desk(house), page(*noted(house)), {**PARTLY, **extra}).status_code == 400


@pytest.mark.parametrize("keep", ["²", "x", "-1", ""])
def test_a_passage_that_is_no_number_keeps_nothing(house: House, keep: str) -> None:
    assert consider(Desk(house), page(*noted(house)), {**PARTLY, "keep": [keep]}).status_code == 422
