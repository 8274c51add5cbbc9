"""What is read as one stays on one line: phone numbers, numbers of cases and people, days, paragraphs of law."""

import re
from functools import cache
from typing import Final

_HELD: Final = {" ": "\N{NO-BREAK SPACE}", "-": "-\N{WORD JOINER}", "\N{EN DASH}": "\N{EN DASH}\N{WORD JOINER}"}
_LOOSE: Final = re.compile(r"[ \-\N{EN DASH}](?!\N{WORD JOINER})")
_ONE: Final = (
    r"(?<![\w\-])(?:"
    # 031-390 06 01, +46 31 390 06 01, 114 14
    r"(?:\+\d{1,3}[ \-]\d{1,3}|0\d{1,3})(?:[ \-]\d{2,4}){1,4}(?![\w\-])|11\d \d{2,3}(?![\w\-])"
    # OA-4T7-X9K, K7TM-2XQA-9R4W, 20150101-2395, 2026-11-28
    r"|[A-ZÅÄÖ\d]{2,8}(?:-[A-Z\d]{2,8}){1,3}(?![\w\-])"
    # 20 kap. 1 § SoL, 16–18 §§, 35 kap. 1 och 5 §§, 23 kap.
    r"|(?:\d{1,3}(?: [a-z])? kap\. )?\d{1,3}(?: [a-z])?(?:(?:\N{EN DASH}|, | och )\d{1,3}(?: [a-z])?){0,4}"
    r" §§?(?: (?:SoL|FL|OSL|FB|BrB|LVU|LVM|LOB|LSS)\b)?"
    r"|\d{1,3}(?: [a-z])? kap\."
    # 14 dagar, 1 200 kronor
    r"|\d{1,3}(?: \d{3}){0,3} (?:dagar|veckor|minuter|kronor|kr)\b"
    r")"
)


def unbroken(text: str) -> str:
    """The text to be shown, with such words held together by no-break spaces and joiners; nothing else is changed.

    To be used where a text is shown, never on what is kept, compared or searched. A second time changes nothing.
    """
    return _one().sub(lambda found: _LOOSE.sub(lambda loose: _HELD[loose[0]], found[0]), text)


@cache
def _one() -> re.Pattern[str]:
    """Compiled when it is first needed: that takes longer than most of what a cold start does."""
    return re.compile(_ONE)
