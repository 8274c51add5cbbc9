"""Whose seal it is: a certificate and its key, from the organisation's file, or made up at stage demo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID

from shared.ports.seals import CannotSeal, SealRefusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SealIdentity:
    """A private key, its certificate and the certificates of those who vouch for it."""

    key: "PrivateKeyTypes"
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        """The certificate itself."""
        return self.certificate.public_bytes(Encoding.DER)

    def refusal(self, at: datetime) -> SealRefusal | None:
        """Why it may not seal at this instant, or None."""
        if at < self.certificate.not_valid_before_utc:
            return SealRefusal.NOT_YET_VALID
        if at > self.certificate.not_valid_after_utc:
            return SealRefusal.EXPIRED
        return None if _may_sign(self.certificate) else SealRefusal.KEY_USAGE


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate says that its key signs, or stands for a content (RFC 5280, 4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return usage.digital_signature or usage.content_commitment


def identity_in(path: Path, passphrase: Path | None) -> SealIdentity:
    """The identity in a PKCS#12 file whose passphrase, if any, is the content of another.

    Raises `CannotSeal`: missing, or unreadable when it holds anything but one key and its certificate.
    """
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        secret = passphrase.read_bytes().strip() if passphrase else None
        key, certificate, chain = pkcs12.load_key_and_certificates(path.read_bytes(), secret or None)
    except FileNotFoundError as error:
        raise CannotSeal(SealRefusal.MISSING) from error
    except (OSError, ValueError, TypeError) as error:
        raise CannotSeal(SealRefusal.UNREADABLE) from error
    if key is None or certificate is None or key.public_key() != certificate.public_key():
        raise CannotSeal(SealRefusal.UNREADABLE)
    return SealIdentity(key, certificate, tuple(chain))


def practice_key() -> bytes:
    """A new key for `practice_identity` (PKCS #8 in DER): RSA, as PDF/A-2 knows no elliptic ones."""
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def practice_identity(key: bytes, organisation: str) -> SealIdentity:
    """A certificate for stage demo that says of itself that it is a test; it follows from key and name alone.

    Raises `CannotSeal` for a key of another kind than `practice_key` makes.
    """
    private = load_der_private_key(key, None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise CannotSeal(SealRefusal.UNREADABLE)
    called = f"TEST {organisation}"[:60]
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, called),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{called[:40]}, gäller inte"),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder(name, name, private.public_key(), 1, _FROM, _UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(private, hashes.SHA256())
    )
    return SealIdentity(private, certificate)


Source = Callable[[], SealIdentity]
"""Gives the identity when it is first needed; raises `CannotSeal`."""
