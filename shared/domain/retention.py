"""How long what is kept: classes with their paragraph. The erasing itself is not decided here."""

from enum import StrEnum


class Retention(StrEnum):
    """Retention classes (SoL 16:1-16:5 and the board's own decisions)."""

    FIVE_YEARS_NOT_OPENED = "FIVE_YEARS_NOT_OPENED"
    """A report that did not lead to an investigation: five years (SoL 16:1, 16:2 a)."""

    FIVE_YEARS = "FIVE_YEARS"
    """Support and money for an adult or a family: five years after the last note (SoL 16:1)."""

    CHILD_30 = "CHILD_30"
    """A child-protection investigation: not before the child has turned 30 (SoL 16:2 a, SFS 2025:1501)."""

    DRAFTS = "DRAFTS"
    """What has not been sent: the board's own decision, proposed at 30 days (7 for a professional's report)."""

    SESSIONS = "SESSIONS"
    """Login sessions: hours."""

    DIRECTORY = "DIRECTORY"
    """Staff, units and organisations of reporters: as long as the files that name them; the board's own decision."""

    MEETINGS = "MEETINGS"
    """A booked meeting and what the person wished for it: the board's own decision."""

    SAFE_CHANNELS = "SAFE_CHANNELS"
    """Where a resident wants to be told of messages: until the resident takes it away."""
