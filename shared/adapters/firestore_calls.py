"""Every call to Firestore, bounded in time: short tries, jittered pauses, a new connection after silence.

The client's own `timeout=` bounds one try and not its retries, so its retries are switched off and made here.
"""

import secrets
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from shared.adapters.firestore_links import FirestoreLinks
from shared.ports.store import Refused, Unavailable

if TYPE_CHECKING:
    from google.api_core.exceptions import GoogleAPICallError
    from google.cloud.firestore_v1.services.firestore import FirestoreClient

PATIENCE: Final = 7.0
"""Seconds a call of the port waits before it raises `Unavailable`; the port promises 8."""

TRY: Final = 3.0
"""Seconds one try may take; the last may take what is left."""

_FIRST_PAUSE: Final = 0.02
_LONGEST_PAUSE: Final = 0.8

_Answer = TypeVar("_Answer")


class Unmet(Exception):
    """A write did not find what it expected; nothing was written by this try.

    `lost` tells that an earlier try of the same write may have been carried out without an answer.
    """

    def __init__(self, *, lost: bool) -> None:
        super().__init__()
        self.lost = lost


class FirestoreCalls:
    """Carries out calls over the links; `until` in every method is a `monotonic` instant in seconds."""

    def __init__(self, links: FirestoreLinks, patience: float = PATIENCE, try_s: float = TRY) -> None:
        from google.api_core import exceptions

        self._links = links
        self._patience = patience
        self._try_s = try_s
        self._closed = Event()
        self._unmet = (exceptions.AlreadyExists, exceptions.NotFound, exceptions.FailedPrecondition)
        self._refused = (exceptions.InvalidArgument, exceptions.OutOfRange)
        self._undone = (exceptions.Aborted, exceptions.ResourceExhausted)
        self._silent = (exceptions.DeadlineExceeded, exceptions.Cancelled, exceptions.ServiceUnavailable)
        self._broken = (exceptions.InternalServerError, exceptions.Unknown)
        self._failed = exceptions.GoogleAPICallError

    def until(self) -> float:
        """The instant at which a call that begins now has used up its patience."""
        return monotonic() + self._patience

    def read(self, call: "Callable[[FirestoreClient, float], _Answer]", until: float) -> _Answer:
        """What `call(client, seconds)` answers; `Unavailable` when it does not, `Refused` for a limit."""
        try:
            return self.write(call, until)
        except Unmet as error:
            raise Unavailable("The database or an index of it is not there.") from error

    def write(self, call: "Callable[[FirestoreClient, float], _Answer]", until: float) -> _Answer:
        """The same; `Unmet` when the documents were not as expected. The call must be safe to repeat."""
        lost = False
        pause = _FIRST_PAUSE
        while (left := until - monotonic()) > 0:
            with self._links.lent() as link:
                try:
                    return call(link.client, self._share(left))
                except self._failed as error:
                    lost = self._may_be_done(error, lost=lost) or lost
                    if isinstance(error, self._silent):
                        self._links.renew(link)
            self._closed.wait(min(left, _jittered(pause)))
            pause = min(2 * pause, _LONGEST_PAUSE)
        raise Unavailable("The store did not answer in time.")

    def close(self) -> None:
        """Carry out nothing more; a second call does nothing."""
        self._closed.set()
        self._links.close()

    def _share(self, left: float) -> float:
        """Seconds for the next try: the last one has all that is left."""
        return left if left < 2 * self._try_s else self._try_s

    def _may_be_done(self, error: "GoogleAPICallError", *, lost: bool) -> bool:
        """Whether the failed try may have been carried out all the same; raises what another try cannot help."""
        if isinstance(error, self._unmet):
            raise Unmet(lost=lost) from error
        if isinstance(error, self._refused):
            raise Refused("The store does not take this document or query.") from error
        if isinstance(error, self._undone):
            return False
        if isinstance(error, (*self._silent, *self._broken)):
            return True
        raise Unavailable("The store does not answer this caller.") from error


def _jittered(seconds: float) -> float:
    return seconds * (0.5 + secrets.randbelow(1000) / 1000)
