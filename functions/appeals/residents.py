"""Who may be here: the private person whom the decision is about, logged in with the own e-ID."""

from collections.abc import Callable
from typing import Final

from flask import Response

from shared.web import ErrorWords, mark, private_login

_AT_WORK: Final = ErrorWords(
    mark("Du överklagar privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att överklaga för egen del."),
    mark("Inget har skickats och inget har ändrats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)
residents_only: Final[Callable[[], Response | None]] = private_login(_AT_WORK)
"""The check of every page here."""
