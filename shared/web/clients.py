"""Which network a request came from: enough to slow down somebody who tries codes, and never kept as it is."""

from ipaddress import IPv4Address, ip_address
from typing import Final

from flask import request

from shared.settings import Keepers
from shared.web.house import current_house

_HEADER: Final = "X-Forwarded-For"
_OWN: Final = 1
_GOOGLES: Final = 2
"""Google's load balancer writes the client's address and its own at the end of the header."""
_HALF: Final = 64


def client() -> str:
    """The address that the nearest machine of ours saw: a household's in IPv6 (64 bits), one address in IPv4.

    What a client writes itself into the header stands before that, and is never looked at. A server that is met
    without anything in between has no header that counts.
    """
    peer = request.remote_addr or ""
    behind = _GOOGLES if current_house().settings.keepers is Keepers.CLOUD else _OWN if _is_near(peer) else 0
    seen = [one.strip() for one in request.headers.get(_HEADER, "").split(",") if one.strip()]
    said = _without_port(seen[-behind]) if behind and len(seen) >= behind else peer
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or int(address) >> _HALF)


def _without_port(said: str) -> str:
    """Some proxies write the port beside the address: another one for each connection."""
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0] if said.count(":") == 1 else said


def _is_near(peer: str) -> bool:
    """Whether a machine of our own stands between: on the same computer."""
    try:
        return ip_address(peer).is_loopback
    except ValueError:
        return False
