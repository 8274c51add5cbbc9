"""No scanner is connected: every file waits until one is, and nobody is shown what nobody has looked at."""

from shared.domain.received_files import Verdict


class AbsentScanner:
    """`Scanner` that never answers."""

    def scan(self, content: bytes) -> Verdict:  # noqa: ARG002 - the port's signature
        """`UNKNOWN`."""
        return Verdict.UNKNOWN
