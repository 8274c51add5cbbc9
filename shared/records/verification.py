"""What anybody may learn about a document of ours: that we made it and when, and nothing about whom it concerns."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from shared import log
from shared.domain.originals import Checked, Verdict, spoken
from shared.domain.queries import ORIGINALS_BY_CODE, ORIGINALS_BY_FILE, SEAL_CERTIFICATES, Shape
from shared.ports.seals import Seals
from shared.ports.store import AlreadyExists, Conflict, Create, Replace, Value
from shared.records.original_rows import CODE, read_original
from shared.records.sealing import SCHEMA
from shared.records.vault import Vault

TRIES: Final = 20
"""Codes that may be tried in an hour for one number, right or wrong."""
HOUR: Final = timedelta(hours=1)
_TRIED: Final = "numbers tried"
_PILE: Final = 3
"""Hex digits of a number's keyed hash: 4096 small documents count all tries, and no more are ever made."""
_AGAIN: Final = 4


class TooManyTries(Exception):
    """So many codes have been tried for this number that nobody is answered for a while."""


class Verification:
    """Answers to anybody; nothing that is asked is kept, and nothing of a case is opened."""

    def __init__(self, vault: Vault, seals: Seals) -> None:
        self._store = vault.store
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._seals = seals

    def file(self, pdf: bytes) -> Checked:
        """What the file is. Byte for byte an original: valid; else the seal decides.

        A whole seal of ours is valid also when the original has been erased since. Raises `Unavailable`.
        """
        if found := self._sealed_at(ORIGINALS_BY_FILE, {"sha256": hashlib.sha256(pdf).hexdigest()}):
            return Checked(Verdict.VALID, found)
        page = self._store.query(SEAL_CERTIFICATES, {}, limit=SEAL_CERTIFICATES.page)
        certificates = [one for document in page.documents if isinstance(one := document.fields["certificate"], bytes)]
        return self._seals.check(pdf, certificates)

    def code(self, reference: str, code: str) -> Checked:
        """Whether an original has this number and this code; known and unknown ones cost the same.

        Raises `TooManyTries`, before anything is looked for, and `Unavailable`.
        """
        told = spoken(reference, code)
        self._count(told.partition(":")[0])
        found = self._sealed_at(ORIGINALS_BY_CODE, {"code": self._cipher.index(CODE, told)})
        return Checked(Verdict.UNKNOWN if found is None else Verdict.VALID, found)

    def _sealed_at(self, shape: Shape, equal: Mapping[str, Value]) -> datetime | None:
        page = self._store.query(shape, equal, limit=1)
        return read_original(page.documents[0]).sealed_at if page.documents else None

    def _count(self, reference: str) -> None:
        """One try more for the number; whoever can not be counted is not answered."""
        pile, now = self._cipher.index(_TRIED, reference)[:_PILE], self._clock.now()
        for _ in range(_AGAIN):
            document = self._store.get("code_tries", pile)
            fields: Any = {"since": now, "count": 0} if document is None else document.fields
            since, count = fields["since"], fields["count"]
            if now - since >= HOUR:
                since, count = now, 0
            if count >= TRIES:
                log.warn("code.too_many_tries")
                raise TooManyTries
            after: dict[str, Value] = {"since": since, "count": count + 1, "schema": SCHEMA}
            try:
                self._store.commit(
                    [
                        Replace("code_tries", pile, document.rev, after)
                        if document
                        else Create("code_tries", pile, after)
                    ]
                )
            except (AlreadyExists, Conflict):
                continue
            return
        raise TooManyTries
