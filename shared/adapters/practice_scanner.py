"""A stand-in for a scanner at stage demo, where people practise with files of their own: it knows one file only."""

from typing import Final

from shared.domain.received_files import Verdict

_EICAR: Final = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
"""Stands in the harmless file that every scanner takes for malware (eicar.org), so that a refusal can be practised."""


class PracticeScanner:
    """`Scanner` that finds the EICAR test file, and calls everything else clean."""

    def scan(self, content: bytes) -> Verdict:
        """`INFECTED` when the test file's words stand in the content."""
        return Verdict.INFECTED if _EICAR in content else Verdict.CLEAN
