"""`python -m shared.host`: reads the settings, takes the port and serves; what stands in the way is one clear line."""

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from shared import settings as all_settings
from shared.adapters.cannot_open import CannotOpen
from shared.host import emptying
from shared.host.server import Site, listen, serve
from shared.settings import BadSettings, Settings

REFUSED: Final = 2
DEFAULT_PORT: Final = 8080


def main(words: Sequence[str]) -> int:
    """Serve until told to stop and answer the exit code: 0 in peace, 2 after one line about what is wrong."""
    try:
        return _serve(_parser().parse_args(words))
    except (BadSettings, CannotOpen) as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shared.host", description=__doc__)
    parser.add_argument("--port", type=int, help="the port on 127.0.0.1; at stage demo the one of TROSKELFRI_ORIGIN")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder instead of TROSKELFRI_VAR")
    parser.add_argument("--reset", action="store_true", help="at stage demo: begin with empty data")
    return parser


def _serve(wish: argparse.Namespace) -> int:
    settings = _settled(all_settings.read(), wish)
    if wish.reset and not settings.demo:
        raise BadSettings("--reset is for stage demo only: nothing in production is emptied this way.")
    listener = listen(_port(settings, wish))
    if wish.reset:
        emptying.empty(settings)
    return serve(listener, lambda: _opened(settings), _greeting(settings))


def _opened(settings: Settings) -> Site:
    # In the worker: the master stays small and knows neither functions nor data.
    from shared.host.site import open_site

    return open_site(settings)


def _settled(settings: Settings, wish: argparse.Namespace) -> Settings:
    if wish.data is not None:
        settings = dataclasses.replace(settings, var=wish.data.absolute())
    if wish.port is not None and settings.demo:
        settings = dataclasses.replace(settings, origin=f"http://localhost:{wish.port}")
    return settings


def _port(settings: Settings, wish: argparse.Namespace) -> int:
    own = urlsplit(settings.origin).port if settings.demo else None
    return int(wish.port or own or DEFAULT_PORT)


def _greeting(settings: Settings) -> str:
    practice = f" Test people and the clock: {settings.origin}/lokal." if settings.demo else ""
    return f"Tröskelfri answers on {settings.origin}.{practice} Ctrl-C stops it."
