"""E-mail addresses as a mail server can be given them, and nothing that could slip in another recipient."""

import re
from typing import Final

LONGEST: Final = 254
"""Characters (RFC 5321, 4.5.3.1.3, less the angle brackets)."""
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


def email_address(written: str) -> str:
    """The address as it was written; "" when it is none."""
    return written if len(written) <= LONGEST and _ADDRESS.fullmatch(written) else ""
