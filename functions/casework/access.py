"""What every page of casework begins with: who asks, for which case, and what was sent."""

from typing import Any, Final

from flask import Response, abort

from shared.app import house
from shared.domain.broken_rules import AlreadyDone
from shared.domain.cases import Case
from shared.domain.ids import CaseId, SubmissionId
from shared.domain.principals import Kind, Role
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.submissions import Sent, Submission
from shared.web import posted_submission_id, principal, require

_working_staff: Final = require(Kind.STAFF, roles=(Role.INTAKE_CASEWORKER, Role.TEAM_LEAD, Role.DUTY))


def staff_only() -> Response | None:
    """The check of every page here: for residents and reporters it does not exist (404), other staff are refused."""
    if principal().kind not in {Kind.STAFF, Kind.ANONYMOUS}:
        abort(404)
    return _working_staff()


def case_or_404(id: str) -> Case:
    """The case, if the viewer may know of it; otherwise the page does not exist."""
    case = house().files.case(principal(), CaseId(id))
    if case is None:
        abort(404)
    return case


def case_and_draft_or_404(id: str, form: str) -> tuple[Case, Draft | None]:
    """The same with its draft of this staff form."""
    case, draft = house().files.with_draft(principal(), CaseId(id), form)
    if case is None:
        abort(404)
    return case, draft


def file_or_404(id: str, what: str, form: str = "") -> CaseFile:
    """The opened case file, logged as `what`, with its draft of `form`; otherwise the page does not exist."""
    found = house().files.open(principal(), CaseId(id), what, form)
    if found is None:
        abort(404)
    return found


def submission(**content: Any) -> Submission:
    """The posted form as a submission of the viewer."""
    return Submission(str(principal().staff), SubmissionId(posted_submission_id()), content)


def demand_same(sent: Sent) -> None:
    """The very content of this post was written, now or before; raises `AlreadyDone` when its id brought other."""
    if not sent.same:
        raise AlreadyDone("the form was sent with other content")
