"""Reading what would have left the house, on the practice room's own page, as soon as it is there."""

import re
from threading import Event
from time import monotonic

from tests.journeys.visitor import Visitor

PAGE = "/lokal/meddelanden"
_PATIENCE_S = 20.0


def arrived(anybody: Visitor, pattern: str, patience_s: float = _PATIENCE_S) -> list[str]:
    """What the pattern finds on the page, newest first, waited for; empty when nothing came in that many seconds."""
    give_up, pause = monotonic() + patience_s, Event()
    while not (found := re.findall(pattern, anybody.get(PAGE).text, re.DOTALL)) and monotonic() < give_up:
        pause.wait(0.1)
    return found


def code(anybody: Visitor, to: str) -> str:
    """The newest code that was sent to that address."""
    return arrived(anybody, rf"Din kod är (\d{{6}})\.(?:(?!Din kod).)*?>{re.escape(to)}<")[0]
