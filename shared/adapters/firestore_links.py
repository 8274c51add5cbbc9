"""Connections to one Firestore database: one at a time, replaced when it has gone silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from shared.ports.store import Unavailable

if TYPE_CHECKING:
    from google.cloud.firestore_v1.services.firestore import FirestoreClient

_HOST: Final = "firestore.googleapis.com:443"
_OPTIONS: Final = (
    ("grpc.max_send_message_length", -1),
    ("grpc.max_receive_message_length", -1),
    ("grpc.use_local_subchannel_pool", 1),  # a new channel is a new connection, never the silent old one again
    ("grpc.enable_retries", 0),  # every try is counted by the caller
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 2000),
    ("grpc.max_reconnect_backoff_ms", 1000),
)


@dataclass(frozen=True, slots=True)
class FirestoreDatabase:
    """Where documents lie; `emulator` (host:port) is spoken to without encryption or credentials."""

    project: str
    name: str = "(default)"
    emulator: str = ""

    @property
    def path(self) -> str:
        """Its name in every request."""
        return f"projects/{self.project}/databases/{self.name}"


class Link:
    """One connection; it is closed when it is retired and nobody uses it."""

    def __init__(self, client: "FirestoreClient", channel: Any) -> None:
        self.client = client
        self.channel = channel
        self.users = 0


class FirestoreLinks:
    """Lends the connection of the moment to one call at a time of many threads; `credentials` unless to an emulator."""

    def __init__(self, database: FirestoreDatabase, credentials: Any = None) -> None:
        self._emulator = database.emulator
        self._credentials = credentials
        self._lock = Lock()
        self._closed = False
        self._link: Link | None = None

    @contextmanager
    def lent(self) -> Iterator[Link]:
        """The connection, for one call; `Unavailable` once closed."""
        with self._lock:
            if self._closed:
                raise Unavailable("The store is closed.")
            link = self._link = self._link or self._connect()
            link.users += 1
        try:
            yield link
        finally:
            with self._lock:
                link.users -= 1
                self._close_unused(link)

    def renew(self, silent: Link) -> None:
        """Let the next call have another connection than this; calls that are out on it come home first."""
        with self._lock:
            if self._link is silent:
                self._link = None

    def close(self) -> None:
        """Lend no more; a second call does nothing."""
        with self._lock:
            self._closed = True
            link, self._link = self._link, None
            if link is not None:
                self._close_unused(link)

    def _close_unused(self, link: Link) -> None:
        if link.users == 0 and link is not self._link:
            link.channel.close()

    def _connect(self) -> Link:
        from google.cloud.firestore_v1.services.firestore import FirestoreClient
        from google.cloud.firestore_v1.services.firestore.transports import FirestoreGrpcTransport

        channel: Any
        if self._emulator:
            import grpc

            channel = grpc.insecure_channel(self._emulator, options=_OPTIONS)
        else:
            channel = FirestoreGrpcTransport.create_channel(_HOST, self._credentials, options=_OPTIONS)
        return Link(FirestoreClient(transport=FirestoreGrpcTransport(channel=channel)), channel)
