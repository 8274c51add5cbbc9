"""`python -m tests.bench.host_of_three_steps`: everything on one machine, with the bench's own form to apply with."""

import sys
from pathlib import Path
from typing import Final

from shared.formkit import declared
from shared.host.command import main

FORMS: Final = Path(__file__).parent / "forms"

if __name__ == "__main__":
    declared.FOLDER = FORMS  # type: ignore[misc]  # read when a form is first asked for
    sys.exit(main(sys.argv[1:]))
