"""What a person sent in a post that could not be done yet: kept in the page, so that nothing is lost."""

import re
from typing import Final

from flask import request

from shared.web.csrf import FIELD as CSRF_FIELD

_SHORT: Final = 24
_OURS: Final = re.compile(r"[0-9a-f]{32}")
"""An id, or the mark of what a page showed: nothing that anybody wrote."""


def kept_fields() -> list[tuple[str, str]]:
    """Every field of this post in order, without the token, to be sent again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != CSRF_FIELD]


def came_with_files() -> bool:
    """Whether files were chosen in this post: a page can not keep them, and they must be chosen again."""
    return any(one.filename for one in request.files.values())


def written(fields: list[tuple[str, str]]) -> list[str]:
    """The texts a person wrote among the fields: what is worth showing back."""
    return [one for _, one in fields if (" " in one or len(one) > _SHORT) and not _OURS.fullmatch(one)]
