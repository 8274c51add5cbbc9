"""The desks of those who report."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks

if TYPE_CHECKING:
    from shared.adapters.typst_pages import Typeset
    from shared.records.feedback_requests import FeedbackRequests
    from shared.records.reporting import Reporting


class ReporterDesks(FileDesks):
    """Reports and their receipts."""

    @cached_property
    def reporting(self) -> "Reporting":
        """The reporter's desk."""
        from shared.records.reporting import Reporting

        return Reporting(self._vault, self._filing, self._disclosures, self._own_law)

    @cached_property
    def feedback_requests(self) -> "FeedbackRequests":
        """Requests for feedback after the report, by the reporter or as staff note them."""
        from shared.records.feedback_requests import FeedbackRequests

        return FeedbackRequests(self._vault, self._commits, self.directory, self._own_law)

    @property
    def typeset(self) -> "Typeset":
        """A typst template and its content as a PDF, or None when it cannot be made."""
        from shared.adapters.typst_pages import typeset

        return typeset
