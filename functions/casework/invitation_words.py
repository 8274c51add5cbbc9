"""What stands in an invitation besides what staff wrote: the time, the place, where the code is used and how long."""

from datetime import datetime
from typing import Final

from functions.casework.invitation_forms import BOOK, chosen_slot
from functions.casework.letter_composing import composed_text
from shared.app import house
from shared.domain.booking.meeting_kinds import Offered
from shared.domain.calendar import local_date
from shared.domain.cases import Case, Step
from shared.domain.letters import HIDDEN, Addressed, LetterKind, Recipient
from shared.domain.naming import Naming
from shared.formkit.definition import Answers
from shared.web.words import capital, clock_time, day

DOOR: Final = "/boka/kod"


def known(case: Case, answers: Answers, naming: Naming) -> tuple[dict[str, str], frozenset[str]]:
    """The words of the invitation's places, and what decides which of its parts stand."""
    meeting = house().offer.meetings.get(str(answers.get("service")))
    return {**_of_the_code(_until(answers)), **_of_the_meeting(meeting, answers), **_unnamed(naming)}, stage(case)


def stage(case: Case) -> frozenset[str]:
    """What the case has come to, where the letter says so."""
    return frozenset({"stage=report"} if case.step is Step.FORHANDSBEDOMNING else ())


def anew(case: Case, to: Recipient, until: datetime | None, phone: str, naming: Naming) -> Addressed:
    """The short letter with a new code; `until` is the last day for who has no time yet."""
    valid = "tills mötet har varit" if until is None else f"till och med {day(local_date(until), 'sv')}"
    said = {**_of_the_code(valid), "recipient": to.name, "contact_phone": phone}
    choices = stage(case) | {"way=anew", *(("way=choose",) if until is not None else ())}
    return Addressed(to, composed_text(LetterKind.MEETING_INVITATION, case, said, choices, naming))


def _of_the_code(valid: str) -> dict[str, str]:
    url = f"{house().settings.origin}{DOOR}"
    return {"code": HIDDEN, "invite_url": url, "invite_address": url.partition("://")[2], "valid": valid}


def _until(answers: Answers) -> str:
    last = answers.get("last_day")
    if answers.get("way") == BOOK or not isinstance(last, str):
        return "tills mötet har varit"
    return f"till och med {day(local_date(datetime.fromisoformat(f'{last}T12:00:00+00:00')), 'sv')}"


def _of_the_meeting(meeting: Offered | None, answers: Answers) -> dict[str, str]:
    if meeting is None:
        return {}
    forms = answers.get("forms")
    visit = isinstance(forms, list) and "visit" in forms and meeting.place is not None
    words = {"duration": f"{meeting.length} minuter"}
    if visit and meeting.place is not None:
        words["where"] = meeting.place["sv"]
    if answers.get("way") == BOOK and (slot := chosen_slot(answers)):
        words |= {"slot_day": capital(day(local_date(slot), "sv")), "slot_time": clock_time(slot, "sv")}
    return words


def _unnamed(naming: Naming) -> dict[str, str]:
    """Who is not named in a decision is not named here either."""
    return {} if naming is Naming.NAMED else {"with_whom": ""}
