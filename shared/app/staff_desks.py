"""The desks of staff."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.meeting_desks import MeetingDesks
from shared.ports.register import PopulationRegister

if TYPE_CHECKING:
    from shared.records.administration import Administration
    from shared.records.appeal_cases import AppealCases
    from shared.records.application_decisions import ApplicationDecisions
    from shared.records.case_attachments import CaseAttachments
    from shared.records.casefiles import CaseFiles
    from shared.records.caseworker import Caseworker
    from shared.records.families import Families
    from shared.records.investigations import Investigations
    from shared.records.journal import Journal
    from shared.records.queue import Queue
    from shared.records.staff_notices import StaffNotices
    from shared.records.supplements import Supplements
    from shared.records.withdrawals import Withdrawals


class StaffDesks(MeetingDesks):
    """The queue, the cases and what staff are told."""

    @cached_property
    def files(self) -> "CaseFiles":
        """Cases as staff read them."""
        from shared.records.casefiles import CaseFiles

        return CaseFiles(self._vault, self._disclosures)

    @cached_property
    def case_attachments(self) -> "CaseAttachments":
        """What was sent along with reports."""
        from shared.records.case_attachments import CaseAttachments

        return CaseAttachments(self._vault, self.files, self._received, self._disclosures)

    @cached_property
    def register(self) -> PopulationRegister:
        """The population register: invented families at stage demo, otherwise none is connected yet."""
        if self.settings.demo:
            from shared.adapters.family_file import FamilyFile
            from shared.adapters.timely_register import TimelyRegister

            return TimelyRegister(FamilyFile())
        from shared.adapters.absent_register import AbsentRegister

        return AbsentRegister()

    @cached_property
    def families(self) -> "Families":
        """The child and its guardians as the register knows them."""
        from shared.records.families import Families

        return Families(self._vault, self.files, self._disclosures, self.register)

    @cached_property
    def caseworker(self) -> "Caseworker":
        """The caseworker's desk."""
        from shared.records.caseworker import Caseworker

        return Caseworker(self._vault, self._commits, self.files, self._own_law)

    @cached_property
    def investigations(self) -> "Investigations":
        """Where investigations get more time, end and are followed up."""
        from shared.records.investigations import Investigations

        return Investigations(self._vault, self._commits, self.files, self._own_law)

    @cached_property
    def application_decisions(self) -> "ApplicationDecisions":
        """Where applications are decided."""
        from shared.records.application_decisions import ApplicationDecisions

        return ApplicationDecisions(self._vault, self._commits, self.files, lambda: self.municipality)

    @cached_property
    def withdrawals(self) -> "Withdrawals":
        """Where staff write down that an application was taken back."""
        from shared.records.withdrawals import Withdrawals

        return Withdrawals(self._vault, self._commits, self.files, lambda: self.municipality)

    @cached_property
    def supplements(self) -> "Supplements":
        """Where applicants are asked for what is missing."""
        from shared.records.supplements import Supplements

        return Supplements(
            self._vault,
            self._commits,
            self.files,
            self._disclosures,
            municipality=lambda: self.municipality,
            own_law=self._own_law,
        )

    @cached_property
    def appeal_cases(self) -> "AppealCases":
        """Where appeals are dealt with."""
        from shared.records.appeal_cases import AppealCases

        return AppealCases(
            self._vault,
            self._commits,
            self.files,
            self._disclosures,
            municipality=lambda: self.municipality,
            own_law=self._own_law,
        )

    @cached_property
    def journal(self) -> "Journal":
        """The journal of a case."""
        from shared.records.journal import Journal

        return Journal(self._vault, self._commits, self.files, self._disclosures)

    @cached_property
    def queue(self) -> "Queue":
        """The cases that wait."""
        from shared.records.queue import Queue

        return Queue(self._vault)

    @cached_property
    def notices(self) -> "StaffNotices":
        """What staff are told."""
        from shared.records.staff_notices import StaffNotices

        return StaffNotices(self._vault)

    @cached_property
    def administration(self) -> "Administration":
        """The directory of people, for administrators."""
        from shared.records.administration import Administration

        return Administration(self._vault, self.directory, self._directory_writes, lambda: self.offer)
