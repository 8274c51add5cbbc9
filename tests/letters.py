"""Letters on their way: the words of one, those who may get it, and one that has been sent."""

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.ids import CaseId, ItemId, PersonIndex, SubmissionId
from shared.domain.letters import Addressed, How, LetterKind, Part, Recipient, Relation, Text
from shared.domain.principals import Principal
from shared.domain.queries import LETTERS_OF_CASE
from shared.records.drafts import STAFF_FORM, Draft, staff_form_id
from shared.records.submissions import Submission
from tests.people import ANNA

INVITATION = LetterKind.REPORT_INVITATION
WORDS = "Vi vill höra hur du ser på Novas frukostar."
STREET = "Gömda gränd 7"


def text(kind: LetterKind = INVITATION, words: str = WORDS) -> Text:
    """A short letter."""
    sender = {"name": "Anna Exempel", "title": "socialsekreterare", "unit": "Mottagningen", "phone": "031-390 06 01"}
    return Text(kind, 1, "sv", "Vi vill träffa dig", (Part("text", (words,)),), "20 kap. 2 §", "OA-4T7-X9K", sender)


def recipient(index: str = "f" * 32, **changes: object) -> Recipient:
    """A guardian whose address the register knows."""
    known: dict[str, object] = {
        "index": PersonIndex(index), "number": "191212121212", "name": "Tolvan Exempel",
        "relation": Relation.GUARDIAN, "address": (STREET, "999 01 Exempelstad"), **changes,
    }  # fmt: skip
    return Recipient(**known)  # type: ignore[arg-type]


def named(index: str = "f" * 32, **changes: object) -> Recipient:
    """Somebody whom staff named with an address that no register vouches for."""
    return recipient(index, **{"relation": Relation.OTHER, "confirmed": False, **changes})


def draft_in(house: House, case: CaseId, kind: LetterKind = INVITATION) -> Draft:
    """A begun letter."""
    form = f"letter_{kind}"
    return house.drafts.begin(
        STAFF_FORM, staff_form_id(case, form), case, form=form, version="1", answers={}, by=str(ANNA.staff)
    )


def send_letter(
    house: House,
    case: CaseId,
    to: Recipient,
    how: How = How.INBOX,
    *,
    by: Principal = ANNA,
    words: Text | None = None,
    plan: str = "",
) -> ItemId:
    """A letter is sent; its id."""
    said = words or text()
    draft, before = draft_in(house, case, said.kind), letters_of(house, case)
    once = Submission(str(by.staff), SubmissionId(fresh()), {})
    house.letters.send(by, case, said.kind, [Addressed(to, said)], how, plan=plan, submission=once, draft=draft)
    (new,) = letters_of(house, case) - before
    return new


def letters_of(house: House, case: CaseId) -> set[ItemId]:
    """The ids of the case's letters."""
    return {ItemId(one.id) for one in house.store.query(LETTERS_OF_CASE, {"case": case}, limit=100).documents}
