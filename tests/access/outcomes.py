"""How people are met, who is met alike, and what one route is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """How a person is met."""

    IN = "in"
    """Shown, done, or told what is missing."""
    LOGIN = "login"
    """Asked to log in; a post is kept or shown back."""
    REFUSED = "refused"
    """Not for people of this kind (403)."""
    DOOR = "door"
    """Led to where a code from a letter is typed."""
    UNKNOWN = "unknown"
    """As if it did not exist (404)."""


IN, LOGIN, DOOR = Outcome.IN, Outcome.LOGIN, Outcome.DOOR
REFUSED, UNKNOWN = Outcome.REFUSED, Outcome.UNKNOWN
_STAFF: Final = ("caseworker", "colleague", "lead", "another unit", "no role", "administrator")

ANYBODY: Final[Mapping[str, Outcome]] = {
    "anonymous": IN, "resident": IN, "another resident": IN, "reporter": IN, "another reporter": IN,
    "caseworker": IN, "colleague": IN, "lead": IN, "another unit": IN, "no role": IN,
    "administrator": IN, "invited": IN,
}  # fmt: skip
NOBODY: Final = dict.fromkeys(ANYBODY, REFUSED)
PRIVATE: Final = {
    **dict.fromkeys(ANYBODY, REFUSED), "anonymous": LOGIN, "resident": IN, "another resident": IN,
}  # fmt: skip
"""For private logins; a login for work opens nobody's own letters."""
RESIDENTS_OWN: Final = {**PRIVATE, "another resident": UNKNOWN}
"""What belongs to one private person."""
MEETING: Final = {**RESIDENTS_OWN, "invited": UNKNOWN}
"""One private person's meeting; somebody invited has another, and knows of no other."""
GUESTS: Final = {**dict.fromkeys(ANYBODY, DOOR), "invited": IN}
"""For who came with the code of a letter."""
RESIDENTS_PARTS: Final = {**RESIDENTS_OWN, "resident": UNKNOWN}
SECRET_HOLDERS: Final = dict.fromkeys(ANYBODY, UNKNOWN)
"""For machines that know the secret in the address."""
REPORTERS: Final = {**NOBODY, "anonymous": LOGIN, "reporter": IN, "another reporter": IN}
OWN: Final = {**REPORTERS, "another reporter": UNKNOWN}
"""What belongs to one reporter."""
PARTS: Final = {**OWN, "reporter": UNKNOWN}
"""Parts of an upload that nobody has announced."""
WORKERS: Final = {
    **dict.fromkeys(ANYBODY, UNKNOWN), "anonymous": LOGIN, **dict.fromkeys(_STAFF, IN), "no role": REFUSED,
    "administrator": REFUSED,
}  # fmt: skip
UNIT: Final = {**WORKERS, "another unit": UNKNOWN}
"""What belongs to the unit that has the case."""
DECIDERS: Final = {**UNIT, "colleague": REFUSED}
"""For the case's own caseworker and the lead."""
CASEWORKER: Final = {**DECIDERS, "lead": REFUSED}
LEADS: Final = {**WORKERS, "caseworker": REFUSED, "colleague": REFUSED, "another unit": REFUSED}
LEAD: Final = {**LEADS, "another unit": UNKNOWN}
"""For the lead of the unit that has the case."""
POSTERS: Final = WORKERS
"""For those of each unit who print and post its letters."""
TOLD: Final = {**LEAD, "caseworker": UNKNOWN, "colleague": UNKNOWN}
"""What the lead alone was told."""
HOLDER: Final = {**UNIT, "colleague": UNKNOWN}
"""For the staff member who holds the meeting, and the lead of its unit."""
IN_THE_MEETING: Final = {**HOLDER, "lead": UNKNOWN}
"""For the staff member who holds the meeting alone."""
ADMINISTRATORS: Final = {
    **dict.fromkeys(ANYBODY, UNKNOWN), "anonymous": LOGIN, **dict.fromkeys(_STAFF, REFUSED), "administrator": IN
}  # fmt: skip
"""Those who look after the directory; and they open nothing else that is for staff."""


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one rule. `values` fill its placeholders, `case` names the step the case has come to."""

    method: str
    rule: str
    who: Mapping[str, Outcome]
    form: Mapping[str, str] = field(default_factory=dict)
    case: str = "taken"
    ticked: tuple[str, ...] = ()
    """What is chosen of the form's `checks`."""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The form as a browser sends it."""
        return [*self.form.items(), *(("checks", one) for one in self.ticked)]

    def path(self, known: Mapping[str, str]) -> str:
        """The address with its placeholders filled."""
        path = self.rule
        for name, value in {**known, **_ELSE}.items():
            path = path.replace(f"<{name}>", value)
        return path


_ELSE: Final = {
    "service": "radgivning",
    "form": "phone",
    "upload": "0" * 32,
    "int:number": "0",
    "secret": "0" * 64,
    "name": "main.css",
    "broker": "test-eid",
    "kind": "report_invitation",
    "item": "00000001",
    "way": "epost",
}
