"""Builders: a municipality file with e-ID brokers, and production settings that name it."""

from pathlib import Path

from shared.settings import Settings, Stage
from tests.identity.keeping import FILE

GOOD = {
    "id": '"freja"',
    "name": '{ sv = "Freja", en = "Freja" }',
    "hint": '{ sv = "Freja+ på telefonen", en = "Freja+ on the phone" }',
    "issuer": '"https://eid.example.se"',
    "client_id": '"exempelkommun"',
    "algs": '["ES256"]',
    "acr": '{ "http://id.elegnamnden.se/loa/1.0/loa3" = 3 }',
    "audiences": '["resident"]',
}


def broker_table(**changed: str) -> str:
    """A good broker with some values changed, as TOML; an empty value takes the line away."""
    lines = [f"{name} = {value}" for name, value in {**GOOD, **changed}.items() if value]
    return "\n".join(["[[brokers]]", *lines, ""])


def production(folder: Path, *brokers: str) -> Settings:
    """Production settings whose municipality file holds these brokers."""
    path = folder / "kommun.toml"
    path.write_text("\n".join([FILE.read_text("utf-8"), *brokers]), "utf-8")
    return Settings(stage=Stage.PRODUCTION, origin="https://localhost", municipality=path)
