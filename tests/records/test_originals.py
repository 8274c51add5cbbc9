"""Originals: made once from the decision, kept sealed, opened by the unit, and never in the decision's way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from pypdf import PdfReader

from shared.adapters.memory_store import MemoryStore
from shared.app import House, assemble
from shared.app.foundations import fresh
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, ItemId, KeyId
from shared.domain.originals import Verdict
from shared.domain.queries import CASE_DISCLOSURES
from shared.domain.retention import Retention
from shared.ports.keys import Tampered
from shared.ports.seals import SealRefusal
from shared.ports.store import Unavailable
from shared.settings import Stage
from tests.adapters.faulty_store import FaultyStore
from tests.adapters.seals import organisation
from tests.cases import preliminary_form
from tests.houses import DEMO, HandClock, demo_house, kept
from tests.people import ANNA, ELSA, SAMIR, STRANGER
from tests.records.test_deciding_a_case import assessed_case, decide


def decided_case(house: House, outcome: Outcome = Outcome.NOT_OPEN) -> tuple[CaseId, ItemId]:
    case = assessed_case(house)
    decide(house, case, preliminary_form(outcome))
    found = house.files.case(ANNA, case)
    assert found is not None
    assert found.decision is not None
    return case, found.decision


def rows(house: House) -> int:
    return sum(key[0] == "originals" for key in house.store._store._documents)  # type: ignore[attr-defined]


def test_the_original_says_what_was_decided_and_bears_the_seal() -> None:
    house = demo_house()
    case, decision = decided_case(house)
    made = house.originals.make(decision)
    assert made is not None
    opened = house.originals.open(ANNA, case, made.id)
    assert opened is not None
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(opened[1])).pages)

    assert "Socialnämnden inleder inte någon utredning." in text
    assert "Familjen har redan det stöd som behövs." in text
    assert "Nova Exempel" in text
    assert made.reference in text
    assert house.seals.check(opened[1], [house.seals.certificate()]).verdict is Verdict.VALID
    assert sha256(opened[1]).hexdigest() == made.sha256


def test_a_second_making_finds_the_first() -> None:
    house = demo_house()
    case, decision = decided_case(house)
    first = house.originals.make(decision)
    house.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]

    assert first is not None
    assert house.originals.make(decision) == replace(first, rev=1)
    assert house.originals.make_of(case) == replace(first, rev=1)
    assert house.originals.of_case(case) == [replace(first, rev=1)]


def test_of_many_who_make_it_at_once_all_have_the_same_one() -> None:
    house = demo_house()
    _, decision = decided_case(house)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: house.originals.make(decision), range(4)))

    assert len({one and one.sha256 for one in made}) == 1
    assert rows(house) == 1


def test_a_file_left_by_a_process_that_ended_too_early_is_the_original() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    case, decision = decided_case(house)
    house.originals._remember(house.seals.certificate())
    assert house.municipality.staff, "read before the fault"
    store.fail_commits_before(1)
    assert house.originals.make(decision) is None
    left = house.kept.files.held.copy()  # type: ignore[attr-defined]
    sealed_at = house.clock.now()
    house.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]

    made = house.originals.make(decision)

    assert made is not None
    assert made.sealed_at == sealed_at, "the seal's own instant, not that of the sweep that found it"
    assert house.kept.files.held == left  # type: ignore[attr-defined]
    assert house.originals.open(ANNA, case, decision) is not None


def test_a_decision_whose_original_fails_stands_and_a_later_sweep_makes_it() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    case, decision = decided_case(house)
    house.originals._with = replace(house.originals._with, paper=lambda _: None)

    assert house.originals.make(decision) is None
    assert house.originals.find(decision) is None
    clock.advance(timedelta(minutes=5))
    assert house.waiting_originals.make() == 0

    del house.__dict__["originals"], house.__dict__["waiting_originals"]
    clock.advance(timedelta(minutes=5))
    assert house.waiting_originals.make() == 1
    assert house.originals.find(decision) is not None
    assert house.waiting_originals.make() == 0
    assert len(house.originals.of_case(case)) == 1


def test_a_sweep_leaves_the_decision_of_this_minute_to_the_one_who_signs_it() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    decided_case(house)

    assert house.waiting_originals.make() == 0
    clock.advance(timedelta(minutes=3))
    assert house.waiting_originals.make() == 1


def test_without_a_certificate_a_decision_is_saved_and_staff_are_told_why_there_is_no_original() -> None:
    house = assemble(replace(DEMO, stage=Stage.PRODUCTION, origin="https://localhost"), kept())
    case, decision = decided_case(house)

    assert house.originals.make(decision) is None
    assert house.originals.refusal() is SealRefusal.MISSING
    found = house.files.case(ANNA, case)
    assert found is not None
    assert found.decision == decision


def test_in_production_the_organisations_own_certificate_seals(tmp_path: Path) -> None:
    town, path = organisation(), tmp_path / "stampel.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", town.key, town.certificate, None, NoEncryption()))  # type: ignore[arg-type]
    house = assemble(replace(DEMO, stage=Stage.PRODUCTION, origin="https://localhost", seal_file=path), kept())
    _, decision = decided_case(house)
    made = house.originals.make(decision)

    assert made is not None
    assert town.der.hex().encode() in house.originals.content(made).lower()


def test_without_a_store_making_an_original_is_left_for_later() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    case, decision = decided_case(house)
    store.fail_reads(1)
    assert house.originals.make(decision) is None
    store.fail_reads(1)
    assert house.originals.make_of(case) is None
    store.fail_reads(1)
    with pytest.raises(Unavailable):
        house.waiting_originals.make()


def test_only_the_unit_opens_it_and_each_opening_is_logged_first() -> None:
    house = demo_house()
    case, decision = decided_case(house)
    house.originals.make(decision)
    other, _ = decided_case(house)

    assert house.originals.open(SAMIR, case, decision) is not None
    for outsider in (STRANGER, ELSA):
        assert house.originals.open(outsider, case, decision) is None
    assert house.originals.open(ANNA, other, decision) is None
    assert house.originals.open(ANNA, case, ItemId(fresh())) is None
    logged = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=10).documents
    assert [(one.fields["what"], one.fields["actor"]) for one in logged] == [("original", "samir.exempel")]


def test_when_the_opening_can_not_be_logged_nothing_is_shown() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    case, decision = decided_case(house)
    house.originals.make(decision)
    store.fail_commits_before(1)

    with pytest.raises(Unavailable):
        house.originals.open(ANNA, case, decision)


def test_another_file_in_its_place_is_never_given_out() -> None:
    house = demo_house()
    case, decision = decided_case(house)
    made = house.originals.make(decision)
    assert made is not None
    house.kept.files.delete(made.file)
    house.kept.files.write(made.file, made.key, [b"%PDF-1.7 another"])

    with pytest.raises(Tampered):
        house.originals.open(ANNA, case, decision)


def test_the_row_tells_nothing_of_the_child_and_the_file_is_sealed() -> None:
    house = demo_house()
    _, decision = decided_case(house)
    made = house.originals.make(decision)
    stored = house.store.get("originals", decision)
    assert made is not None
    assert stored is not None

    assert "Nova" not in str(stored.fields)
    assert b"%PDF" not in house.kept.files.held[made.file]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("outcome", "kept_as"), [(Outcome.NOT_OPEN, Retention.FIVE_YEARS_NOT_OPENED), (Outcome.OPEN, Retention.CHILD_30)]
)
def test_it_is_kept_as_long_as_its_case(outcome: Outcome, kept_as: Retention) -> None:
    house = demo_house()
    case, decision = decided_case(house, outcome)
    made = house.originals.make(decision)
    found = house.files.case(ANNA, case)
    assert made is not None
    assert found is not None

    assert made.key == found.key
    assert _class_of(house, made.key) == kept_as


def _class_of(house: House, key: KeyId) -> str:
    ring = house.kept.ring._store  # type: ignore[attr-defined]
    return str(ring.get("data_keys", key).fields["retention"])
