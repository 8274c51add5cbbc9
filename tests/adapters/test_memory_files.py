"""What tests keep files in keeps the contract of files, so that what passes over it passes over the real ones."""

from pathlib import Path

from shared.domain.ids import FileId
from shared.ports.keys import Cipher
from tests.contracts.files import FilesContract
from tests.memory_files import MemoryFiles


class TestMemoryFiles(FilesContract):
    def make(self, folder: Path, cipher: Cipher, tenant: str = "socialnamnden") -> MemoryFiles:
        files = MemoryFiles(cipher, tenant)
        if hasattr(self, "files") and isinstance(self.files, MemoryFiles):
            files.held = self.files.held
        return files

    def stored(self, folder: Path, id: FileId) -> bytes:
        return self._held[id]

    def replace(self, folder: Path, id: FileId, stored: bytes) -> None:
        self._held[id] = stored

    @property
    def _held(self) -> dict[str, bytes]:
        assert isinstance(self.files, MemoryFiles)
        return self.files.held
