"""Which e-ID providers an installation trusts: read from the municipality file, and refused if they are unsafe."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from shared.domain.login import LOWEST_ASSURANCE, Audience, Broker, ClaimNames, ClientKey
from shared.settings import LOOPBACK, BadSettings, Settings

ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
TEST_ID: Final = "test-eid"
TEST_CLIENT: Final = "troskelfri"
LOA3: Final = "http://id.elegnamnden.se/loa/1.0/loa3"


def load_brokers(settings: Settings) -> tuple[Broker, ...]:
    """At stage demo the test e-ID alone; in production the file's `[[brokers]]`, maybe none.

    Raises `BadSettings` for a provider that is reached without https, is below assurance level 3, mixes families
    of algorithms, or lacks something.
    """
    if settings.demo:
        return (checked(_test_eid(settings.origin), settings),)
    found = tomllib.loads(settings.municipality.read_text("utf-8")).get("brokers", [])
    brokers = tuple(checked(_broker(one, settings.municipality.parent), settings) for one in found)
    if len({one.id for one in brokers}) != len(brokers):
        raise BadSettings("Two brokers in the municipality file have the same id.")
    return brokers


def checked(broker: Broker, settings: Settings) -> Broker:
    """The broker if it is safe to trust at this stage, otherwise `BadSettings`."""
    if not safe_address(broker.issuer, broker.hosts, demo=settings.demo):
        raise BadSettings(f"Broker '{broker.id}': the issuer must be an https address on one of its hosts.")
    if broker.id == TEST_ID and not settings.demo:
        raise BadSettings("The test e-ID exists at stage demo only.")
    if not broker.algs or not ALGORITHMS.issuperset(broker.algs) or len({alg[:2] for alg in broker.algs}) != 1:
        raise BadSettings(f"Broker '{broker.id}': algs must name algorithms of one asymmetric family.")
    if not broker.acr or min(broker.acr.values()) < LOWEST_ASSURANCE:
        raise BadSettings(f"Broker '{broker.id}': every acr must be of assurance level {LOWEST_ASSURANCE} or higher.")
    if "openid" not in broker.scopes or not broker.audiences or not broker.client_id:
        raise BadSettings(f"Broker '{broker.id}' needs a client_id, an audience and the scope openid.")
    return broker


def safe_address(address: object, hosts: frozenset[str], *, demo: bool) -> bool:
    """Whether we may call this address for a broker: https on its own hosts; http on loopback at stage demo only."""
    if not isinstance(address, str) or not address.isascii():
        return False
    parts = urlsplit(address)
    if parts.hostname not in hosts or parts.username or parts.fragment or "\\" in address:
        return False
    return parts.scheme == "https" or (demo and parts.scheme == "http" and parts.hostname in LOOPBACK)


def _test_eid(origin: str) -> Broker:
    return Broker(
        id=TEST_ID,
        names={"sv": "Övnings-id", "en": "Practice ID"},
        hints={"sv": "Bara i övningsmiljön. Påhittade personer.", "en": "Practice only. The people are made up."},
        issuer=f"{origin}/{TEST_ID}",
        client_id=TEST_CLIENT,
        algs=("ES256",),
        acr={LOA3: 3},
        audiences=frozenset(Audience),
        hosts=frozenset({urlsplit(origin).hostname or ""}),
    )


def _broker(table: Mapping[str, Any], folder: Path) -> Broker:
    try:
        return Broker(
            id=table["id"],
            names=table["name"],
            hints=table["hint"],
            issuer=table["issuer"],
            client_id=table["client_id"],
            algs=tuple(table["algs"]),
            acr=dict(table["acr"]),
            audiences=frozenset(Audience(one) for one in table["audiences"]),
            hosts=frozenset(table.get("hosts", [urlsplit(table["issuer"]).hostname])),
            scopes=tuple(table.get("scopes", ("openid",))),
            max_age=int(table.get("max_age", 300)),
            claims=ClaimNames(**table.get("claims", {})),
            client_key=_client_key(table.get("client_key"), folder),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSettings(f"A broker in the municipality file lacks or misspells something: {error}.") from None


def _client_key(table: Mapping[str, Any] | None, folder: Path) -> ClientKey | None:
    return None if table is None else ClientKey(**{**table, "file": folder / table["file"]})
