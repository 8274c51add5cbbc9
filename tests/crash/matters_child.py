"""A process that takes applications from the first paper to the appeal until it is killed.

What it has saved is a line on its output before it sends it, and another when it was sent. Arguments: the data folder,
and whatever an earlier process had saved and not sent, one act each, as it was printed.
"""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from shared.app import House
from tests.crash import matters
from tests.crash.matters import Act


def main(folder: str, *left: str) -> None:
    """Send what was left, then begin anew."""
    house = matters.opened(Path(folder))
    for one in left:
        done(house, Act(*one.split(",")))
    for _ in count():
        sent = act(house, matters.application, "")
        case = matters.taken_on(house, sent)
        act(house, matters.supply, matters.asked(house, case))
        act(house, matters.meeting, case)
        matters.heard(house, act(house, matters.addition, case))
        act(house, matters.decision, case)
        act(house, matters.appealing, matters.decided(house, case))


def act(house: House, save: Callable[[House, str], Act], about: str) -> str:
    """Save it, say so, send it, say so; what it became."""
    saved = save(house, about)
    say(f"saved {saved.kind},{saved.draft},{saved.about},{saved.word}")
    return done(house, saved)


def done(house: House, saved: Act) -> str:
    """Send it and say so."""
    result = matters.send(house, saved)
    say(f"sent {saved.draft} {result}")
    return result


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
