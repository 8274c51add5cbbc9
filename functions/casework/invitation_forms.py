"""What staff choose when they invite somebody: which of the offered meetings, with whom, how, and within which days."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from shared.app import house
from shared.domain import calendar
from shared.domain.booking import staffing
from shared.domain.booking.invitations import Terms
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.cases import Case, birth_date
from shared.domain.ids import StaffId
from shared.domain.letters import LetterKind, Recipient
from shared.formkit.definition import Answers, Field, FieldType, Form, Option, Problem
from shared.formkit.words import LANGUAGES
from shared.records.inviting import Wanted
from shared.web import gettext, mark

KIND: Final = LetterKind.MEETING_INVITATION
SLOT: Final = "slot"
"""The chosen time in a draft, as an ISO instant: it is no question of the form."""
BOOK: Final = "book"
_ONE_PERSON: Final = mark("Välj en person när du bokar tiden själv")
_ONE_WAY: Final = mark("Välj ett sätt att ses när du bokar tiden själv")
_NOT_THEIRS: Final = mark("Någon av dem håller inte de mötena")
_NOT_SO: Final = mark("Mötet finns inte på det sättet")
_AHEAD: Final = mark("Dagen måste vara i dag eller senare")
_BACKWARDS: Final = mark("Sista dagen kan inte vara före den första")
_TOO_FAR: Final = mark("Så långt fram går det inte att boka än")
_UNBORN: Final = mark("Personen har inget helt personnummer, och koden frågar efter födelsedagen. Ring i stället.")
_NOTHING: Final = mark("Det finns inga lediga tider de dagarna")


def fitted(form: Form, case: Case) -> Form:
    """The form with the meetings of the case's unit, and those who hold them today."""
    offered = _offered(case)
    holders = list(dict.fromkeys(id for one in offered for id in staffing.here(one, house().municipality.staff)))
    named = tuple(Option(id, dict.fromkeys(LANGUAGES, house().municipality.staff[StaffId(id)].name)) for id in holders)
    meetings = tuple(Option(one.id, dict(one.name)) for one in offered)
    known = {
        "service": (FieldType.RADIO, meetings),
        "with_whom": (FieldType.MULTI, named),
    }
    (step,) = form.steps
    return replace(form, steps=(replace(step, fields=tuple(_fitted(one, known) for one in step.fields)),))


def _fitted(field: Field, known: dict[str, tuple[FieldType, tuple[Option, ...]]]) -> Field:
    if field.id == "recipients":
        hint = gettext("Var och en får en egen inbjudan med en egen kod.")
        return replace(field, type=FieldType.RADIO, hint=dict.fromkeys(LANGUAGES, hint))
    if field.id not in known:
        return field
    kind, options = known[field.id]
    return replace(field, type=kind, options=options)


def _offered(case: Case) -> list[Offered]:
    return [one for one in house().offer.meetings.values() if one.unit == case.unit]


def problems(form: Form, answers: Answers, to: Sequence[Recipient] = ()) -> Iterator[Problem]:
    """What does not go together, or leaves nothing to choose; and a recipient whose day of birth nobody knows."""
    (step,) = form.steps
    found = ("recipients", _UNBORN) if any(birth_date(one.number) is None for one in to) else _conflict(answers)
    if found is not None:
        name, words = found
        part = "-day" if name.endswith("_day") else ""
        yield Problem(step.id, name, f"{name}{part}", "invitation", dict.fromkeys(LANGUAGES, gettext(words)))


def _conflict(answers: Answers) -> tuple[str, str] | None:
    meeting, chosen = house().offer.meetings.get(str(answers.get("service"))), terms(answers)
    if meeting is None:
        return None  # it is asked for anyway
    if not set(chosen.staff) <= set(staffing.here(meeting, house().municipality.staff)):
        return "with_whom", _NOT_THEIRS
    if not set(chosen.forms) <= set(meeting.forms):
        return "forms", _NOT_SO
    if answers.get("way") == BOOK:
        return _not_one(chosen)
    return _days(meeting, chosen)


def _not_one(chosen: Terms) -> tuple[str, str] | None:
    if len(chosen.staff) != 1:
        return "with_whom", _ONE_PERSON
    return ("forms", _ONE_WAY) if len(chosen.forms) != 1 else None


def _days(meeting: Offered, chosen: Terms) -> tuple[str, str] | None:
    today = calendar.local_date(house().clock.now())
    if chosen.first < today:
        return "first_day", _AHEAD
    if chosen.last < chosen.first:
        return "last_day", _BACKWARDS
    if chosen.last > today + timedelta(days=meeting.ahead):
        return "last_day", _TOO_FAR
    free = (house().inviting.free(replace(chosen, forms=(one,))) for one in chosen.forms)
    there = (time for times in free for time in times if calendar.local_date(time.start) >= chosen.first)
    return None if next(there, None) else ("last_day", _NOTHING)


def terms(answers: Answers) -> Terms:
    """What the answers offer the person; where staff choose the time, it may be moved as far as anything is booked."""
    today = calendar.local_date(house().clock.now())
    service = str(answers.get("service"))
    meeting = house().offer.meetings.get(service)
    far = today + timedelta(days=meeting.ahead if meeting else 0)
    first, last = (_day(answers.get(name)) for name in ("first_day", "last_day"))
    return Terms(
        service,
        tuple(_codes(answers.get("with_whom"))),
        tuple(MeetingForm(one) for one in _codes(answers.get("forms"))),
        first or today,
        last or far,
    )


def wanted(answers: Answers, slot: datetime | None) -> Wanted:
    """The invitation that these answers make."""
    if answers.get("way") != BOOK:
        return Wanted(terms(answers))
    tells = answers.get("interpreter") == "yes"
    how = {"language": str(answers.get("interpreter_language", "")), "interpreter_gender": "any"}
    wishes: dict[str, object] = {
        "interpreter": "yes" if tells else "no",
        **({**how, "interpreter_how": "any", "stranger": ""} if tells else {}),
        "needs": [],
        "phone": str(answers.get("phone") or ""),
    }
    return Wanted(terms(answers), slot, wishes)


def chosen_slot(answers: Answers) -> datetime | None:
    """The chosen time of a draft, while it is free."""
    said = answers.get(SLOT)
    if not isinstance(said, str):
        return None
    slot = datetime.fromisoformat(said)
    return slot if any(one.start == slot for one in house().inviting.free(terms(answers))) else None


def _codes(answer: object) -> Sequence[str]:
    return [one for one in answer if isinstance(one, str)] if isinstance(answer, list) else []


def _day(answer: object) -> date | None:
    return date.fromisoformat(answer) if isinstance(answer, str) else None
