"""What anybody may learn about a document of ours: that we made it and when, and nothing about whom it concerns."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from shared.domain.originals import Checked, Verdict, spoken
from shared.domain.queries import ORIGINALS_BY_CODE, ORIGINALS_BY_COVERED, ORIGINALS_BY_FILE, SEAL_CERTIFICATES, Shape
from shared.ports.seals import Seals
from shared.ports.store import Value
from shared.records.original_rows import CODE, read_original
from shared.records.vault import Vault


class Verification:
    """Answers to anybody; nothing that is asked is kept, and nothing of a case is opened."""

    def __init__(self, vault: Vault, seals: Seals) -> None:
        self._store = vault.store
        self._cipher = vault.cipher
        self._seals = seals

    def file(self, pdf: bytes) -> Checked:
        """What the file is. Byte for byte an original: valid; else the seal decides.

        A whole seal of ours is valid also when the original has been erased since. While it is kept, a file that
        differs from it in the seal alone, which no seal covers, has been altered. Raises `Unavailable`.
        """
        if found := self._sealed_at(ORIGINALS_BY_FILE, {"sha256": hashlib.sha256(pdf).hexdigest()}):
            return Checked(Verdict.VALID, found)
        page = self._store.query(SEAL_CERTIFICATES, {}, limit=SEAL_CERTIFICATES.page)
        certificates = [one for document in page.documents if isinstance(one := document.fields["certificate"], bytes)]
        said = self._seals.check(pdf, certificates)
        if said.verdict is Verdict.VALID and self._sealed_at(
            ORIGINALS_BY_COVERED, {"covered": self._seals.covered(pdf)}
        ):
            return Checked(Verdict.ALTERED)
        return said

    def code(self, reference: str, code: str) -> Checked:
        """Whether an original has this number and this code; known and unknown ones cost the same, one read.

        Tries are not counted: whoever counts them lets a stranger use them up for the one who holds the paper. The
        code's length does the work instead. 12 of 28 letters are 28^12 = 2.3e17 codes, each bound to one number, so
        that many numbers are no easier than one. Somebody who had a thousand answers in every second of a whole year
        (3.2e10, more than one installation gives) would hit one with a chance of 1 in 7 million, and learn a day on
        which we sealed something. Raises `Unavailable`.
        """
        told = spoken(reference, code)
        found = self._sealed_at(ORIGINALS_BY_CODE, {"code": self._cipher.index(CODE, told)})
        return Checked(Verdict.UNKNOWN if found is None else Verdict.VALID, found)

    def _sealed_at(self, shape: Shape, equal: Mapping[str, Value]) -> datetime | None:
        page = self._store.query(shape, equal, limit=1)
        return read_original(page.documents[0]).sealed_at if page.documents else None
