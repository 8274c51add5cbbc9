"""The test e-ID's signing key: made once and kept in the data folder, so that a restart breaks no login."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shared.adapters.durable_files import write_durably

ALG: Final = "ES256"


@dataclass(frozen=True, slots=True)
class EidKey:
    """A private key in PEM, its id, and the public half as a JWK."""

    pem: bytes
    kid: str
    public: dict[str, Any]


def eid_key(folder: Path) -> EidKey:
    """The key in the folder, made when it is not there."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    path = folder / "test-eid.pem"
    if not path.exists():
        _write(path)
    pem = path.read_bytes()
    key = load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(path.name)
    return _described(pem, key.public_key())


def _described(pem: bytes, public: Any) -> EidKey:
    from jwt.algorithms import ECAlgorithm

    jwk = ECAlgorithm.to_jwk(public, as_dict=True)
    kid = hashlib.sha256(f"{jwk['x']}.{jwk['y']}".encode()).hexdigest()[:16]
    return EidKey(pem, kid, {**jwk, "kid": kid, "use": "sig", "alg": ALG})


def _write(path: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, pem)
