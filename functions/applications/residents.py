"""Who may be here: private persons."""

from typing import Final

from shared.web import ErrorWords, mark, private_login

_AT_WORK: Final = ErrorWords(
    mark("Du ansöker privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att ansöka för egen del."),
    mark("Inget har skickats och inget har ändrats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)
residents_only: Final = private_login(_AT_WORK)
"""The check of every page with answers or receipts."""
