"""The promises of what carries messages out of the house: SMS and e-mail.

NotSent
├── NotTaken     certainly not taken; another try may succeed
├── Refused      certainly not taken, and never will be: the address or the message is wrong
└── Unclear      nobody knows whether it was taken
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is carried: `to` is an E.164 number or an e-mail address; `id` is the same for every try.

    `report_to` is the secret address at which a gateway tells of the delivery; empty when none is asked for.
    An urgent one is tried even on a line that has just failed.
    """

    id: str
    to: str
    subject: str
    text: str
    report_to: str = ""
    urgent: bool = False


class Sender(Protocol):
    """One way out of the house. Every call answers or raises within 30 seconds, and follows no redirect."""

    @property
    def connected(self) -> bool:
        """Whether this way is there at all; without it `send` raises `NotTaken`."""
        ...

    def send(self, out: Outgoing) -> None:
        """Hand it over; returns when the other side has said that it takes responsibility, else raises `NotSent`."""
        ...


class NotSent(Exception):
    """It was not handed over, or perhaps it was; the subclass says. `code` is a short technical code, never words."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


class NotTaken(NotSent):
    """Certainly not taken; another try may succeed."""


class Refused(NotSent):
    """Certainly not taken, and another try would be refused too."""


class Unclear(NotSent):
    """Whether it was taken is unknown: the line broke, or the answer was none."""
