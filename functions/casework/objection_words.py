"""Objections in words, for staff."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from functions.casework import words
from shared.app import house
from shared.domain.cases import CaseClock
from shared.domain.ids import CaseId, ItemId
from shared.domain.objection_items import Objection
from shared.domain.objections import CLOCK
from shared.records.journal import Unanswered
from shared.web import gettext, language, principal
from shared.web.law_words import LAW
from shared.web.words import capital, moment


def listed(case: str, note: ItemId) -> list[dict[str, Any]]:
    """What the person has said of the note, newest first."""
    now = house().clock.now()
    return [row(one, now) for one in house().objections.of_note(principal(), CaseId(case), note)]


def waiting(case: str, unanswered: Sequence[Unanswered]) -> list[dict[str, Any]]:
    """Those that wait for an answer: where, and their clocks."""
    now = house().clock.now()
    return [
        {
            "href": url_for("journal.read", id=case, note=one.note),
            "clock": words.clock_badge(CaseClock(one.deadline, one.due), now),
        }
        for one in unanswered
    ]


def row(one: Objection, now: datetime) -> dict[str, Any]:
    """One objection with its answer, or with its clock."""
    answer = one.answer
    return {
        "text": one.text,
        "when": capital(moment(one.at, language(), now)),
        "answer": answer.text if answer else "",
        "by": f"{words.staff_name(answer.by)}, {answer.title}" if answer else "",
        "answered": moment(answer.at, language(), now) if answer else "",
        "clock": words.clock_badge(CaseClock(one.deadline, one.due), now),
        "law": gettext(LAW[CLOCK]),
        "href": url_for("objections.ask", id=one.case, note=one.note, objection=one.id),
    }
