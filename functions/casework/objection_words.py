"""What the person says of the own file in words, for staff."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from flask import url_for

from functions.casework import words
from shared.app import house
from shared.domain.cases import CaseClock
from shared.domain.ids import CaseId, ItemId
from shared.domain.objection_items import Clock, Objection
from shared.domain.objections import CLOCK
from shared.records.journal import Unanswered
from shared.web import gettext, language, mark, principal
from shared.web.law_words import LAW
from shared.web.words import capital, moment

_TITLES: Final = {
    True: mark("Den som akten gäller: det här är fel"),
    False: mark("Den som akten gäller lägger till"),
}


def of_note(case: str, note: ItemId) -> list[dict[str, Any]]:
    """What the person has said of the note, newest first."""
    now = house().clock.now()
    return [row(one, now) for one in house().objections.of_note(principal(), CaseId(case), note)]


def waiting(case: str, unanswered: Sequence[Unanswered]) -> list[dict[str, Any]]:
    """What waits to be answered or read: where, and its clock or that it is unread."""
    now = house().clock.now()
    return [
        {
            "href": url_for("objections.show", id=case, objection=one.id),
            "title": gettext("En anteckning är fel") if one.note else gettext("Tillagt i akten"),
            "clock": _badge(one.clock, now),
        }
        for one in unanswered
    ]


def row(one: Objection, now: datetime) -> dict[str, Any]:
    """One thing said as a paper, with its answer, or with its clock."""
    answer = one.answer
    return {
        "kind": "said",
        "id": one.id,
        "icon": "users",
        "title": gettext(_TITLES[one.note is not None]),
        "text": one.text,
        "files": len(one.files),
        "reference": one.reference,
        "when": capital(moment(one.at, language(), now)),
        "answer": answer.text if answer else "",
        "by": f"{words.staff_name(answer.by)}, {answer.title}" if answer else "",
        "answered": moment(answer.at, language(), now) if answer else "",
        "heard": moment(one.heard_at, language(), now) if one.heard_at else "",
        "open": one.open,
        "asks": one.clock is not None,
        "clock": _badge(one.clock, now) if one.open else None,
        "law": gettext(LAW[CLOCK]) if one.clock else "",
        "href": url_for("objections.show", id=one.case, objection=one.id),
    }


def came_of(one: Objection, at: datetime, now: datetime) -> dict[str, Any]:
    """The answer, or that it was read, as a line where that happened."""
    return {
        "kind": "line",
        "icon": "check",
        "when": capital(moment(at, language(), now)),
        "title": gettext("Svar till den som akten gäller") if one.answer else gettext("Läst: det som personen la till"),
        "href": url_for("objections.show", id=one.case, objection=one.id),
    }


def _badge(clock: Clock | None, now: datetime) -> dict[str, str]:
    if clock is None:
        return {"state": "rest", "words": gettext("Oläst, inget svar begärt")}
    return words.clock_badge(CaseClock(clock.deadline, clock.due), now)
