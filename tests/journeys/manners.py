"""In which manners a journey is made: in which language, with scripts or without, and on which keepers."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

import pytest
from _pytest.mark.structures import ParameterSet
from playwright.sync_api import Browser

from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window, window

PHONE: Final = 360
DESK: Final = 1280


@dataclass(frozen=True, slots=True)
class Manner:
    """How the pages are met: residents have a phone in their hands and staff sit at a desk, unless they `swapped`."""

    language: str
    scripts: bool
    swapped: bool = False

    def phone(self, browser: Browser, host: RunningHost) -> AbstractContextManager[Window]:
        """A resident's window."""
        return self._window(browser, host, DESK if self.swapped else PHONE)

    def desk(self, browser: Browser, host: RunningHost) -> AbstractContextManager[Window]:
        """A window of staff."""
        return self._window(browser, host, PHONE if self.swapped else DESK)

    def _window(self, browser: Browser, host: RunningHost, width: int) -> AbstractContextManager[Window]:
        return window(browser, host, width=width, scripts=self.scripts, language=self.language)


def _made(where: str, language: str, how: str, *more: str) -> ParameterSet:
    marks = [pytest.mark.emulator] if where == "cloud" else []
    manner = Manner(language, how == "scripts", swapped=bool(more))
    return pytest.param(where, manner, id="-".join((where, language, how, *more)), marks=marks)


EVERY: Final = (
    *(_made("embedded", language, how) for language in ("sv", "en") for how in ("scripts", "plain")),
    _made("cloud", "sv", "plain"),
    _made("cloud", "en", "scripts"),
)
"""For the journeys that everything hangs on."""
CROSSED: Final = (
    _made("embedded", "sv", "plain"),
    _made("embedded", "en", "scripts"),
    _made("cloud", "sv", "scripts"),
    _made("cloud", "en", "plain"),
)
"""Any two of language, scripts and keepers meet in every way; for the journeys that begin where those have ended."""
HERE: Final = EVERY[:4]
"""Both languages, with scripts and without, on one keeper; for journeys where the store has nothing more to do."""
SWAPPED: Final = _made("embedded", "sv", "scripts", "swapped")


def made_in(*manners: ParameterSet) -> pytest.MarkDecorator:
    """The journey is made once in each of these manners."""
    return pytest.mark.parametrize(("host", "manner"), manners, indirect=["host"])
