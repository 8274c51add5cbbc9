"""The composition root: the one place where keepers are chosen and the rooms are wired to each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

from shared.adapters.brokers import load_brokers
from shared.adapters.kept import Kept
from shared.adapters.municipality_file import load_versions
from shared.app.alarm_desks import AlarmDesks
from shared.app.applicant_desks import ApplicantDesks
from shared.app.letter_desks import LetterDesks
from shared.app.login_desks import LoginDesks
from shared.app.meeting_desks import MeetingDesks
from shared.app.message_desks import MessageDesks
from shared.app.opening import Opening
from shared.app.original_desks import OriginalDesks
from shared.app.reporter_desks import ReporterDesks
from shared.domain.municipality import Municipality
from shared.settings import Keepers, Settings, read

if TYPE_CHECKING:
    import httpx2


class House(
    LoginDesks, ReporterDesks, ApplicantDesks, LetterDesks, AlarmDesks, MessageDesks, OriginalDesks, MeetingDesks
):
    """One running installation: what pages, alarms and the host work with.

    A desk is built, and its code loaded, by the first who asks for it: a function waits at its cold start for its own
    desks only. Two threads that ask at once may each get one: what a desk remembers spares a look, and is never the
    truth.
    """


def open_house(settings: Settings) -> House:
    """Open the keepers that the settings name; raises `BadSettings` or `CannotOpen` with one clear line.

    Raises `Unavailable` when those of the cloud do not answer in time.
    """
    versions = load_versions(settings.municipality)
    load_brokers(settings)
    kept = _open(settings)
    try:
        return House(settings, kept, versions)
    except BaseException:
        kept.close()
        raise


def _open(settings: Settings) -> Kept:
    if settings.keepers is Keepers.CLOUD:
        from shared.adapters.cloud import open_cloud

        return open_cloud(settings)
    from shared.adapters.embedded import open_embedded

    return open_embedded(settings)


def assemble(
    settings: Settings,
    kept: Kept,
    municipality: Municipality | None = None,
    transport: "httpx2.BaseTransport | None" = None,
) -> House:
    """Wire the rooms to these keepers.

    In tests `municipality` stands in for the file and `transport` for the network to e-ID providers and Google.
    """
    versions = load_versions(settings.municipality) if municipality is None else (municipality,)
    return House(settings, kept, versions, transport)


_lock = Lock()
_used: list[House] = []
_own: Final = Opening(lambda: open_house(read()))


def house() -> House:
    """The house of this process, opened from the environment at the first call; raises as `Opening.house` does."""
    with _lock:
        used = _used[-1] if _used else None
    return _own.house() if used is None else used


@contextmanager
def use(other: House) -> Iterator[House]:
    """Within the context `house()` is this one: for the host, which opens its own, and for tests."""
    with _lock:
        _used.append(other)
    try:
        yield other
    finally:
        with _lock:
            _used.remove(other)
