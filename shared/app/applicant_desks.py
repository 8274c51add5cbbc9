"""The desks of those who apply."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks

if TYPE_CHECKING:
    from shared.records.appellants import Appellants
    from shared.records.applicants import Applicants
    from shared.records.own_matters import OwnMatters
    from shared.records.own_supplements import OwnSupplements


class ApplicantDesks(FileDesks):
    """Applications and their receipts."""

    @cached_property
    def applicants(self) -> "Applicants":
        """The applicant's desk."""
        from shared.records.applicants import Applicants

        return Applicants(self._vault, self._filing, self._disclosures, self._own_law)

    @cached_property
    def appellants(self) -> "Appellants":
        """The desk of who appeals a decision."""
        from shared.records.appellants import Appellants

        return Appellants(
            self._vault, self._filing, self._commits, self._disclosures, directory=self.directory, own_law=self._own_law
        )

    @cached_property
    def matters(self) -> "OwnMatters":
        """A person's own matters."""
        from shared.records.own_matters import OwnMatters

        return OwnMatters(self._vault, self._disclosures)

    @cached_property
    def own_supplements(self) -> "OwnSupplements":
        """What a person is asked for in the own application."""
        from shared.records.own_supplements import OwnSupplements

        return OwnSupplements(self._vault, self._commits, self.drafts, self._filing, self._disclosures)
