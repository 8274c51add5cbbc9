"""What staff write together before signing: nothing that anybody saved goes unread with somebody else's signature."""

from datetime import timedelta

import pytest

from shared.app import House
from shared.domain.ids import CaseId, DraftId
from shared.ports.keys import KeyGone
from shared.ports.store import AlreadyExists, Conflict
from shared.records.drafts import LIFE, STAFF_FORM, Draft, staff_form_id
from tests.cases import PROTECTION
from tests.houses import demo_house
from tests.people import ANNA
from tests.records.reports import Forms, filed_case


def taken_case(house: House) -> CaseId:
    case = filed_case(house)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    return case


def begun(house: House, case: CaseId) -> Draft:
    id = staff_form_id(case, "skyddsbedomning")
    return house.drafts.begin(STAFF_FORM, id, case, form="skyddsbedomning", version="1", answers={"reasons": "Först."})


def test_a_text_that_a_colleague_saved_meanwhile_is_not_lost_by_signing() -> None:
    house = demo_house()
    case = taken_case(house)
    read = begun(house, case)
    house.drafts.save(read, {"reasons": "Kollegans nya uppgifter."})

    with pytest.raises(Conflict):
        house.caseworker.assess(ANNA, case, PROTECTION, Forms(ANNA).new(), read)

    kept = house.drafts.find(read.id, case)
    assert kept is not None
    assert kept.answers == {"reasons": "Kollegans nya uppgifter."}


def test_a_signed_draft_is_gone() -> None:
    house = demo_house()
    case = taken_case(house)
    draft = begun(house, case)

    house.caseworker.assess(ANNA, case, PROTECTION, Forms(ANNA).new(), draft)

    assert house.drafts.find(draft.id, case) is None


def test_a_draft_stays_when_its_form_had_been_sent_with_other_words() -> None:
    house = demo_house()
    case = taken_case(house)
    draft, forms = begun(house, case), Forms(ANNA)
    other = filed_case(house)
    once = forms.new(case=other)
    house.caseworker.take(ANNA, other, once)

    sent = house.caseworker.assess(ANNA, case, PROTECTION, type(once)(once.owner, once.id, {"case": case}), draft)

    assert not sent.same
    assert house.drafts.find(draft.id, case) is not None


def test_an_expired_draft_that_no_sweep_has_reached_is_in_nobodys_way() -> None:
    house = demo_house()
    case = taken_case(house)
    old = begun(house, case)
    house.clock.advance(LIFE[STAFF_FORM] + timedelta(minutes=1))  # type: ignore[attr-defined]

    new = begun(house, case)
    saved = house.drafts.save(new, {"reasons": "Mer."})

    found = house.drafts.find(DraftId(old.id), case)
    assert found is not None
    assert (found.answers, found.rev) == ({"reasons": "Mer."}, saved.rev)
    with pytest.raises(KeyGone):
        house.cipher.seal(old.key, b"", ())


def test_a_living_draft_is_not_begun_again() -> None:
    house = demo_house()
    case = taken_case(house)
    begun(house, case)

    with pytest.raises(AlreadyExists):
        begun(house, case)

    assert house.drafts.find(staff_form_id(case, "skyddsbedomning"), case) is not None
