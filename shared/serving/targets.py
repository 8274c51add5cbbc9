"""Where a problem's link leads: the element of the input that is to be put right."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.formkit.definition import Problem

_DATE_PARTS = ("-month", "-year")


def target(problem: "Problem") -> str:
    """The id of the element; the parts of a date have ids of their own, the first carries the date's name."""
    for part in _DATE_PARTS:
        if problem.name.endswith(part):
            return f"{problem.name.removesuffix(part)}-date{part}"
    return problem.name.removesuffix("-day")
