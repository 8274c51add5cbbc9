"""Everything a developer does here: `python3 dev.py` alone lists it.

This file is read by any Python, also Python 2, far enough to say that it is too old.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or later, and this is Python %d.%d. Try: python3.11 dev.py" % sys.version_info[:2])

if __name__ == "__main__":
    try:
        from shared.dev.commands import main

        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
