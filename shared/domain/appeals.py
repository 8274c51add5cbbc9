"""Which decisions can be appealed to the administrative court (SoL 35:1): a list in the law, kept here as data."""

import re
from typing import Final

_SOL: Final = re.compile(r"(\d+) kap\. (\d+)(?: ([a-z]))? § socialtjänstlagen \(2025:400\)")

APPEALABLE: Final = frozenset(
    {
        "11:1", "12:1", "12:5", "18:11", "22:2", "24:1", "24:4", "24:5", "29:7",
        "32:5", "32:6", "32:7", "32:8", "32:9", "32:10",
    }
)  # fmt: skip
"""Chapters and paragraphs of socialtjänstlagen (2025:400) whose decisions 35 kap. 1 § lists, in force 1 July 2025; read
in the consolidated text of February 2026. What is not in the list can not be appealed in this way: opening an
investigation or not (20:2) and extending one (20:3) are not."""

WEEKS: Final = 3
"""From the day the party was given the decision until the appeal must have come in to the board (FL 44 §)."""


TOO_LATE: Final = "45 § förvaltningslagen (2017:900)"
"""By which an appeal that came too late is dismissed."""
DISMISSALS: Final = frozenset({"20 § förvaltningslagen (2017:900)", TOO_LATE})
"""By which an application or an appeal is dismissed. That can be appealed as what it was about could be (FL 40-41 §§):
common knowledge, not read in a source of ours."""


class UnknownStatute(LookupError):
    """The decision rests on another law, whose rules about appeals are not known here."""


def can_be_appealed(lagrum: str) -> bool:
    """Whether a decision by this rule, written as decisions name it, can be appealed.

    Raises `UnknownStatute` for anything but a paragraph of socialtjänstlagen and a dismissal: nobody is told wrongly
    that there is no way on.
    """
    if lagrum in DISMISSALS:
        return True
    found = _SOL.fullmatch(lagrum)
    if found is None:
        raise UnknownStatute(lagrum)
    chapter, paragraph, letter = found.groups()
    return f"{chapter}:{paragraph}{f' {letter}' if letter else ''}" in APPEALABLE
