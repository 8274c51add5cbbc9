"""Files in memory, sealed as the real keepers seal them."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from shared.adapters.file_places import checked_id, file_place
from shared.adapters.sealed_chunks import opened_chunks, sealed_chunks
from shared.domain.ids import FileId, KeyId
from shared.ports.files import MOST_KEPT
from shared.ports.keys import Cipher
from shared.ports.store import AlreadyExists, NotFound


class MemoryFiles:
    """`Files` in a dictionary: `held` is what a disk would hold."""

    def __init__(self, cipher: Cipher, tenant: str) -> None:
        self.held: dict[str, bytes] = {}
        self._cipher = cipher
        self._tenant = tenant

    def write(self, id: FileId, key: KeyId, content: Iterable[bytes]) -> int:
        if checked_id(id) in self.held:
            raise AlreadyExists(id)
        whole = b"".join(content)
        self.held[id] = b"".join(sealed_chunks(self._cipher, key, file_place(self._tenant, id), [whole]))
        return len(whole)

    def read(self, id: FileId, key: KeyId) -> Iterator[bytes]:
        if checked_id(id) not in self.held:
            raise NotFound(id)
        return opened_chunks(self._cipher, key, file_place(self._tenant, id), BytesIO(self.held[id]))

    def delete(self, id: FileId) -> None:
        self.held.pop(checked_id(id), None)

    def kept(self, after: str = "") -> list[FileId]:
        return [FileId(id) for id in sorted(self.held) if id > after][:MOST_KEPT]
