"""The desks of those who apply."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks

if TYPE_CHECKING:
    from shared.records.applicants import Applicants
    from shared.records.own_matters import OwnMatters


class ApplicantDesks(FileDesks):
    """Applications and their receipts."""

    @property
    def takes_applications(self) -> bool:
        """Whether residents may apply here: at stage demo alone, until what is sent can be supplemented."""
        return self.settings.demo

    @cached_property
    def applicants(self) -> "Applicants":
        """The applicant's desk."""
        from shared.records.applicants import Applicants

        return Applicants(self._vault, self._filing, self._disclosures, self._own_law)

    @cached_property
    def matters(self) -> "OwnMatters":
        """A person's own matters."""
        from shared.records.own_matters import OwnMatters

        return OwnMatters(self._vault, self._disclosures)
