"""What anybody may learn about a document: that it is ours and when, at the same cost whether it is or not."""

from dataclasses import replace
from io import BytesIO

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from pyhanko.pdf_utils.reader import PdfFileReader

from shared.adapters.memory_store import MemoryStore
from shared.adapters.pdf_seals import PdfSeals
from shared.app import House
from shared.domain.originals import Checked, Original, Verdict, code_from
from shared.domain.queries import SEAL_CERTIFICATES
from shared.ports.store import Delete, Unavailable
from shared.records.original_rows import CODE_SECRET
from tests.adapters.faulty_store import FaultyStore
from tests.adapters.seals import organisation, sealed
from tests.houses import demo_house
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

    assert costs[0].rpcs == costs[1].rpcs == costs[2].rpcs == 1
    assert {one.writes for one in costs} == {0}


def test_a_stranger_who_guesses_all_day_locks_nobody_out() -> None:
    house = demo_house()
    original, _, code = made(house)
    for number in range(200):
        wrong = f"K7TM-2XQA-{number:04}"
        assert house.verification.code(original.reference, wrong) == UNKNOWN

    assert house.verification.code(original.reference, code).verdict is Verdict.VALID


def test_the_code_alone_is_too_long_to_be_guessed() -> None:
    codes = {code_from(f"{number}") for number in range(2000)}
    letters = {letter for code in codes for letter in code.replace("-", "")}
    every = len(letters) ** len(next(iter(codes)).replace("-", ""))
    a_year_of_a_thousand_a_second = 1000 * 60 * 60 * 24 * 365

    assert len(codes) == 2000
    assert every / a_year_of_a_thousand_a_second > 7_000_000


def test_tries_leave_nothing_behind() -> None:
    house = demo_house()
    before = dict(house.store._store._documents)  # type: ignore[attr-defined]
    for number in range(50):
        house.verification.code(f"OA-{number:03}-XYZ", "K7TM-2XQA-9R4W")

    assert house.store._store._documents == before  # type: ignore[attr-defined]


def test_without_the_store_nothing_is_said_of_a_code() -> None:
    house = demo_house(store := FaultyStore(MemoryStore()))
    original, _, code = made(house)
    store.fail_reads(1)
    with pytest.raises(Unavailable):
        house.verification.code(original.reference, code)


def respelt(pdf: bytes) -> dict[str, bytes]:
    """The file with its seal written otherwise: what it says holds, and no signature covers how it is written."""
    [seal] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    _, before, after, _ = (int(number) for number in seal.byte_range)
    found = cms.ContentInfo.load(seal.pkcs7_content)
    between = pdf[before:after]

    def with_seal(written: bytes) -> bytes:
        return pdf[:before] + b"<" + written.hex().upper().encode().ljust(len(between) - 2, b"0") + b">" + pdf[after:]

    signer = found["content"]["signer_infos"][0]
    r, s = decode_dss_signature(signer["signature"].native)
    signer["signature"] = encode_dss_signature(r, SECP256R1.group_order - s)
    turned = with_seal(found.dump(force=True))
    other = cms.ContentInfo.load(seal.pkcs7_content)
    other["content"]["signer_infos"][0]["version"] = "v2"
    return {
        "the other of the two signatures that hold": turned,
        "another version": with_seal(other.dump(force=True)),
        "small letters": pdf[:before] + between.lower() + pdf[after:],
    }


def elliptic_house() -> House:
    """A house whose organisation has an elliptic key: of its signatures there are always two that hold."""
    house, town = demo_house(), organisation(elliptic=True)
    house.__dict__["seals"] = PdfSeals(lambda: town)
    return house


@pytest.mark.parametrize("how", ["the other of the two signatures that hold", "another version", "small letters"])
def test_a_file_that_differs_from_the_kept_original_in_the_seal_alone_is_altered(how: str) -> None:
    house = elliptic_house()
    _, pdf, _ = made(house)
    changed = respelt(pdf)[how]

    assert changed != pdf
    assert len(changed) == len(pdf)
    assert house.verification.file(changed).verdict is Verdict.ALTERED


def test_the_other_signature_holds_so_that_it_is_the_kept_original_that_tells() -> None:
    house = elliptic_house()
    original, pdf, _ = made(house)
    house.store.commit([Delete("originals", original.id)])
    turned = respelt(pdf)["the other of the two signatures that hold"]

    assert house.verification.file(turned) == Checked(Verdict.VALID, original.sealed_at)
