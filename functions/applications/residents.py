"""Who may be here: private persons, and only where somebody can deal with what they send."""

from typing import Final

from flask import Response

from shared.app import house
from shared.web import ErrorWords, error_page, mark, private_login

_AT_WORK: Final = ErrorWords(
    mark("Du ansöker privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att ansöka för egen del."),
    mark("Inget har skickats och inget har ändrats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)
_NOT_HERE: Final = ErrorWords(
    mark("Här går det inte att ansöka än"),
    mark("Kommunen tar inte emot ansökningar på den här webbplatsen."),
    mark("Inget har skickats."),
    mark("Ring oss eller kom hit, så hjälper vi dig att ansöka. Ansökan räknas från den dag du hör av dig."),
)
_private_only: Final = private_login(_AT_WORK)


def open_here() -> Response | None:
    """The check of pages that anybody may read: refused where nobody could decide what is sent (404)."""
    return None if house().takes_applications else error_page(404, _NOT_HERE)


def residents_only() -> Response | None:
    """The check of every page with answers or receipts."""
    return open_here() or _private_only()
