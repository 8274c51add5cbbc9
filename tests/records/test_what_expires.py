"""What has served its time goes, and nothing that somebody still writes."""

from datetime import timedelta

import pytest

from shared.ports.keys import KeyGone
from shared.records.drafts import MOST, report_owner
from tests.houses import HandClock, demo_house
from tests.people import CIA, ELSA
from tests.records.reports import draft_of, file_report

OWNER = report_owner(ELSA)


def test_an_expired_draft_and_its_key_are_gone() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    draft = draft_of(house)
    clock.advance(timedelta(days=7, minutes=1))

    house.sweep.run()

    assert house.store.get("drafts", draft.id) is None
    with pytest.raises(KeyGone):
        house.cipher.seal(draft.key, b"", ())


def test_twenty_drafts_are_as_many_as_somebody_may_have_at_a_time() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    drafts = [draft_of(house) for _ in range(MOST)]
    assert house.drafts.full(OWNER)
    assert not house.drafts.full(report_owner(CIA))

    file_report(house, draft=drafts[0])
    assert not house.drafts.full(OWNER)

    draft_of(house)
    assert house.drafts.full(OWNER)
    clock.advance(timedelta(days=7))
    assert not house.drafts.full(OWNER)


def test_saving_a_draft_lets_it_live_another_week() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    draft = draft_of(house)
    clock.advance(timedelta(days=6))
    house.drafts.save(draft, {"concern_description": "Mer."})
    clock.advance(timedelta(days=6))

    house.sweep.run()

    found = house.drafts.find(draft.id, OWNER)
    assert found is not None
    assert found.answers == {"concern_description": "Mer."}


def test_an_expired_draft_is_answered_as_gone_before_the_sweep_comes() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    draft = draft_of(house)
    clock.advance(timedelta(days=7, minutes=1))

    assert house.drafts.find(draft.id, OWNER) is None
    assert house.drafts.of(OWNER) == []


def test_what_was_sent_is_remembered_for_thirty_days() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    draft = draft_of(house)
    report = file_report(house, draft=draft).result

    clock.advance(timedelta(days=29))
    house.sweep.run()
    assert house.reporting.sent_before(ELSA, draft.id) == report

    clock.advance(timedelta(days=2))
    house.sweep.run()
    assert house.reporting.sent_before(ELSA, draft.id) is None
