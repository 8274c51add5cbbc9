"""Where an answer came from before anybody looked at it: the population register, or an earlier form.

Both lie in the draft as they were fetched, under a name that no field can have. An answer that still says the same is
shown with its source, and the record says so; once it has been changed it is the person's own.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.formkit.definition import Answer, Answers


class Origin(StrEnum):
    """Where an answer was taken from."""

    REGISTER = "register"
    EARLIER = "earlier"


_PLACES: Final = {one: f"@{one}" for one in Origin}


def with_origin(answers: Answers, origin: Origin, fetched: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers with what was fetched among them, and word of where it came from; what was fetched wins."""
    if not fetched:
        return dict(answers)
    return {**answers, **fetched, _PLACES[origin]: dict(fetched)}


def origin_of(answers: Answers, field: str) -> Origin | None:
    """Where the answer came from, when it still is what was fetched; None when it is the person's own, or none."""
    answer = answers.get(field)
    for origin, place in _PLACES.items():
        fetched = answers.get(place)
        if isinstance(fetched, dict) and answer is not None and fetched.get(field) == answer:
            return origin
    return None


def begun_from_earlier(answers: Answers) -> bool:
    """Whether the answers were begun with those of an earlier form."""
    return bool(answers.get(_PLACES[Origin.EARLIER]))
