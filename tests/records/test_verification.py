"""What anybody may learn about a document: that it is ours and when, at the same cost whether it is or not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.adapters.pdf_seals import PdfSeals
from shared.app import House
from shared.domain.originals import Checked, Original, Verdict, code_from
from shared.domain.queries import SEAL_CERTIFICATES
from shared.ports.store import Delete, Unavailable
from shared.records.original_rows import CODE_SECRET
from shared.records.verification import HOUR, TRIES, TooManyTries
from tests.adapters.faulty_store import FaultyStore
from tests.adapters.seals import organisation, sealed
from tests.houses import HandClock, demo_house
from tests.records.test_originals import decided_case

UNKNOWN = Checked(Verdict.UNKNOWN)


def made(house: House) -> tuple[Original, bytes, str]:
    """An original, its bytes and the code that stands on it."""
    _, decision = decided_case(house)
    original = house.originals.make(decision)
    assert original is not None
    code = code_from(house.cipher.index(CODE_SECRET, decision))
    return original, house.originals.content(original), code


def test_an_original_is_valid_by_its_file_and_by_number_and_code() -> None:
    house = demo_house()
    original, pdf, code = made(house)
    valid = Checked(Verdict.VALID, original.sealed_at)

    assert house.verification.file(pdf) == valid
    assert house.verification.code(original.reference, code) == valid
    assert house.verification.code(original.reference.lower().replace("-", " "), code.lower()) == valid


def test_a_changed_file_is_altered_and_one_sealed_by_others_unknown() -> None:
    house = demo_house()
    _, pdf, _ = made(house)

    assert house.verification.file(pdf + b"\n").verdict is Verdict.ALTERED
    assert house.verification.file(pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1)).verdict is Verdict.ALTERED
    assert house.verification.file(sealed()) == UNKNOWN
    assert house.verification.file(b"") == UNKNOWN


def test_a_whole_seal_is_known_when_the_original_has_been_erased() -> None:
    house = demo_house()
    original, pdf, _ = made(house)
    house.store.commit([Delete("originals", original.id)])

    assert house.verification.file(pdf) == Checked(Verdict.VALID, original.sealed_at)


def test_what_an_earlier_certificate_sealed_is_valid_after_a_new_one_took_over() -> None:
    house = demo_house()
    original, pdf, _ = made(house)
    house.store.commit([Delete("originals", original.id)])
    town = organisation()
    house.__dict__["seals"] = PdfSeals(lambda: town)
    del house.__dict__["originals"]
    other, new, _ = made(house)

    assert len(house.store.query(SEAL_CERTIFICATES, {}, limit=10).documents) == 2
    assert house.verification.file(pdf).verdict is Verdict.VALID
    assert house.verification.file(new) == Checked(Verdict.VALID, other.sealed_at)


@pytest.mark.parametrize("number", ["", "OA-4T7-X9K", "OA" * 500, "\x00", "😭"])
def test_a_wrong_number_or_code_is_unknown(number: str) -> None:
    house = demo_house()
    original, _, code = made(house)

    assert house.verification.code(number, code) == UNKNOWN
    assert house.verification.code(original.reference, "K7TM-2XQA-9R4W") == UNKNOWN
    assert house.verification.code(original.reference, "") == UNKNOWN


def test_another_decisions_code_does_not_fit() -> None:
    house = demo_house()
    (one, _, _), (_, _, code) = made(house), made(house)

    assert house.verification.code(one.reference, code) == UNKNOWN


def test_a_known_and_an_unknown_code_cost_the_same() -> None:
    house = demo_house()
    original, _, code = made(house)
    costs = []
    for number, told in ((original.reference, code), (original.reference, "K7TM-2XQA-9R4W"), ("OA-4T7-X9K", code)):
        house.store.clear()  # type: ignore[attr-defined]
        house.verification.code(number, told)
        cost = house.store.cost()  # type: ignore[attr-defined]
        costs.append(replace(cost, reads=cost.reads - bool(number == original.reference and told == code)))

    assert costs[0].rpcs == costs[1].rpcs == costs[2].rpcs == 3
    assert len({one.writes for one in costs}) == 1


def test_a_number_can_be_tried_twenty_times_an_hour_with_any_code() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    original, pdf, code = made(house)
    for _ in range(TRIES):
        house.verification.code(original.reference, "K7TM-2XQA-9R4W")
    with pytest.raises(TooManyTries):
        house.verification.code(original.reference, code)

    assert house.verification.file(pdf).verdict is Verdict.VALID, "with the file there is nothing to guess"
    clock.advance(HOUR - timedelta(seconds=1))
    with pytest.raises(TooManyTries):
        house.verification.code(original.reference, code)
    clock.advance(timedelta(seconds=1))
    assert house.verification.code(original.reference, code).verdict is Verdict.VALID


def test_tries_leave_neither_numbers_nor_codes_behind() -> None:
    house = demo_house()
    for number in range(50):
        house.verification.code(f"OA-{number:03}-XYZ", "K7TM-2XQA-9R4W")
    stored = house.store._store._documents  # type: ignore[attr-defined]
    tried = {key: body for key, body in stored.items() if key[0] == "code_tries"}

    assert 0 < len(tried) <= 50
    assert "XYZ" not in str(tried)
    assert "K7TM" not in str(tried)


def test_when_tries_can_not_be_counted_nobody_is_answered() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    original, _, code = made(house)
    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        house.verification.code(original.reference, code)
    store.conflict_commits(4)
    with pytest.raises(TooManyTries):
        house.verification.code(original.reference, code)
