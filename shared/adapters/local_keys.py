"""The key ring on one machine: master key → key per retention class → data key, wrapped in a store of its own.

Deleting a data key makes what it sealed unreadable, backups included; deleting a class key does that to the class.
The keys lie apart from the data (keys.db), so that a copy of the data alone opens nothing and a backup of it revives
nothing.
"""

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.adapters.key_cache import MOST, SECONDS, KeyCache
from shared.adapters.sealed_blobs import seal, unseal
from shared.domain.ids import KeyId
from shared.domain.queries import DATA_KEYS_MADE
from shared.ports.clock import Clock
from shared.ports.keys import KeyGone, MadeKey, MadeKeys, Tampered
from shared.ports.store import AlreadyExists, Conflict, Create, Delete, Document, NotFound, Replace, Store, Unavailable

CLASS_KEYS: Final = "class_keys"
DATA_KEYS: Final = "data_keys"
STANDING_KEYS: Final = "standing_keys"

_BYTES: Final = 32
_TRIES: Final = 5


def _random() -> bytes:
    return secrets.token_bytes(_BYTES)


class LocalKeyRing:
    """`KeyRing` over `store`, under `master` (32 bytes); opened keys are kept up to ten minutes."""

    def __init__(
        self,
        store: Store,
        master: bytes,
        tenant: str,
        clock: Clock,
        *,
        most: int = MOST,
        seconds: float = SECONDS,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._master = AESGCM(master)
        self._tenant = tenant
        self._clock = clock
        self._data: KeyCache[AESGCM] = KeyCache(most, seconds, elapsed)
        self._classes: KeyCache[AESGCM] = KeyCache(most, seconds, elapsed)

    def create(self, owner: str, retention: str) -> KeyId:
        """Make and durably store a new data key. One commit of its own; one more for the first key of a class."""
        return self.create_many(owner, retention, 1)[0]

    def create_many(self, owner: str, retention: str, count: int) -> list[KeyId]:
        """The same for so many keys, all in one commit."""
        made = {KeyId(uuid.uuid4().hex): _random() for _ in range(count)}
        self._store.commit([self._create(id, key, owner, retention) for id, key in made.items()])
        for id, key in made.items():
            self._data.put(id, AESGCM(key))
        return list(made)

    def load(self, ids: Sequence[KeyId]) -> None:
        """Fetch the keys that are not kept, in one call; what can not be opened is told when it is used."""
        missing = [id for id in dict.fromkeys(ids) if self._data.get(id) is None]
        if not missing:
            return
        found = self._store.get_many(DATA_KEYS, missing).values()
        self._load_classes({str(document.fields["retention"]) for document in found})
        for document in found:
            try:
                self._data.put(document.id, self._opened(document))
            except (Tampered, KeyGone):
                continue

    def prolong(self, id: KeyId, retention: str) -> None:
        """Move the key to a class that is kept longer; `KeyGone` when it is erased. One commit."""
        for _ in range(_TRIES):
            document = self._document(id)
            if document.fields["retention"] == retention:
                return
            owner = str(document.fields["owner"])
            wrapped = seal(self._class_key(retention), self._unwrapped(document), self._place(DATA_KEYS, id, owner))
            fields = {**document.fields, "retention": retention, "wrapped": wrapped}
            try:
                self._store.commit([Replace(DATA_KEYS, id, document.rev, fields)])
            except Conflict:
                continue
            except NotFound as error:
                raise KeyGone(id) from error
            return
        raise Unavailable("The key is being changed by others.")

    def erase(self, id: KeyId) -> None:
        """Delete the key: what it sealed can never be read again. A second call does nothing."""
        self._store.commit([Delete(DATA_KEYS, id)])
        self._data.forget(id)

    def made(self, before: datetime, cursor: str | None = None) -> MadeKeys:
        """Keys made before this instant, oldest first, at most 100 at a time. `Refused` for a cursor that is none."""
        page = self._store.query(DATA_KEYS_MADE, {}, limit=DATA_KEYS_MADE.page, stop=before, cursor=cursor)
        return MadeKeys([MadeKey(KeyId(one.id), str(one.fields["owner"])) for one in page.documents], page.cursor)

    def opened(self, id: KeyId) -> AESGCM:
        """The data key, ready for use; `KeyGone` when it does not exist, `Tampered` when it was changed."""
        kept = self._data.get(id)
        if kept is not None:
            return kept
        key = self._opened(self._document(id))
        self._data.put(id, key)
        return key

    def standing(self, purpose: str, fresh: Callable[[], bytes] = _random) -> bytes:
        """The installation's lasting secret for `purpose`: 32 random bytes, or what `fresh` made the first time."""
        return self._secret(STANDING_KEYS, purpose, fresh)

    def _create(self, id: KeyId, key: bytes, owner: str, retention: str) -> Create:
        wrapped = seal(self._class_key(retention), key, self._place(DATA_KEYS, id, owner))
        made_at = self._clock.now()  # by which a sweep tells a key whose data never came
        return Create(DATA_KEYS, id, {"owner": owner, "retention": retention, "wrapped": wrapped, "made_at": made_at})

    def _document(self, id: KeyId) -> Document:
        document = self._store.get(DATA_KEYS, id)
        if document is None:
            raise KeyGone(id)
        return document

    def _opened(self, document: Document) -> AESGCM:
        return AESGCM(self._unwrapped(document))

    def _unwrapped(self, document: Document) -> bytes:
        retention, owner = str(document.fields["retention"]), str(document.fields["owner"])
        key = self._existing_class_key(retention)
        if key is None:
            raise KeyGone(document.id)
        return unseal(key, _wrapped(document), self._place(DATA_KEYS, document.id, owner))

    def _class_key(self, retention: str) -> AESGCM:
        key = self._existing_class_key(retention)
        if key is None:
            key = AESGCM(self._secret(CLASS_KEYS, retention))
            self._classes.put(retention, key)
        return key

    def _existing_class_key(self, retention: str) -> AESGCM | None:
        key = self._classes.get(retention)
        if key is None:
            document = self._store.get(CLASS_KEYS, retention)
            key = None if document is None else self._keep_class(document)
        return key

    def _load_classes(self, names: set[str]) -> None:
        missing = [name for name in sorted(names) if self._classes.get(name) is None]
        if missing:
            for document in self._store.get_many(CLASS_KEYS, missing).values():
                self._keep_class(document)

    def _keep_class(self, document: Document) -> AESGCM:
        key = AESGCM(unseal(self._master, _wrapped(document), self._place(CLASS_KEYS, document.id)))
        self._classes.put(document.id, key)
        return key

    def _secret(self, collection: str, id: str, fresh: Callable[[], bytes] = _random) -> bytes:
        """The secret with that id under the master key; of several who make it at once, one wins for all."""
        document = self._store.get(collection, id)
        if document is None:
            wrapped = seal(self._master, fresh(), self._place(collection, id))
            try:
                self._store.commit([Create(collection, id, {"wrapped": wrapped})])
            except AlreadyExists:
                return self._secret(collection, id)
            return unseal(self._master, wrapped, self._place(collection, id))
        return unseal(self._master, _wrapped(document), self._place(collection, id))

    def _place(self, collection: str, id: str, *more: str) -> tuple[str, ...]:
        return (self._tenant, collection, id, *more)


def _wrapped(document: Document) -> bytes:
    wrapped = document.fields["wrapped"]
    if not isinstance(wrapped, bytes):
        raise Tampered("A key is not in its place.")
    return wrapped
