"""What a person and staff do in one matter, each act with a draft or form that can be sent again after a crash."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from shared.app import House, open_house
from shared.app.foundations import fresh
from shared.domain.appealing import Appealed
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.booking.invitations import Terms
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.calendar import local_date
from shared.domain.ids import CaseId, DraftId, FileId, ItemId, SubmissionId
from shared.domain.inviting import Post
from shared.domain.letters import Addressed, How, LetterKind
from shared.domain.principals import Principal
from shared.records.attachments import listed
from shared.records.drafts import APPLICATION, Draft, applicant, own_file_owner
from shared.records.invitation_codes import InvitationCodes
from shared.records.inviting import Wanted
from shared.records.objections import Written
from shared.records.own_supplements import writing
from shared.records.submissions import Submission
from tests.appeals import anna, appeal, stored
from tests.applications import applied, case_of, story
from tests.crash.sending_child import settings
from tests.functions.inbox_browser import resident
from tests.letters import draft_in, named, text
from tests.own_files import RELEASE, begun, noted
from tests.people import ANNA, UNIT
from tests.records.flow_people import Deed
from tests.records.reports import Forms
from tests.supplements import ask
from tests.supplements import asked as papers

INVITATION: Final = LetterKind.MEETING_INVITATION
BORN: Final = date(1912, 12, 12)
"""When Tolvan was, who is invited."""
NUMBER, NAME = "198508122382", "Sara Almexempel"
"""Somebody whom the register of practice knows, so that her own file opens."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something saved and ready to be sent: by `draft` (or the id of a form of staff), about what, with which word."""

    kind: str
    draft: str
    about: str
    word: str


def opened(folder: Path) -> House:
    """The house over the real keepers of one machine."""
    return open_house(settings(folder))


def sara(house: House) -> Principal:
    """The person, logged in."""
    return replace(resident(house, NUMBER), name=NAME)


def content(word: str) -> bytes:
    """A file with the word in it, large enough to take its time."""
    return b"PK\x03\x04" + f"{word} ".encode() * 9000


# ── Saved ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def application(house: House, _about: str) -> Act:
    """An application with a paper."""
    word, who = fresh(), sara(house)
    draft = house.drafts.begin(
        APPLICATION, DraftId(fresh()), applicant(who),
        form="financial_assistance", version="1", answers={"livelihood_description": word},
    )  # fmt: skip
    return Act("apply", with_file(house, draft, "attachments", word), "", word)


def supply(house: House, about: str) -> Act:
    """A paper that was asked for, and words about it."""
    found = house.own_supplements.open(sara(house), ItemId(about))
    assert found is not None
    item, word = found.supplement.items[0].id, fresh()
    draft = house.own_supplements.begin(sara(house), found.supplement)
    draft = house.drafts.save(draft, writing(draft.answers, item, word, cannot=False))
    return Act("supply", with_file(house, draft, item, word), about, word)


def addition(house: House, about: str) -> Act:
    """Words and a photograph for the own file."""
    word = fresh()
    draft = begun(house, None, sara(house), text=word)
    return Act("add", with_file(house, draft, "files", word), about, word)


def decision(_house: House, about: str) -> Act:
    """A form of staff that decides the application."""
    return Act("decide", fresh(), about, fresh())


def appealing(house: House, about: str) -> Act:
    """An appeal with a paper."""
    word = fresh()
    draft = house.drafts.begin(
        APPLICATION, DraftId(fresh()), applicant(sara(house)),
        form="appeal", version="1", answers={"change": word}, about=about,
    )  # fmt: skip
    return Act("appeal", with_file(house, draft, "attachments", word), about, word)


def meeting(house: House, about: str) -> Act:
    """A time that somebody invited by a letter holds with its code."""
    today, case = local_date(house.clock.now()), CaseId(about)
    terms = Terms("radgivning", ("anna.exempel",), (MeetingForm.PHONE,), today, today + timedelta(days=28))
    post = Post(Addressed(named(fresh()), text(INVITATION)), How.PRINT)
    draft = draft_in(house, case, INVITATION)
    house.inviting.invite(ANNA, case, Wanted(terms), post, submission=Forms(ANNA).new(), draft=draft)
    invitation = house.inviting.of_case(ANNA, case)[0]
    offered = house.invited_meetings.choices(invitation)
    assert offered is not None
    free = house.places.free(offered, MeetingForm.PHONE, (today, today + timedelta(days=28)))
    once = Submission(str(invitation.id), SubmissionId(fresh()), {})
    guest = entered(house, case)
    held = house.invited_meetings.hold(guest, (offered, MeetingForm.PHONE), free[0].start, once, {})
    return Act("meet", fresh(), about, held.result)


def entered(house: House, case: CaseId) -> Principal:
    """The invited person, whose code has just been typed."""
    letter = house.inviting.of_case(ANNA, case)[0].letter
    found = house.invited.enter(InvitationCodes(house.cipher).of(letter), BORN, "a phone")
    assert isinstance(found, Principal)
    return found


def with_file(house: House, draft: Draft, question: str, word: str) -> str:
    """The id of the draft, to which a file has been added."""
    kept = house.attachments.add(draft, question, f"{word}.zip", content(word))
    assert isinstance(kept, Draft), kept
    return kept.id


# ── Sent, and sent again ──────────────────────────────────────────────────────────────────────────────────────────────


def send(house: House, act: Act) -> str:
    """The id of what the act led to, whether it was sent before or is only sent now."""
    return _SENDING[act.kind](house, act)


def _apply(house: House, act: Act) -> str:
    draft = house.drafts.find(DraftId(act.draft), applicant(sara(house)))
    if draft is None:
        return there(house.applicants.sent_before(sara(house), act.draft))
    what = replace(applied(), number=NUMBER, snapshot=story(act.word), attachments=_files(draft, "attachments"))
    return house.applicants.send(sara(house), what, UNIT, draft).result


def _supply(house: House, act: Act) -> str:
    found = house.own_supplements.open(sara(house), ItemId(act.about))
    draft = house.own_supplements.draft(sara(house), found.supplement) if found else None
    if draft is None or draft.id != act.draft:
        return there(house.own_supplements.sent_before(sara(house), act.draft))
    return house.own_supplements.send(sara(house), ItemId(act.about), draft).result


def _add(house: House, act: Act) -> str:
    draft = house.drafts.find(DraftId(act.draft), own_file_owner(sara(house)))
    if draft is None:
        return there(house.objections.sent_before(sara(house), act.draft))
    written = Written(act.word, _files(draft, "files"), asks=False)
    return house.objections.send(sara(house), None, written, draft).result


def _decide(house: House, act: Act) -> str:
    form = replace(Deed("determine", "anna", determined=AssistanceOutcome.REFUSED).assistance, motivation=act.word)
    once = Submission(str(ANNA.staff), SubmissionId(act.draft), {})
    desk, case = house.application_decisions, CaseId(act.about)
    return desk.decide(ANNA, case, form, who=anna(house), submission=once, draft=None).result


def _appeal(house: House, act: Act) -> str:
    draft = house.drafts.find(DraftId(act.draft), applicant(sara(house)))
    if draft is None:
        return there(house.appellants.sent_before(sara(house), act.draft))
    said = replace(appeal(act.word), files=_files(draft, "attachments"))
    assert isinstance(said, Appealed)
    return house.appellants.send(sara(house), said, ItemId(act.about), draft).result


def _meet(house: House, act: Act) -> str:
    guest = entered(house, CaseId(act.about))
    once = Submission(str(guest.invitation), SubmissionId(act.draft), {})
    return house.invited_meetings.confirm(guest, ItemId(act.word), once).result


_SENDING: Final[Mapping[str, Callable[[House, Act], str]]] = {
    "apply": _apply,
    "supply": _supply,
    "add": _add,
    "decide": _decide,
    "appeal": _appeal,
    "meet": _meet,
}


def _files(draft: Draft, question: str) -> tuple[FileId, ...]:
    return tuple(FileId(one["id"]) for one in listed(draft.answers, question))


def there(found: str | None) -> str:
    """The id of what must be there: a saved draft is either still a draft, or was sent."""
    assert found is not None, "neither saved nor sent"
    return found


# ── What staff do between ─────────────────────────────────────────────────────────────────────────────────────────────


def taken_on(house: House, sent: str) -> CaseId:
    """Anna has the case of the application, has read it and released a note of it."""
    case = case_of(house, sent)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    house.caseworker.review(ANNA, case, Forms(ANNA).new())
    noted(house, case, "Vi pratade om hyran.", RELEASE)
    return case


def asked(house: House, case: CaseId) -> ItemId:
    """What Sara is asked for."""
    today = local_date(house.clock.now())
    return ask(house, case, papers(last_day=today + timedelta(days=14)))


def decided(house: House, case: CaseId) -> ItemId:
    """The decision of the case."""
    return ItemId(str(stored(house, case).decision))


def heard(house: House, said: str) -> None:
    """Anna has read what was added, in whichever case of Sara's it lies."""
    document = house.store.get("objections", said)
    assert document is not None
    house.objections.hear(ANNA, CaseId(str(document.fields["case"])), ItemId(said), Forms(ANNA).new())
