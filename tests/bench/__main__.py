"""`python -m tests.bench`: every job measured beside its floor; 1 when a count is over its goal, else 0."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import tables
from tests.bench.goals import judged
from tests.bench.measuring import NAMES, measure


def main(words: Sequence[str]) -> int:
    """Measure, print the table, keep it where wished."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, metavar="JOB", help=", ".join(NAMES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    parser.add_argument("--page", type=Path, metavar="FILE", help="keep the table")
    wish = parser.parse_args(words)
    figures = measure(wish.only, lambda name: print(f"… {name}", file=sys.stderr, flush=True))
    goals, where = judged(figures), tables.machine()
    page = tables.page(figures, goals, where)
    print(page)
    if wish.page:
        wish.page.write_text(f"# Measured figures\n\n{page}\n", "utf-8")
    if wish.json:
        kept = {"jobs": figures, "machine": where, "goals": goals}
        wish.json.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")
    missed = [name for name, one in goals.items() if not one["met"]]
    print(f"\nNot met: {'; '.join(missed)}." if missed else "\nEvery goal is met.")
    return 1 if any(goals[name]["exact"] for name in missed) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
