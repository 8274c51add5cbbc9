"""A house with a report in it, filed as a school does."""

from dataclasses import dataclass, field
from typing import Any

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.ids import CaseId, DraftId, ItemId, SubmissionId
from shared.domain.intake import Filed
from shared.domain.principals import Principal
from shared.records.drafts import REPORT, Draft, report_owner
from shared.records.submissions import Sent, Submission
from tests.cases import filed
from tests.people import ELSA, UNIT


def draft_of(house: House, by: Principal = ELSA, answers: dict[str, Any] | None = None) -> Draft:
    """A saved draft of a report."""
    return house.drafts.begin(
        REPORT,
        DraftId(fresh()),
        report_owner(by),
        form="concern_report_professional",
        version="1",
        answers=answers or {"concern_description": "Nova är hungrig varje morgon."},
    )


def file_report(house: House, what: Filed | None = None, by: Principal = ELSA, draft: Draft | None = None) -> Sent:
    """The draft is sent."""
    return house.reporting.file(by, what or filed(), UNIT, draft or draft_of(house, by))


def case_of(house: House, report: str) -> CaseId:
    """The case that the report became."""
    document = house.store.get("reports", report)
    assert document is not None
    return CaseId(str(document.fields["case"]))


def filed_case(house: House, what: Filed | None = None) -> CaseId:
    """A filed report's case."""
    return case_of(house, file_report(house, what).result)


@dataclass(frozen=True)
class Forms:
    """One-time ids of rendered forms, owned by one employee."""

    by: Principal
    used: list[str] = field(default_factory=list)

    def new(self, **content: Any) -> Submission:
        """The submission of a form that was just rendered."""
        self.used.append(fresh())
        return Submission(str(self.by.staff), SubmissionId(self.used[-1]), content)


def item(id: str) -> ItemId:
    return ItemId(id)
