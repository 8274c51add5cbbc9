"""What a person sent in a post that could not be done yet: kept in the page, so that nothing is lost."""

from typing import Final

from flask import request

from shared.web.csrf import FIELD as CSRF_FIELD
from shared.web.forms import SUBMISSION_FIELD

_SHORT: Final = 24


def kept_fields() -> list[tuple[str, str]]:
    """Every field of this post in order, without the token, to be sent again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != CSRF_FIELD]


def written(fields: list[tuple[str, str]]) -> list[str]:
    """The texts a person wrote among the fields: what is worth showing back."""
    return [value for name, value in fields if name != SUBMISSION_FIELD and (" " in value or len(value) > _SHORT)]
