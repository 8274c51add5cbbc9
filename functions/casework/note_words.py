"""Everything that stands in the journal of a case in words, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flask import url_for

from functions.casework import meeting_lines, objection_words, questions, review_words, words
from functions.casework.letter_forms import RELATIONS
from shared.domain.cases import Case
from shared.domain.ids import ItemId
from shared.domain.letters import Letter, letter_reference
from shared.domain.notes import CONTACTS, Care, Contacts, Note, NoteForm, NoteKind, Source, Weight
from shared.domain.objection_items import Objection
from shared.domain.reviews import Review
from shared.records.journal import Entry, Milestone
from shared.records.told_meetings import ToldMeeting
from shared.web import gettext, language, local_text, mark
from shared.web.words import capital, moment

KINDS: Final = {
    NoteKind.CALL: mark("Telefonsamtal"),
    NoteKind.VISIT: mark("Hembesök"),
    NoteKind.MEETING: mark("Möte"),
    NoteKind.ATTEMPT: mark("Kontaktförsök"),
    NoteKind.OTHER: mark("Anteckning"),
}
_ICONS: Final = {
    NoteKind.CALL: "phone",
    NoteKind.VISIT: "home",
    NoteKind.MEETING: "users",
    NoteKind.ATTEMPT: "phone",
    NoteKind.OTHER: "pen",
}
COUNTED: Final = {
    NoteKind.CALL: mark("Samtal i telefon"),
    NoteKind.VISIT: mark("Besök i hemmet"),
    NoteKind.MEETING: mark("Möten"),
    NoteKind.ATTEMPT: mark("Försök till kontakt"),
}
SOURCES: Final = {
    Source.OWN: mark("Sett eller hört själv"),
    Source.TOLD: mark("Berättat av någon"),
    Source.DOCUMENT: mark("Ur en handling"),
}
WEIGHTS: Final = {Weight.FACT: mark("Uppgift"), Weight.ASSESSMENT: mark("Bedömning")}
CARES: Final = {
    Care.THIRD_PERSON: mark("Uppgifter om någon annan"),
    Care.VIOLENCE: mark("Våld, hot eller var någon finns"),
    Care.CHILD_ALONE: mark("Barnet enskilt"),
}
_MILESTONES: Final = {
    Milestone.REPORT: (mark("Anmälan kom in"), "cases.report"),
    Milestone.OPENED: (mark("Utredningen inleddes"), "cases.show"),
    Milestone.ASSESSMENT: (mark("Skyddsbedömning gjord"), "cases.assessments"),
    Milestone.DECISION: (mark("Beslut fattat"), "cases.assessments"),
}
_WITH_NOBODY: Final = "nobody"


def counted(contacts: Contacts | None) -> list[dict[str, str]]:
    """How many contacts of each kind, as facts."""
    counts = {kind: contacts.of(kind) if contacts else 0 for kind in CONTACTS}
    return [{"term": gettext(COUNTED[kind]), "value": str(count)} for kind, count in counts.items()]


def note(one: Note, review: Review | None, now: datetime) -> dict[str, Any]:
    """A note as a paper, with what a review of it came to."""
    form = one.form
    return {
        "kind": "note",
        "id": one.id,
        "href": url_for("journal.read", id=one.case, note=one.id),
        "icon": _ICONS[form.kind] if form.kind else "pen",
        "title": gettext(KINDS[form.kind]) if form.kind else "",
        "when": _when(one, now),
        "with": _with(form),
        "participants": form.participants,
        "text": form.text,
        "tags": [gettext(WEIGHTS[form.weight])] if form.weight else [],
        "source": gettext(SOURCES[form.source]) if form.source else "",
        "cares": [gettext(CARES[care]) for care in Care if care in form.care],
        "by": _signed(one.by, one.title),
        "signed": moment(one.signed_at, language(), now),
        "state": review_words.tag(one, review),
        "additions": [
            {"text": more.text, "by": _signed(more.by, more.title), "when": moment(more.at, language(), now)}
            for more in one.additions
        ],
    }


def entry(one: Entry, reviews: Mapping[ItemId, Review], case: Case, now: datetime) -> dict[str, Any]:
    """One thing of the chronology: what somebody has written is a paper, everything else a line."""
    if isinstance(one.what, Note):
        return note(one.what, reviews.get(one.what.id), now)
    when = capital(moment(one.at, language(), now))
    if isinstance(one.what, Letter):
        to = one.what.recipient
        return {
            "kind": "line",
            "icon": "message",
            "when": when,
            "title": gettext("Brev: %(letter)s", letter=gettext(words.LETTERS[one.what.text.kind])),
            "name": to.name,
            "relation": gettext(RELATIONS[to.relation]),
            "reference": letter_reference(one.what.id),
            "href": url_for("letters.read", id=case.id, letter=one.what.id),
        }
    if isinstance(one.what, ToldMeeting):
        return meeting_lines.line(one.what, now)
    if isinstance(one.what, Objection):
        return objection_words.came_of(one.what, one.at, now) if one.again else objection_words.row(one.what, now)
    title, endpoint = _MILESTONES[one.what]
    return {
        "kind": "line",
        "icon": "file",
        "when": when,
        "title": gettext(title),
        "href": url_for(endpoint, id=case.id),
    }


def _signed(by: str, title: str) -> str:
    return f"{words.staff_name(by)}, {title}" if title else words.staff_name(by)


def _when(one: Note, now: datetime) -> str:
    if "T" in one.form.happened:
        return capital(moment(one.event_at, language(), now))
    return capital(words.day_only(one.event_at, now))


def _with(form: NoteForm) -> str:
    labels = {option.code: local_text(option.label) for option in questions.note().field("with_whom").options}
    first, *more = [labels[code] for code in form.with_whom if code in labels and code != _WITH_NOBODY] or [""]
    return ", ".join([first, *(f"{one[:1].lower()}{one[1:]}" for one in more)])
