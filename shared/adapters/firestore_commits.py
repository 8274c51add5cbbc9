"""Commits to Firestore: one batch, each write bound to the version its writer saw, and no transaction.

The database compares the instant a document was last written; the writer knows its `rev`. The instant that belongs to
the rev is taken from what was read last, or looked up first. When the database says that something was not as expected,
what lies there is read, and it alone decides what to answer.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from shared.adapters.document_limits import COMMIT_BYTES, check_count, check_place, check_size, plain_fields
from shared.adapters.firestore_calls import FirestoreCalls, Unmet
from shared.adapters.firestore_documents import FirestoreDocuments, Version
from shared.adapters.firestore_reads import FirestoreReads, FoundAt, SeenVersions
from shared.adapters.prepared_writes import revision_after
from shared.adapters.query_shapes import QueryShapes
from shared.ports.store import Create, Delete, Refused, Replace, Unavailable, Write

if TYPE_CHECKING:
    from google.cloud.firestore_v1.services.firestore import FirestoreClient

_NOWHERE = Version(0, (0, 0))


@dataclass(frozen=True, slots=True)
class _Batch:
    """One commit: its writes, each one's message without a condition, and the mark it leaves."""

    writes: Sequence[Write]
    messages: Sequence[Any]
    mark: bytes

    def places(self) -> list[FoundAt]:
        return [(write.collection, write.id) for write in self.writes]


class FirestoreCommits:
    """Writes batches to the database at `path`."""

    def __init__(
        self,
        path: str,
        calls: FirestoreCalls,
        reads: FirestoreReads,
        seen: SeenVersions,
        *,
        documents: FirestoreDocuments,
        shapes: QueryShapes,
    ) -> None:
        from google.cloud.firestore_v1 import types

        self._path = path
        self._calls = calls
        self._reads = reads
        self._seen = seen
        self._documents = documents
        self._shapes = shapes
        self._types = types
        self._write: Any = types.Write.pb()
        self._request: Any = types.CommitRequest.pb()
        self._condition: Any = types.Precondition.pb()

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none. A lost answer is looked for, and is never taken for another writer's change."""
        batch = self._batch(writes)
        until = self._calls.until()
        versions = self._seen_by(batch)
        if versions is None:
            versions = self._allowed(batch, self._reads.versions(batch.places(), until))
        lost = False
        while True:
            try:
                written = self._calls.write(partial(self._send, batch, versions), until)
            except Unmet as unmet:
                lost = lost or unmet.lost
            else:
                self._remember(batch, written)
                return
            found = self._reads.versions(batch.places(), until)
            if lost and _happened(batch, found):
                return
            versions = self._allowed(batch, found)

    def _batch(self, writes: Sequence[Write]) -> _Batch:
        check_count([(write.collection, write.id) for write in writes])
        mark = secrets.token_bytes(12)
        messages = [self._message(write, mark) for write in writes]
        if sum(message.ByteSize() for message in messages) > COMMIT_BYTES:
            raise Refused(f"One commit holds more than {COMMIT_BYTES // 1024} KiB.")
        return _Batch(writes, messages, mark)

    def _message(self, write: Write, mark: bytes) -> Any:
        check_place(write.collection, write.id)
        if isinstance(write, Delete):
            return self._write(delete=self._documents.name(write.collection, write.id))
        fields = plain_fields(write.fields)
        check_size(fields)
        self._shapes.keys(write.collection, fields)
        version = Version(_base(write) + 1, (0, 0), mark)
        return self._write(update=self._documents.pack(write.collection, write.id, fields, version))

    def _seen_by(self, batch: _Batch) -> Mapping[FoundAt, Version] | None:
        """The versions the writers saw; None when one of them is not remembered."""
        versions = {}
        for place, write in zip(batch.places(), batch.writes, strict=True):
            if _base(write):
                version = self._seen.last(place)
                if version is None or version.rev != _base(write):
                    return None
                versions[place] = version
        return versions

    def _allowed(self, batch: _Batch, found: Mapping[FoundAt, Version]) -> Mapping[FoundAt, Version]:
        """The same versions, when every write may be made on what was found; raises what stands in the way."""
        for place, write in zip(batch.places(), batch.writes, strict=True):
            version = found.get(place)
            revision_after(write, None if version is None else version.rev)
        return found

    def _send(
        self, batch: _Batch, versions: Mapping[FoundAt, Version], client: "FirestoreClient", seconds: float
    ) -> list[Any]:
        bound = [
            self._bound(write, message, versions.get(place))
            for place, write, message in zip(batch.places(), batch.writes, batch.messages, strict=True)
        ]
        request = self._types.CommitRequest.wrap(self._request(database=self._path, writes=bound))
        answer = client.commit(request, retry=None, timeout=seconds)
        return list(self._types.CommitResponse.pb(answer).write_results)

    def _bound(self, write: Write, message: Any, version: Version | None) -> Any:
        """The message on condition that the document is still what its writer saw."""
        bound = self._write()
        bound.CopyFrom(message)
        if isinstance(write, Create):
            bound.current_document.CopyFrom(self._condition(exists=False))
        elif _base(write) and version is not None:
            instant = self._documents.instant(version.written)
            bound.current_document.CopyFrom(self._condition(update_time=instant))
        return bound

    def _remember(self, batch: _Batch, written: Sequence[Any]) -> None:
        for place, write, result in zip(batch.places(), batch.writes, written, strict=True):
            gone = isinstance(write, Delete)
            instant = self._documents.seconds(result.update_time)
            self._seen.see(place, _NOWHERE if gone else Version(_base(write) + 1, instant, batch.mark))


def _base(write: Write) -> int:
    """The revision the writer expects; 0 for none."""
    return 0 if isinstance(write, Create) else write.rev or 0


def _happened(batch: _Batch, found: Mapping[FoundAt, Version]) -> bool:
    """Whether the commit without an answer was carried out; `Unavailable` when nobody can tell any more."""
    told = False
    for place, write in zip(batch.places(), batch.writes, strict=True):
        version = found.get(place)
        if isinstance(write, Delete):
            continue
        if version is not None and version.mark == batch.mark:
            return True
        told = told or _untouched(write, version)
    if told:
        return False
    raise Unavailable("A commit was sent, its answer was lost, and what it wrote has changed since.")


def _untouched(write: Create | Replace, version: Version | None) -> bool:
    """Whether what lies there shows that this write was not made: nothing came after, or another's in its place."""
    if version is None:
        return isinstance(write, Create)
    return version.rev <= _base(write) + 1
