"""Whether the process lives, and whether it can do its work: one word each, and no more to strangers."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Final

from flask import Blueprint, Response

from shared import log
from shared.app import House, house
from shared.domain.sweeps import sweep_is_late
from shared.ports.keys import KeyGone, Tampered
from shared.ports.store import StoreError
from shared.web import without_house

KEPT_S: Final = 5.0
_READY: Final = 200
_NOT_READY: Final = 503

health = Blueprint("health", __name__, url_prefix="/halsa")


class Readiness:
    """The last answer, kept for five seconds: asking often costs the store nothing."""

    def __init__(self, elapsed: Callable[[], float] = monotonic) -> None:
        self._elapsed = elapsed
        self._lock = Lock()
        self._ready = False
        self._until = 0.0

    def of(self, house: House) -> bool:
        """Whether the store answers, the keys open and the sweep has run lately."""
        with self._lock:
            if self._elapsed() >= self._until:
                self._ready = _is_ready(house)
                self._until = self._elapsed() + KEPT_S
            return self._ready


_readiness: Final = Readiness()


@health.get("/lever")
@without_house
def lives() -> Response:
    """The process answers, even when its house cannot be opened."""
    return Response("lever\n", mimetype="text/plain")


@health.get("/redo")
def ready() -> Response:
    """The store answers, the keys open and the deadlines are guarded; else 503."""
    fit = _readiness.of(house())
    return Response("redo\n" if fit else "inte redo\n", _READY if fit else _NOT_READY, mimetype="text/plain")


def _is_ready(house: House) -> bool:
    try:
        swept = house.sweep.last()
        house.kept.secret("forms")
    except (StoreError, KeyGone, Tampered) as error:
        log.alarm("health.not_ready", error)
        return False
    if sweep_is_late(None if swept is None else swept.at, house.clock.now()):
        log.warn("health.not_ready", kind="sweep_late")
        return False
    return True
