"""`python -m shared.host`: everything on one machine."""

import sys

try:
    from shared.host.command import main

    sys.exit(main(sys.argv[1:]))
except KeyboardInterrupt:
    sys.exit(0)
