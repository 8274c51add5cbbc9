"""What staff have begun to write in a case, and in the investigation that a report has led to."""

from typing import Final

from shared.app.foundations import fresh
from shared.domain.ids import CaseId, SubmissionId
from shared.domain.investigation_decisions import InvestigationOutcome
from shared.formkit.definition import Answer
from shared.records.drafts import STAFF_FORM, staff_form_id
from shared.records.investigation_rows import investigation_form
from shared.records.submissions import Submission
from tests.access.routes import DECISION, ENDING, EXTENSION, FOLLOW_UP, LETTER, PROTECTION
from tests.journeys.town import Town
from tests.people import ANNA

_FORMS: Final = {"investigation_extension": EXTENSION, "investigation_ending": ENDING, "follow_up_ending": FOLLOW_UP}


def investigation(town: Town, report: CaseId) -> str:
    """The id of what the report continues in, its forms begun; empty before that."""
    found = town.house.store.get("cases", report)
    opened = str((found and found.fields["continues_in"]) or "")
    for name, fields in _FORMS.items() if opened else ():
        answers: dict[str, Answer] = {
            field: one for field, one in fields.items() if field != "seen" and not field.startswith("last_day")
        }
        if "last_day-day" in fields:
            answers["last_day"] = "2027-06-01"
        kept = staff_form_id(CaseId(opened), name)
        town.house.drafts.begin(STAFF_FORM, kept, opened, form=name, version="1", answers=answers, by=str(ANNA.staff))
    return opened


def follow_up(town: Town, report: CaseId) -> None:
    """The investigation ends without a measure, and the child is followed up."""
    found = town.house.store.get("cases", report)
    form = investigation_form(ENDING, InvestigationOutcome.FOLLOWED_UP)
    opened, once = CaseId(str(found and found.fields["continues_in"])), Submission("anna", SubmissionId(fresh()), {})
    town.house.investigations.decide(ANNA, opened, form, title="socialsekreterare", submission=once, draft=None)


def begin_staff_forms(town: Town, case: CaseId) -> None:
    """The forms of a report, and a letter in it."""
    written: dict[str, dict[str, Answer]] = {
        "protection_assessment": {**PROTECTION, "sources_checked": ["report"]},
        "preliminary_assessment": dict(DECISION),
        "letter_report_invitation": {
            **{name: answer for name, answer in LETTER.items() if not name.startswith("meeting_date")},
            "recipients": ["other"],
            "other_number": {"type": "personnummer", "value": "191212121212"},
            "form_choice": ["visit"],
            "meeting_date": "2026-11-12",
        },
    }
    for name, fields in written.items():
        answers = {field: answer for field, answer in fields.items() if field != "seen"}
        town.house.drafts.begin(
            STAFF_FORM, staff_form_id(case, name), case, form=name, version="1", answers=answers, by=str(ANNA.staff)
        )
