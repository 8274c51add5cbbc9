"""Which e-ID providers an installation may trust; an unsafe one stops the start with one clear line."""

from dataclasses import replace
from pathlib import Path

import pytest

from shared.adapters.brokers import checked, load_brokers, safe_address
from shared.demo.eid import create_eid
from shared.domain.login import Audience
from shared.settings import BadSettings, Settings, Stage
from tests.identity.broker_file import broker_table, production
from tests.identity.hostile_tokens import Hands

DEMO = Settings(stage=Stage.DEMO, origin="http://localhost:8080")
HERE = frozenset({"eid.example.se"})


def refused(folder: Path, words: str, **changed: str) -> None:
    with pytest.raises(BadSettings, match=words) as refusal:
        load_brokers(production(folder, broker_table(**changed)))
    assert "\n" not in str(refusal.value)


def test_a_broker_is_read_from_the_municipality_file(tmp_path: Path) -> None:
    (broker,) = load_brokers(production(tmp_path, broker_table()))
    assert (broker.id, broker.issuer, broker.algs) == ("freja", "https://eid.example.se", ("ES256",))
    assert (broker.audiences, broker.hosts) == (frozenset({Audience.RESIDENT}), HERE)
    assert broker.client_key is None


def test_a_broker_may_have_a_key_of_ours_and_claim_names_of_its_own(tmp_path: Path) -> None:
    table = broker_table(
        client_key='{ file = "freja.pem", id = "k1", alg = "ES256" }', claims='{ personnummer = "urn:pnr" }'
    )
    (broker,) = load_brokers(production(tmp_path, table))
    assert broker.client_key is not None
    assert (broker.client_key.file, broker.client_key.alg) == (tmp_path / "freja.pem", "ES256")
    assert (broker.claims.personnummer, broker.claims.name) == ("urn:pnr", "name")


def test_production_without_brokers_trusts_nobody(tmp_path: Path) -> None:
    assert load_brokers(production(tmp_path)) == ()


def test_at_stage_demo_the_test_e_id_is_the_only_broker(tmp_path: Path) -> None:
    settings = replace(DEMO, municipality=production(tmp_path, broker_table()).municipality)
    assert [one.id for one in load_brokers(settings)] == ["test-eid"]


def test_production_refuses_the_test_e_id(tmp_path: Path) -> None:
    (test_eid,) = load_brokers(DEMO)
    with pytest.raises(BadSettings):
        checked(test_eid, production(tmp_path))
    refused(tmp_path, "demo only", id='"test-eid"')
    with pytest.raises(BadSettings, match="demo only"):
        create_eid(production(tmp_path), Hands(), tmp_path)


@pytest.mark.parametrize(
    "issuer",
    [
        "http://eid.example.se",
        "http://localhost:8080/test-eid",
        "http://127.0.0.1",
        "file:///etc/passwd",
        "https://anna@eid.example.se",
        "https://eid.example.se#fragment",
        "eid.example.se",
    ],
)
def test_production_refuses_an_issuer_without_https(tmp_path: Path, issuer: str) -> None:
    refused(tmp_path, "https", issuer=f'"{issuer}"', hosts='["eid.example.se", "localhost", "127.0.0.1"]')


def test_plain_http_is_for_loopback_at_stage_demo_only() -> None:
    hosts = frozenset({"localhost", "eid.example.se"})
    assert safe_address("http://localhost:8080/x", hosts, demo=True)
    assert not safe_address("http://localhost:8080/x", hosts, demo=False)
    assert not safe_address("http://eid.example.se/x", hosts, demo=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.se/jwks",
        "https://eid.example.se.evil.example.se/jwks",
        "https://eid.example.se@evil.example.se/jwks",
        "https://eid.example.se\\@evil.example.se/",
        "https://169.254.169.254/latest",
        "ftp://eid.example.se/",
        "https://eïd.example.se/",
        None,
        7,
    ],
    ids=str,
)
def test_only_a_brokers_own_hosts_are_ever_called(address: object) -> None:
    assert not safe_address(address, HERE, demo=False)


def test_a_broker_below_assurance_level_3_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "assurance level", acr='{ "http://id.elegnamnden.se/loa/1.0/loa2" = 2 }')
    refused(tmp_path, "assurance level", acr="{}")


@pytest.mark.parametrize("algs", ['["RS256", "ES256"]', '["HS256"]', '["none"]', "[]", '["RS256", "HS256"]'])
def test_a_broker_that_mixes_or_weakens_algorithms_is_refused(tmp_path: Path, algs: str) -> None:
    refused(tmp_path, "asymmetric family", algs=algs)


@pytest.mark.parametrize("name", ["id", "name", "hint", "issuer", "client_id", "algs", "acr", "audiences"])
def test_a_broker_that_lacks_something_is_refused(tmp_path: Path, name: str) -> None:
    refused(tmp_path, "lacks or misspells", **{name: ""})


def test_a_broker_for_an_unknown_audience_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "lacks or misspells", audiences='["neighbours"]')


def test_a_broker_for_nobody_or_without_openid_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "needs", audiences="[]")
    refused(tmp_path, "needs", scopes='["profile"]')


def test_two_brokers_of_the_same_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="same id"):
        load_brokers(production(tmp_path, broker_table(), broker_table()))
