"""The desks of originals: what is sealed, kept and checked."""

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shared.app.foundations import Foundations

if TYPE_CHECKING:
    from shared.adapters.seal_identity import SealIdentity
    from shared.ports.seals import Seals
    from shared.records.originals import Originals
    from shared.records.verification import Verification
    from shared.records.waiting_originals import WaitingOriginals


class OriginalDesks(Foundations):
    """Originals of decisions."""

    @cached_property
    def seals(self) -> "Seals":
        """The organisation's seal: its own in production, one that says it is a test at stage demo."""
        from shared.adapters.pdf_seals import PdfSeals

        return PdfSeals(self._seal_identity)

    @cached_property
    def originals(self) -> "Originals":
        """Decisions as digital originals: `make`, `find`, `of_case`, `open`."""
        from shared.adapters.typst_pages import typeset_original
        from shared.records.originals import Originals, Printing

        place = urlsplit(self.settings.origin)
        printing = Printing(
            self.kept.files, self.seals, typeset_original, self.directory.in_use, f"{place.netloc}/verifiera"
        )
        return Originals(self._vault, printing, self._disclosures)

    @cached_property
    def waiting_originals(self) -> "WaitingOriginals":
        """Originals that could not be made at once."""
        from shared.records.waiting_originals import WaitingOriginals

        return WaitingOriginals(self.store, self.originals, self.clock)

    @cached_property
    def verification(self) -> "Verification":
        """What anybody may learn about a document of ours."""
        from shared.records.verification import Verification

        return Verification(self._vault, self.seals)

    def _seal_identity(self) -> "SealIdentity":
        from shared.adapters.seal_identity import identity_in, practice_identity, practice_key
        from shared.ports.seals import CannotSeal, SealRefusal

        if self.settings.seal_file:
            return identity_in(self.settings.seal_file, self.settings.seal_passphrase_file)
        if self.settings.demo:
            return practice_identity(self.kept.secret("practice seal key", practice_key), self.municipality.name)
        raise CannotSeal(SealRefusal.MISSING)
