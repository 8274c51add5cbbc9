"""Documents read from Firestore by name, and what their last writing was."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from shared.adapters.firestore_calls import FirestoreCalls
from shared.adapters.firestore_documents import MARK, REV, FirestoreDocuments, Version
from shared.ports.store import Document

if TYPE_CHECKING:
    from google.cloud.firestore_v1.services.firestore import FirestoreClient

_REMEMBERED: Final = 2000

FoundAt = tuple[str, str]
"""Collection and id."""


class SeenVersions:
    """The versions seen last: what a page has read it may replace without reading it again. Never the truth."""

    def __init__(self) -> None:
        self._versions: OrderedDict[FoundAt, Version] = OrderedDict()
        self._lock = Lock()

    def see(self, place: FoundAt, version: Version) -> None:
        """Remember; the oldest are forgotten."""
        with self._lock:
            self._versions[place] = version
            self._versions.move_to_end(place)
            if len(self._versions) > _REMEMBERED:
                self._versions.popitem(last=False)

    def last(self, place: FoundAt) -> Version | None:
        """The version seen last, or None."""
        with self._lock:
            return self._versions.get(place)


class FirestoreReads:
    """Reads by name; what is read whole is also seen."""

    def __init__(self, path: str, calls: FirestoreCalls, documents: FirestoreDocuments, seen: SeenVersions) -> None:
        from google.cloud.firestore_v1 import types

        self._path = path
        self._calls = calls
        self._documents = documents
        self._seen = seen
        self._types = types

    def documents(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        """Those that exist, by id, in one call."""
        names = [self._documents.name(collection, id) for id in dict.fromkeys(ids)]
        found: dict[str, Document] = {}
        for message in self._read(names, [], self._calls.until()):
            document = self._documents.unpack(message)
            self._seen.see((collection, document.id), self._documents.version(message))
            found[document.id] = document
        return found

    def versions(self, places: Sequence[FoundAt], until: float) -> dict[FoundAt, Version]:
        """What lies at those places that hold a document."""
        by_name = {self._documents.name(*place): place for place in places}
        found = self._read(list(by_name), [REV, MARK], until)
        return {by_name[message.name]: self._documents.version(message) for message in found}

    def _read(self, names: list[str], fields: list[str], until: float) -> list[Any]:
        asked = {"database": self._path, "documents": names, "mask": {"field_paths": fields} if fields else None}
        request = self._types.BatchGetDocumentsRequest.wrap(self._types.BatchGetDocumentsRequest.pb()(**asked))

        def read(client: "FirestoreClient", seconds: float) -> list[Any]:
            return list(self._found(client.batch_get_documents(request, retry=None, timeout=seconds)))

        return self._calls.read(read, until)

    def _found(self, answers: Any) -> Iterator[Any]:
        for answer in answers:
            message = self._types.BatchGetDocumentsResponse.pb(answer)
            if message.HasField("found"):
                yield message.found
