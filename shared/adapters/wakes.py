"""What a wake-up may be and where it calls, the same for every keeper.

The limits are Cloud Tasks', checked before anything is set.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from shared.ports.alarms import TooFarAhead, Wake

ALARM_PATH: Final = "/intern/larm"
MESSAGE_PATH: Final = "/intern/meddelande"
FURTHEST: Final = timedelta(days=30)
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,500}")


def checked(wake: Wake, now: datetime) -> Wake:
    """The wake-up itself; raises `TooFarAhead` beyond 30 days and ValueError for a name that no queue takes."""
    if wake.at > now + FURTHEST:
        raise TooFarAhead(wake.at.isoformat())
    if not _NAME.fullmatch(wake.name):
        raise ValueError("a name of a wake-up is 1 to 500 letters, digits, - and _")
    return wake


def path_of(payload: Mapping[str, str]) -> str:
    """Where a wake-up with this payload calls: one about a message goes to whoever sends it."""
    return MESSAGE_PATH if "message" in payload else ALARM_PATH
