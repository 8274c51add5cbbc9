"""Reviews of notes as they are kept: sealed, open to one akt or to nobody's, and never overruled unseen."""

from dataclasses import replace

import pytest

from shared.app import House
from shared.domain.broken_rules import AlreadyDone, NotAllowed
from shared.domain.ids import CaseId, ItemId
from shared.domain.principals import Principal
from shared.domain.queries import RELEASED_OF_AKT
from shared.domain.releasing import Considered
from shared.domain.reviews import Result, ReviewCheck
from shared.ports.store import NotFound, Store
from shared.records.review_rows import read_shown
from shared.records.sealing import Sealing
from tests.houses import demo_house
from tests.notes import WORDS, sign_note
from tests.people import ANNA, MARIA, SAMIR, STRANGER
from tests.records.reports import Forms
from tests.records.test_journal import page_of, together
from tests.records.test_letters import annas_case


def review(house: House, case: CaseId, note: ItemId, said: Considered, by: Principal = ANNA, *, seen: int = 0) -> None:
    once = Forms(by).new(said=repr(said))
    house.journal.review(by, case, note, said, seen=seen, title="kurator", submission=once)


RELEASE = Considered(Result.RELEASED, frozenset(ReviewCheck), 0)
WITHHOLD = replace(RELEASE, result=Result.WITHHELD, ground="child", reason="Barnet far illa av det.")


def released(house: House, case: CaseId) -> list[str]:
    """What lies open in the case's akt."""
    document = house.store.get("cases", case)
    assert document is not None
    equals = {"open_to": document.fields["akt"]}
    return [one.id for one in house.store.query(RELEASED_OF_AKT, equals, limit=100).documents]


def test_a_review_is_kept_sealed_and_what_is_withheld_lies_in_nobodys_akt(store: Store) -> None:
    house = demo_house(store)
    case = annas_case(house)
    note = sign_note(house, case)
    assert released(house, case) == []
    review(house, case, note, RELEASE)
    assert released(house, case) == [note]
    review(house, case, note, WITHHOLD, seen=1)

    assert released(house, case) == []
    document = house.store.get("reviews", note)
    assert document is not None
    clear = repr({name: value for name, value in document.fields.items() if name != "sealed"})
    assert [one for one in (WORDS, "far illa", "child", "withheld", "call") if one in clear] == []
    assert read_shown(document, Sealing(house.cipher, house.settings.tenant)) is None
    found = house.journal.open(ANNA, case, note)
    assert found is not None
    assert found[1] is not None
    assert (found[1].result, found[1].reason) == (Result.WITHHELD, "Barnet far illa av det.")
    assert page_of(house, case).reviews == {note: found[1]}


def test_who_reviews_by_what_was_seen_never_overrules_a_colleague_unseen(store: Store) -> None:
    house = demo_house(store)
    case = annas_case(house)
    note = sign_note(house, case)
    wrong = together(
        lambda: review(house, case, note, RELEASE, ANNA), lambda: review(house, case, note, WITHHOLD, MARIA)
    )

    assert [type(one) for one in wrong] == [AlreadyDone]
    with pytest.raises(AlreadyDone):
        review(house, case, note, WITHHOLD, seen=0)
    with pytest.raises(NotFound):
        review(house, case, note, RELEASE, STRANGER, seen=1)
    with pytest.raises(NotAllowed):
        review(house, case, note, RELEASE, SAMIR, seen=1)
