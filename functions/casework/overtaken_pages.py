"""Two texts of one draft: somebody else, or another window, saved it while the viewer wrote."""

from collections.abc import Mapping
from typing import Any, Final

from flask import render_template
from flask.typing import ResponseReturnValue

from functions.casework import words
from functions.casework.staff_forms import Overtaken, StaffForm, papers
from shared.web import principal
from shared.web.kept import kept_fields

_OF_THE_PAGE: Final = frozenset({"seen", "go"})


def overtaken_page(
    form: StaffForm, overtaken: Overtaken, frame: Mapping[str, Any], usual: Mapping[str, Any] = {}
) -> ResponseReturnValue:
    """Both texts, and the viewer's own ready to be kept instead (409).

    `frame` is what every page of the form shows, `usual` what stands in it before anybody has answered.
    """
    theirs = overtaken.theirs
    return render_template(
        "overtaken.html",
        papers=papers(form, {**usual, **theirs.answers}, overtaken.mine),
        by=words.staff_name(theirs.saved_by),
        by_me=theirs.saved_by == principal().staff,
        draft=theirs,
        kept=[(name, value) for name, value in kept_fields() if name not in _OF_THE_PAGE],
        **frame,
    ), 409
