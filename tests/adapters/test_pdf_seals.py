"""The seal: it holds for what was sealed and for nothing else, and two other readers say so too."""

import subprocess
from asyncio import new_event_loop
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader, PdfWriter

from shared.adapters import pdf_seals
from shared.adapters.pdf_seals import PdfSeals
from shared.adapters.seal_identity import SealIdentity, identity_in, practice_identity
from shared.adapters.seal_reading import read_seals
from shared.domain.originals import Checked, Verdict
from shared.ports.keys import Tampered
from shared.ports.seals import CannotSeal, SealRefusal
from tests.adapters.seals import AT, KEY, OTHERS, OURS, check, organisation, sealed, seals, unsealed, vouched_for

UNKNOWN, ALTERED = Checked(Verdict.UNKNOWN), Checked(Verdict.ALTERED)


def test_what_we_sealed_is_valid_and_says_when() -> None:
    assert check(sealed()) == Checked(Verdict.VALID, AT)


def test_a_seal_can_be_made_where_an_event_loop_is_running() -> None:
    async def inside() -> bytes:
        return seals().seal(unsealed(), AT)

    with closing(new_event_loop()) as loop:
        assert check(loop.run_until_complete(inside())) == Checked(Verdict.VALID, AT)


def test_a_file_of_our_own_says_when_it_was_sealed() -> None:
    assert seals().sealed_at(sealed()) == AT
    assert seals().sealed_at(seals(organisation()).seal(unsealed(), AT)) == AT


@pytest.mark.parametrize("kept", [b"", b"%PDF-1.7", unsealed()])
def test_a_kept_file_without_a_seal_is_no_original(kept: bytes) -> None:
    with pytest.raises(Tampered):
        seals().sealed_at(kept)


@pytest.mark.parametrize("elliptic", [True, False])
def test_an_organisations_certificate_seals_whatever_its_key(elliptic: bool) -> None:
    town = organisation(elliptic=elliptic)

    assert check(seals(town).seal(unsealed(), AT), OURS, town) == Checked(Verdict.VALID, AT)


def test_a_seal_is_known_after_its_certificate_has_expired() -> None:
    old = organisation(ends=AT + timedelta(days=1))

    assert check(seals(old).seal(unsealed(), AT), old, OURS) == Checked(Verdict.VALID, AT)


def test_what_is_not_sealed_or_sealed_by_others_is_unknown() -> None:
    assert check(unsealed()) == UNKNOWN
    assert check(seals(OTHERS).seal(unsealed(), AT)) == UNKNOWN
    assert check(sealed(), OTHERS) == UNKNOWN


def test_something_appended_after_the_seal_is_an_alteration_however_harmless() -> None:
    assert check(sealed() + b"\n") == ALTERED
    assert check(sealed() + b"\n% no more than a comment\n%%EOF\n") == ALTERED


def test_a_large_file_behind_the_seal_costs_nothing_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_seals, "_WORKER", ("no such program",))

    assert check(sealed() + b"\n%" + bytes(9_000_000)) == ALTERED


def test_an_update_that_pyhankos_own_policy_lets_pass_is_an_alteration() -> None:
    writer = PdfWriter(BytesIO(sealed()), incremental=True)
    writer.add_metadata({"/Title": "Beslut: utredning inleds"})
    updated = BytesIO()
    writer.write(updated)

    assert updated.getvalue().startswith(sealed())
    assert check(updated.getvalue()) == ALTERED


def test_a_page_put_over_the_sealed_one_is_an_alteration() -> None:
    writer = PdfWriter(BytesIO(sealed()), incremental=True)
    writer.pages[0].merge_page(PdfReader(BytesIO(unsealed())).pages[0])
    shadowed = BytesIO()
    writer.write(shadowed)

    assert check(shadowed.getvalue()) == ALTERED


def test_a_seal_cut_out_and_put_into_another_file_proves_nothing() -> None:
    start = sealed().rindex(b"/Contents <")
    cut = sealed()[start : sealed().index(b">", start)]
    other = seals(OTHERS).seal(unsealed().replace(b"%\xe2", b"%\xe3", 1), AT)
    place = other.rindex(b"/Contents <")
    forged = other[:place] + cut + other[place + len(cut) :]

    assert check(forged).verdict is not Verdict.VALID


@pytest.mark.slow
def test_a_changed_byte_in_the_certificate_does_not_hide_that_the_file_was_ours() -> None:
    written = OURS.der.hex().upper().encode()
    start = sealed().index(written)
    with closing(new_event_loop()) as loop:
        for place in range(start, start + len(written), 9):
            changed = bytearray(sealed())
            changed[place] ^= 0x01
            assert read_seals(bytes(changed), [OURS.der], loop) == ALTERED, place


@pytest.mark.slow
def test_no_changed_byte_anywhere_leaves_a_file_valid() -> None:

    loop = new_event_loop()
    padding = sealed().rindex(b"0" * 400)
    for place in [*range(0, len(sealed()), 211), padding, len(sealed()) - 1]:
        changed = bytearray(sealed())
        changed[place] ^= 0x01
        assert read_seals(bytes(changed), [OURS.der], loop).verdict is not Verdict.VALID, place
    loop.close()


@pytest.mark.poppler
def test_poppler_too_says_that_the_whole_document_is_signed_and_the_signature_valid(tmp_path: Path) -> None:
    path = tmp_path / "beslut.pdf"
    path.write_bytes(sealed())
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout

    assert "Total document signed" in said
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "TEST Exempelkommun" in said


@pytest.mark.poppler
def test_poppler_too_sees_a_changed_byte(tmp_path: Path) -> None:
    path = tmp_path / "beslut.pdf"
    path.write_bytes(sealed().replace(b"%PDF-1.7\n%\x80", b"%PDF-1.7\n%\x81", 1))
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout

    assert path.read_bytes() != sealed()
    assert "Signature is Valid" not in said


@pytest.mark.parametrize(
    ("identity", "reason"),
    [
        (organisation(ends=AT - timedelta(seconds=1)), SealRefusal.EXPIRED),
        (organisation(begins=AT + timedelta(seconds=1)), SealRefusal.NOT_YET_VALID),
        (organisation(usage=False), SealRefusal.KEY_USAGE),
        (organisation(usage=None), SealRefusal.KEY_USAGE),
    ],
)
def test_a_certificate_that_does_not_hold_seals_nothing_and_says_why(
    identity: SealIdentity, reason: SealRefusal
) -> None:
    assert seals(identity).refusal(AT) is reason
    with pytest.raises(CannotSeal) as refused:
        seals(identity).seal(unsealed(), AT)
    assert refused.value.reason is reason


def test_a_key_that_can_not_sign_seals_nothing_and_says_so() -> None:
    useless = SealIdentity(X25519PrivateKey.generate(), OURS.certificate)
    with pytest.raises(CannotSeal):
        seals(useless).seal(unsealed(), AT)


def test_whoever_trusts_the_authority_behind_our_certificate_can_check_the_seal_without_us() -> None:
    town, authority = vouched_for()
    [seal] = PdfFileReader(BytesIO(seals(town).seal(unsealed(), AT))).embedded_signatures
    root = asn1.Certificate.load(authority.public_bytes(Encoding.DER))
    trusted = ValidationContext(trust_roots=[root], moment=AT, allow_fetching=False)
    status = validate_pdf_signature(seal, trusted)

    assert status.bottom_line
    assert status.trusted
    assert status.docmdp_ok


def p12(tmp_path: Path, identity: SealIdentity, passphrase: bytes = b"") -> Path:
    path = tmp_path / "stampel.p12"
    how = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", identity.key, identity.certificate, None, how))  # type: ignore[arg-type]
    return path


def test_the_organisations_file_is_opened_with_the_passphrase_in_another(tmp_path: Path) -> None:
    town = organisation()
    secret = tmp_path / "passphrase"
    secret.write_bytes(b"hemligt\n")

    assert identity_in(p12(tmp_path, town, b"hemligt"), secret).certificate == town.certificate
    assert identity_in(p12(tmp_path, town), None).certificate == town.certificate


def test_a_file_that_is_missing_wrong_or_locked_is_said_to_be_so(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(b"fel")
    for path, passphrase, reason in (
        (tmp_path / "none.p12", None, SealRefusal.MISSING),
        (wrong, None, SealRefusal.UNREADABLE),
        (p12(tmp_path, organisation(), b"hemligt"), wrong, SealRefusal.UNREADABLE),
        (p12(tmp_path, organisation(), b"hemligt"), tmp_path / "none", SealRefusal.MISSING),
    ):
        assert PdfSeals(lambda path=path, passphrase=passphrase: identity_in(path, passphrase)).refusal(AT) is reason  # type: ignore[misc]


def test_the_practice_certificate_says_that_it_is_a_test_and_is_the_same_for_the_same_key() -> None:
    assert "TEST" in OURS.certificate.subject.rfc4514_string()
    assert practice_identity(KEY, "Exempelkommun").der == OURS.der
    assert OTHERS.der != OURS.der
