"""Addresses that certainly lead to ourselves."""

import re
from typing import Final
from urllib.parse import quote, urlencode

from flask import request

LOGIN: Final = "/logga-in"
_LOCAL: Final = re.compile(r"/(?![/\\])[A-Za-z0-9/_.~?=&%-]*")


def local_path(value: str, default: str = "/") -> str:
    """The path if it certainly leads to ourselves, else `default`: no host, no scheme, no backslash, no controls.

    What `?next=` holds goes through here before anybody is sent there.
    """
    return value if _LOCAL.fullmatch(value) else default


def here() -> str:
    """Path and query of this request, as a link back to it."""
    return local_path(request.full_path.rstrip("?"))


def login_path(back: str) -> str:
    """The login page that afterwards leads to `back`."""
    return f"{LOGIN}?next={quote(local_path(back), safe='/')}"


def language_href(code: str) -> str:
    """This page in another language; what stands in its address is kept."""
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "sprak"]
    return "?" + urlencode([*rest, ("sprak", code)])
