"""Beginning again with empty data at stage demo: at the start, or while running by a mark that the next worker sees."""

from pathlib import Path
from typing import Final

from shared.adapters.data_folder import DataFolder
from shared.settings import Keepers, Settings

_MARK: Final = "empty-at-next-start"


def empty(settings: Settings) -> None:
    """Throw all data of stage demo away; raises `CannotOpen` when somebody uses the folder or it is another stage's."""
    folder = DataFolder(settings.var, settings.stage, settings.tenant)
    try:
        if settings.keepers is Keepers.CLOUD:
            _empty_emulator(settings)
        folder.empty()
        _mark(settings).unlink(missing_ok=True)
    finally:
        folder.close()


def _empty_emulator(settings: Settings) -> None:
    from shared.adapters.cloud import databases
    from shared.adapters.firestore_emulator import empty_emulated

    for database in databases(settings):
        empty_emulated(database)


def mark(settings: Settings) -> None:
    """Let whoever opens the folder next empty it first."""
    _mark(settings).touch()


def empty_if_marked(settings: Settings) -> None:
    """Do what the mark says; it goes away last, so that a half-done emptying is done again."""
    if settings.demo and _mark(settings).exists():
        empty(settings)


def _mark(settings: Settings) -> Path:
    return settings.var / _MARK
