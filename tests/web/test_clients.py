"""Whom a wrong code is counted for: the network that the nearest machine of ours saw, whatever else is claimed."""

from dataclasses import replace

import pytest
from flask import Flask, g

from shared.settings import Keepers
from shared.web.clients import client
from tests.houses import DEMO, demo_house

NEAR, FAR = "127.0.0.1", "203.0.113.7"


@pytest.mark.parametrize(
    ("keepers", "peer", "header", "seen"),
    [
        (Keepers.EMBEDDED, FAR, "", FAR),
        (Keepers.EMBEDDED, FAR, "198.51.100.1", FAR),
        (Keepers.EMBEDDED, NEAR, "", NEAR),
        (Keepers.EMBEDDED, NEAR, f"198.51.100.1, {FAR}", FAR),
        (Keepers.CLOUD, NEAR, f"198.51.100.1, {FAR}, 192.0.2.1", FAR),
        (Keepers.CLOUD, NEAR, FAR, NEAR),
        (Keepers.EMBEDDED, "", "", ""),
        (Keepers.EMBEDDED, f"::ffff:{FAR}", "", FAR),
        (Keepers.EMBEDDED, NEAR, f"::ffff:{FAR}", FAR),
        (Keepers.EMBEDDED, NEAR, f"{FAR}:51514", FAR),
    ],
)
def test_only_what_a_machine_of_ours_wrote_counts(keepers: Keepers, peer: str, header: str, seen: str) -> None:
    assert asked(keepers, peer, header) == seen


def test_a_household_is_one_client_in_ipv6() -> None:
    one, other, elsewhere = (
        asked(Keepers.EMBEDDED, f"2001:db8:0:{net}::{host}", "") for net, host in ((1, 1), (1, 2), (2, 1))
    )
    assert one == other != elsewhere
    assert asked(Keepers.EMBEDDED, NEAR, "[2001:db8:0:1::9]:51514") == one


def asked(keepers: Keepers, peer: str, header: str) -> str:
    """What a request is known as."""
    house = demo_house()
    house.settings = replace(DEMO, keepers=keepers)
    with Flask(__name__).test_request_context(
        headers={"X-Forwarded-For": header} if header else {}, environ_base={"REMOTE_ADDR": peer}
    ):
        g.house = house
        return client()
