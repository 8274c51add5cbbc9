"""A town where a report has come as far as a route needs it, and what an answer there must never hold for outsiders."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from functions.concern_reports.filing import filed
from functions.concern_reports.report_form import report_form
from shared.app.foundations import fresh
from shared.domain import messages
from shared.domain.booking.blocks import Wished
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.calendar import local_date
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, ItemId, StaffId, SubmissionId
from shared.domain.letters import How, LetterKind
from shared.domain.messages import Reason
from shared.domain.queries import NOTES_OF_CASE, NOTICES_OF_ROLE
from shared.formkit.definition import Answer
from shared.ports.store import Create
from shared.records.drafts import Draft
from shared.records.message_rows import message_row
from shared.records.submissions import Submission
from tests.access import appeal_standing
from tests.access.applying import apply_as
from tests.access.invited import invite
from tests.access.kin import former_guardian
from tests.access.own_words import PAPERS, said, saying, says
from tests.access.routes import Route
from tests.access.staff_writing import begin_staff_forms, follow_up, investigation
from tests.cases import PROTECTION as ASSESSMENT
from tests.cases import preliminary_form
from tests.journeys.town import INVITED, TOLVAN, Town
from tests.letters import INVITATION, STREET, WORDS, named, send_letter, text
from tests.notes import WORDS as NOTE_WORDS
from tests.notes import sign_note
from tests.own_files import NUMBER, OBJECTION, RELEASE, knowing, review
from tests.people import ANNA, ELSA, UNIT
from tests.records.reports import case_of, draft_of, file_report
from tests.registers import MOTHER, person
from tests.written_messages import message

CHILD: Final = "Nova Hemlig"
STORY: Final = "Nova är hungrig varje morgon."
PHONE: Final = "070-174 06 05"
SECRETS: Final = (CHILD, STORY, PHONE, WORDS, STREET, NOTE_WORDS, OBJECTION, PAPERS[4:].decode())
ANSWERS: Final[Mapping[str, Answer]] = {
    "acute_now": "yes",
    "reporter_name": "Elsa Exempel",
    "reporter_category": "school_preschool",
    "child_given_name": "Nova",
    "child_family_name": "Hemlig",
    "child_person_id": {"type": "personnummer", "value": "198804202383"},
    "child_phone": PHONE,
    "guardians": [{"name": "Karin Exempel", "person_id": {"type": "personnummer", "value": MOTHER}}],
    "concern_description": STORY,
    "feedback_requested": "yes",
}
_WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "meeting": (),
    "begun": (),
    "received": (),
    "applied": (),
    "asked": (),
    "read": (),
    "taken": ("taken",),
    "unasked": ("taken", "assessed", "decided"),
    "noted": ("taken", "noted"),
    "released": ("taken", "noted", "released"),
    "objected": ("taken", "noted", "released", "objected"),
    "added": ("taken", "noted", "released", "added"),
    "saying": ("taken", "noted", "released", "saying"),
    "assessed": ("taken", "assessed"),
    "decided": ("taken", "assessed", "decided"),
    "followed up": ("taken", "assessed", "decided", "followed up"),
    "sent": ("taken", "assessed", "sent"),
    "decision sent": ("taken", "assessed", "decided", "sent"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The ids of what stands there."""

    draft: str
    report: str
    case: CaseId
    notice: str
    letters: Mapping[How, ItemId]
    """One in Tolvan's inbox and one to print, when the case has come to `sent`."""
    original: str = ""
    file: str = ""
    message: str = ""
    """One to the lead's own unit that did not arrive."""
    note: str = ""
    objection: str = ""
    investigation: str = ""
    """What the report continues in, when it has come to `decided`."""
    saying: str = ""
    """What Tolvan has said of the own file, with a file of his, and what he is writing."""
    held: str = ""
    booked: str = ""
    """Tolvan's meetings, when the case has come to `meeting`: one to be confirmed, and one that is; it is over when the
    case has come to `begun`."""
    block: str = ""
    """Time that Anna has blocked."""
    applied: str = ""
    application: str = ""
    applying: str = ""
    appealed: Mapping[str, str] = field(default_factory=dict)
    """When the case has come to `applied`: the case of an application of Tolvan's that Anna has, the application, and
    a draft of another."""
    supplement: str = ""
    supply: str = ""
    wanted: str = ""
    """When it has come to `asked`: what Tolvan is asked for, what has been sent, and an item of it."""

    def known(self, route: Route) -> Mapping[str, str]:
        """What fills the placeholders of the route."""
        office = {
            "/forvaltning/person": "samir.exempel",
            "/forvaltning/enheter": "mottagningen",
            "/forvaltning/organisationer": "exempelskolan",
        }
        kinds = {**office, "/anmal/utkast": self.draft, "/anmal/kvitto": self.report, "/arbete/notiser": self.notice}
        id = next((one for start, one in kinds.items() if route.rule.startswith(start)), self.case)
        if route.rule.startswith("/meddelanden"):
            id = self.letters.get(How.INBOX, id)
        if route.rule.startswith("/journal"):
            id = self.objection if "sagt" in route.rule else self.saying
        if route.rule.startswith("/arbete/moten"):
            id = self.block if "upptagen" in route.rule else self.booked
        if route.rule.startswith("/boka/tid"):
            id = self.booked if route.rule.endswith(("<id>", "/flytta", "/avboka", "/tid.ics", "/rum")) else self.held
        if route.rule.split("/")[4:5] in (["forlangning"], ["avslut"], ["uppfoljning"]):
            id = self.investigation
        if route.rule.startswith(("/arbete/arende/<id>/ansokan", "/arbete/arende/<id>/komplettering")):
            id = self.applied
        if "overklaga" in route.rule or route.rule.startswith("/ansok"):
            return self._known_to_applicants(route)
        first = "text" if route.rule.startswith("/journal") else "beskriv"
        slug = "bilagor" if "/filer" in route.rule or "/delar" in route.rule else first
        letter = self.letters.get(How.PRINT, "none")
        made = {
            name: getattr(self, name)
            for name in ("original", "file", "message", "note", "objection", "supplement", "wanted")
        }
        made["invitation"] = str(INVITED.invitation)
        return {"id": id, "slug": slug, "letter": letter, **made}

    def _known_to_applicants(self, route: Route) -> Mapping[str, str]:
        if "komplettering" in route.rule:
            return {"id": self.supplement, "slug": self.wanted, "supply": self.supply}
        if "overklaga" in route.rule:
            return appeal_standing.known(self.appealed, route)
        slug = "barnen" if "<item>" in route.rule or route.rule.endswith("/ny") else "hittills"
        if "/filer" in route.rule or "<slug>/delar" in route.rule:
            slug = "bilagor"
        if not route.rule.startswith("/ansok/utkast"):
            slug = "ekonomi"
        return {"id": self.application if "kvitto" in route.rule else self.applying, "slug": slug}


def standing(town: Town, step: str) -> Standing:
    """A report of Elsa's at that step, and a second one of hers in writing."""
    draft = town.house.attachments.add(draft_of(town.house, ELSA, dict(ANSWERS)), "attachments", "papper.zip", PAPERS)
    assert isinstance(draft, Draft)
    what = filed(report_form(), draft.answers, "sv", town.clock.now())
    what = replace(what, feedback_requested=step != "unasked")
    report = file_report(town.house, what, draft=draft).result
    case = case_of(town.house, report)
    for one in _WAYS.get(step, ()):
        _advance(town, case, one)
    kind = LetterKind.DECISION if "decision" in step else INVITATION
    letters = _send_letters(town, case, kind) if "sent" in step else {}
    begin_staff_forms(town, case)
    invite(town, case, letters.get(How.PRINT), CHILD)
    draft = draft_of(town.house, ELSA, dict(ANSWERS))
    town.house.sweep.run()
    found = town.house.store.query(NOTICES_OF_ROLE, {"unit": UNIT, "role": "team_lead"}, limit=1)
    meetings = _book_meetings(town, over=step == "begun") if step in {"meeting", "begun"} else ("", "", "")
    original = town.house.originals.make_of(case)
    made, file = original.id if original else "", what.attachments[0]
    words, his = said(town, case)
    return Standing(
        draft.id,
        report,
        case,
        found.documents[0].id,
        letters,
        original=made,
        file=his or file,
        message=_dead_message(town),
        investigation=investigation(town, case),
        note=_note(town, case),
        objection=words,
        saying=saying(town),
        held=meetings[0],
        booked=meetings[1],
        block=meetings[2],
        appealed=appeal_standing.appealed(town, step),
        **(apply_as(town, step, (CHILD, STORY, PHONE)) if step in {"applied", "read", "asked"} else {}),
    )


def _advance(town: Town, case: CaseId, step: str) -> None:
    desk = town.house.caseworker
    if step == "taken":
        desk.take(ANNA, case, _sent())
    elif step == "noted":
        sign_note(town.house, case)
    elif step == "released":
        _is_tolvans(town)
        review(town.house, case, ItemId(_note(town, case)), RELEASE)
    elif step in {"objected", "added", "saying"}:
        says(town, None if step == "added" else ItemId(_note(town, case)), sent=step != "saying")
    elif step == "assessed":
        desk.assess(ANNA, case, ASSESSMENT, _sent(), None)
    elif step == "followed up":
        follow_up(town, case)
    elif step == "decided":
        form = preliminary_form(Outcome.OPEN)
        desk.decide(ANNA, case, form, title="socialsekreterare", submission=_sent(), draft=None)


def _note(town: Town, case: CaseId) -> str:
    found = town.house.store.query(NOTES_OF_CASE, {"case": case}, limit=1).documents
    return found[0].id if found else ""


def _is_tolvans(town: Town) -> None:
    """The file becomes that of the one resident who knocks."""
    knowing(town.house, person(NUMBER, CHILD))
    pointer = town.house.store.get("person_index", town.house.cipher.index("person", NUMBER))
    assert pointer is not None
    if town.house.store.get("person_index", str(TOLVAN.person)) is None:
        town.house.store.commit([Create("person_index", str(TOLVAN.person), dict(pointer.fields))])


def _send_letters(town: Town, case: CaseId, kind: LetterKind) -> dict[How, ItemId]:
    town.house.originals.make_of(case)
    send_letter(town.house, case, former_guardian(town.house), words=text(kind))
    to = named(str(TOLVAN.person))
    return {how: send_letter(town.house, case, to, how, words=text(kind)) for how in How}


def _book_meetings(town: Town, *, over: bool) -> tuple[str, str, str]:
    """One that is held with everything answered, and one that is booked, both with Anna; and a time she has blocked."""
    offer = town.house.offer
    with_anna = replace(offer.meetings["radgivning"], staff=("anna.exempel",))
    town.house.offer = replace(offer, meetings={**offer.meetings, with_anna.id: with_anna})
    wishes = {"interpreter": "no", "needs": [], "phone": PHONE, "prepare": STORY}
    booked = _hold(town, wishes)
    town.house.meetings.confirm(TOLVAN, booked, _of_tolvan())
    anna = town.house.municipality.staff[StaffId("anna.exempel")]
    day = local_date(town.clock.now()) + timedelta(days=30)
    block = town.house.blocks.set(ANNA, anna, Wished(day, day), _sent()).result
    held = _hold(town, wishes)
    if over:
        town.clock.advance(timedelta(days=7))
    return held, booked, block


def _hold(town: Town, wishes: Mapping[str, object]) -> ItemId:
    meeting, form = town.house.offer.meetings["radgivning"], MeetingForm.PHONE
    today = local_date(town.clock.now())
    start = town.house.meetings.free(meeting, form, (today, today + timedelta(days=7)))[0].start
    return ItemId(town.house.meetings.hold(TOLVAN, (meeting, form), start, _of_tolvan(), wishes).result)


def _of_tolvan() -> Submission:
    return Submission(str(TOLVAN.person), SubmissionId(fresh()), {})


def _dead_message(town: Town) -> str:
    dead = messages.dead(message(), Reason.TOO_LATE)
    if town.house.store.get("messages", dead.id) is None:  # a test may build all of this twice in one town
        town.house.store.commit([message_row(dead).write(town.house._vault.sealing)])
    return dead.id


def _sent() -> Submission:
    return Submission(str(ANNA.staff), SubmissionId(fresh()), {})
