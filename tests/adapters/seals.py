"""Certificates and PDF files that tests seal with and seal."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from shared.adapters.pdf_seals import PdfSeals
from shared.adapters.seal_identity import SealIdentity, practice_identity, practice_key
from shared.adapters.typst_pages import typeset_original
from shared.domain.originals import Checked

AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
KEY = practice_key()
OURS = practice_identity(KEY, "Exempelkommun")
OTHERS = practice_identity(practice_key(), "Exempelkommun")
CONTENT: Mapping[str, object] = {
    "municipality": "Exempelkommun", "unit": "Mottagningen", "phone": "031-390 06 00", "visit": "Storgatan 1",
    "about": ["Nova Exempel", "19880420-2383"], "decision": "Socialnämnden inleder inte någon utredning.",
    "lagrum": "20 kap. 2 § socialtjänstlagen (2025:400)", "motivation": ["Familjen har stöd."], "date": "2026-11-03",
    "details": [], "by": ["Anna Exempel, socialsekreterare"], "reach": "", "appealable": False, "weeks": 3,
    "reference": "OA-4T7-X9K", "code": "K7TM-2XQA-9R4W", "check_at": "exempel.example.se/verifiera",
}  # fmt: skip


def seals(identity: SealIdentity = OURS) -> PdfSeals:
    """The seal of this identity."""
    return PdfSeals(lambda: identity)


def check(pdf: bytes, *known: SealIdentity) -> Checked:
    """What the file is to whoever has sealed with these, or with ours alone."""
    return seals().check(pdf, [one.der for one in known or (OURS,)])


@cache
def unsealed() -> bytes:
    """An original before it is sealed."""
    made = typeset_original(CONTENT)
    assert made is not None
    return made


@cache
def sealed() -> bytes:
    """The same, sealed by us."""
    return seals().seal(unsealed(), AT)


def organisation(
    *, begins: datetime = datetime(2026, 1, 1, tzinfo=UTC), ends: datetime = datetime(2027, 1, 1, tzinfo=UTC),
    usage: bool | None = True, elliptic: bool = False,
) -> SealIdentity:  # fmt: skip
    """An organisation's certificate; `usage` None says nothing of what the key is for."""
    key = ec.generate_private_key(ec.SECP256R1()) if elliptic else rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Exempelkommun, elektronisk stämpel")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, begins, ends)
    if usage is not None:
        said = x509.KeyUsage(
            digital_signature=False, content_commitment=usage, key_encipherment=not usage, data_encipherment=False,
            key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(said, critical=True)
    return SealIdentity(key, builder.sign(key, hashes.SHA256()))


def vouched_for() -> tuple[SealIdentity, x509.Certificate]:
    """An organisation whose certificate an authority has signed, and the authority's own."""
    key, town = rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)
    whole = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    said = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    above = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Exempelutfärdaren")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Exempelkommun, elektronisk stämpel")])
    authority = (
        x509.CertificateBuilder(above, above, key.public_key(), 1, *whole)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{**said, "key_cert_sign": True}), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate = (
        x509.CertificateBuilder(above, name, town.public_key(), 2, *whole)
        .add_extension(x509.KeyUsage(**{**said, "content_commitment": True}), critical=True)
        .sign(key, hashes.SHA256())
    )
    return SealIdentity(town, certificate, (authority,)), authority
