"""A key whose data never came, or is gone, goes after a day; a key that something needs never does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.app import House
from shared.domain.cases import CasePerson
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, KeyId, PersonIndex
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Create
from shared.records.drafts import STAFF_FORM, staff_form_id
from tests.cases import PROTECTION, filed, preliminary_form
from tests.houses import HandClock, demo_house, login
from tests.people import ANNA, ELSA
from tests.records.reports import Forms, draft_of, file_report, filed_case

NEW_AKT = "0123456789abcdef0123456789abcdef"
PLACE = ("tenant", "cases", "c", "core", "1", "1")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> House:
    return demo_house(clock=clock)


def keys(house: House) -> set[str]:
    """The keys that are stored."""
    return {id for collection, id in house.kept.ring._store._documents if collection == "data_keys"}  # type: ignore[attr-defined]


def later(house: House, clock: HandClock, **span: float) -> None:
    clock.advance(timedelta(**span))
    house.sweep.run()


def akt_of(house: House, case: CaseId) -> str:
    document = house.store.get("cases", case)
    assert document is not None
    return str(document.fields["akt"])


@pytest.mark.parametrize("owner", [NEW_AKT, f"draft:{'e' * 32}.exempelskolan", "sessions"])
def test_a_key_whose_data_never_came_is_gone_after_a_day(house: House, clock: HandClock, owner: str) -> None:
    lost = house.kept.ring.create(owner, Retention.FIVE_YEARS_NOT_OPENED)

    later(house, clock, hours=24, seconds=1)

    with pytest.raises(KeyGone):
        house.cipher.seal(lost, b"", PLACE)


def test_data_that_come_late_find_their_key_and_keep_it(house: House, clock: HandClock) -> None:
    key = house.kept.ring.create(NEW_AKT, Retention.FIVE_YEARS_NOT_OPENED)
    later(house, clock, hours=23, minutes=59)

    sealed = house.cipher.seal(key, b"oro", PLACE)
    house.store.commit([Create("cases", "c", {"akt": NEW_AKT, "opened_at": clock.now(), "key": key})])
    later(house, clock, days=2)

    assert house.cipher.open(key, sealed, PLACE) == b"oro"


def test_a_key_that_something_needs_is_never_swept(house: House, clock: HandClock) -> None:
    case = filed_case(house)
    desk, forms = house.caseworker, Forms(ANNA)
    desk.take(ANNA, case, forms.new())
    desk.assess(ANNA, case, PROTECTION, forms.new(), None)
    desk.decide(ANNA, case, preliminary_form(Outcome.OPEN), title="t", submission=forms.new(), draft=None)
    file_report(house)
    file_report(house, replace(filed(), child=CasePerson(described="Pojke i 2B")))
    draft_of(house)
    other = staff_form_id(case, "skyddsbedomning")
    house.drafts.begin(STAFF_FORM, other, case, form="skyddsbedomning", version="1", answers={})
    login(house, ELSA)
    later(house, clock, minutes=5)  # what was sent leaves a draft behind, which goes with its key
    before = keys(house)

    later(house, clock, hours=25)
    assert keys(house) >= before
    later(house, clock, days=3)
    assert len(before - keys(house)) == 1, "the key of the day on which somebody logged in, and no other"


def test_a_lost_key_of_a_known_child_goes_alone(house: House, clock: HandClock) -> None:
    akt = akt_of(house, filed_case(house))
    later(house, clock, minutes=5)
    used = keys(house)
    house.kept.ring.create(akt, Retention.FIVE_YEARS_NOT_OPENED)

    later(house, clock, hours=25)

    assert keys(house) == used


def test_a_draft_that_went_without_its_key_takes_it_along_a_day_later(
    house: House, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_of(house)
    later(house, clock, days=3)
    with monkeypatch.context() as crash:
        crash.setattr(house.kept.ring, "erase", lambda id: None)
        file_report(house, draft=draft)
    assert draft.key in keys(house)

    later(house, clock, days=1)

    assert draft.key not in keys(house)


def test_each_run_looks_at_a_hundred_keys_and_the_next_goes_on_from_there(house: House, clock: HandClock) -> None:
    used = [draft_of(house, replace(ELSA, person=PersonIndex(f"{n:032x}"))).key for n in range(150)]
    clock.advance(timedelta(seconds=1))
    lost = house.kept.ring.create(NEW_AKT, Retention.FIVE_YEARS_NOT_OPENED)

    later(house, clock, hours=25)
    assert lost in keys(house)
    later(house, clock, minutes=5)

    assert lost not in keys(house)
    assert set(used) <= keys(house)


def test_a_round_that_is_done_is_not_begun_again_within_the_hour(house: House, clock: HandClock) -> None:
    filed_case(house)
    later(house, clock, hours=25)
    house.store.clear()  # type: ignore[attr-defined]

    later(house, clock, minutes=5)

    assert "akter" not in house.store.by_collection()  # type: ignore[attr-defined]


def test_many_keys_without_data_mean_a_lost_store_and_none_is_erased(house: House, clock: HandClock) -> None:
    for n in range(21):
        house.kept.ring.create(f"{n:032x}", Retention.FIVE_YEARS_NOT_OPENED)
    before = keys(house)

    later(house, clock, hours=25)

    assert keys(house) >= before


def test_a_key_of_an_unknown_owner_is_left_alone(house: House, clock: HandClock) -> None:
    kept = house.kept.ring.create("letters", Retention.FIVE_YEARS_NOT_OPENED)

    later(house, clock, hours=25)

    assert kept in keys(house)


def test_a_place_that_can_not_be_read_begins_the_round_anew(house: House, clock: HandClock) -> None:
    lost = house.kept.ring.create(NEW_AKT, Retention.FIVE_YEARS_NOT_OPENED)
    house.store.commit([Create("sweeps", "keys", {"began_at": clock.now(), "cursor": "gone", "schema": 1})])

    later(house, clock, hours=25)
    later(house, clock, minutes=5)

    assert KeyId(lost) not in keys(house)
