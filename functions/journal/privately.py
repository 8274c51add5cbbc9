"""Who may be here: private persons, each at the own file."""

from typing import Final

from shared.web import ErrorWords, mark, private_login

_AT_WORK: Final = ErrorWords(
    mark("Din egen akt läser du privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att öppna sin egen akt."),
    mark("Inget har öppnats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)
privately: Final = private_login(_AT_WORK)
"""The check of every page."""
