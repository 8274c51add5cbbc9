"""A code of a letter against many at once: five guesses are five, two phones are one meeting, on every keeper."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Final

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.app import House
from shared.app.foundations import fresh
from shared.domain.assessments import Answer
from shared.domain.booking.bookings import HoldExpired, MeetingOver, SlotTaken
from shared.domain.booking.invitations import Invitation, InvitationOver, Standing, Terms
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.broken_rules import AlreadyDone, NotOpen, ProtectionFirst
from shared.domain.calendar import local_date
from shared.domain.ids import CaseId, ItemId, SubmissionId
from shared.domain.inviting import Post
from shared.domain.letters import Addressed, How, LetterKind
from shared.domain.principals import Principal
from shared.domain.queries import BOOKINGS_OF_PERSON, CASE_DISCLOSURES, CASE_TIMELINE
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict, NotFound, Store, Unavailable
from shared.records.invitation_codes import InvitationCodes
from shared.records.inviting import Wanted
from shared.records.submissions import Submission
from shared.records.trail import verify
from tests.emulator import Emulator
from tests.houses import HandClock, demo_house
from tests.letters import draft_in, named, text
from tests.people import ANNA
from tests.records.test_letters import annas_case

KIND: Final = LetterKind.MEETING_INVITATION
BORN: Final = date(1912, 12, 12)
MANY: Final = 12


@contextmanager
def _memory(_: Path) -> Iterator[Store]:
    yield MemoryStore()


@contextmanager
def _sqlite(folder: Path) -> Iterator[Store]:
    store = SqliteStore(folder / "store.db")
    yield store
    store.close()


KEEPERS = pytest.mark.parametrize("keeper", [_memory, _sqlite])


def invite(house: House, case: CaseId, *, plan: str = "", form: MeetingForm = MeetingForm.PHONE) -> Invitation:
    """Anna invites Tolvan to a call with her within four weeks."""
    today = local_date(house.clock.now())
    terms = Terms("radgivning", ("anna.exempel",), (form,), today, today + timedelta(days=28))
    post = Post(Addressed(named(), text(KIND)), How.PRINT, plan)
    sent = Submission(str(ANNA.staff), SubmissionId(fresh()), {})
    house.inviting.invite(ANNA, case, Wanted(terms), post, submission=sent, draft=draft_in(house, case, KIND))
    return house.inviting.of_case(ANNA, case)[0]


def code_of(house: House, one: Invitation) -> str:
    return InvitationCodes(house.cipher).of(one.letter)


def at_once(act: Callable[[int], object]) -> list[object]:
    """What each of twelve got who began in the same instant."""
    gate = Barrier(MANY)

    def one(number: int) -> object:
        gate.wait()
        try:
            return act(number)
        except (SlotTaken, HoldExpired, InvitationOver, MeetingOver, NotFound, Conflict, KeyGone) as broken:
            return type(broken).__name__

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def once(one: Invitation) -> Submission:
    """A form of somebody invited."""
    return Submission(str(one.id), SubmissionId(fresh()), {})


def guess_at_once(store: Store) -> None:
    house = demo_house(store)
    one = invite(house, annas_case(house))
    code, days = code_of(house, one), [BORN - timedelta(days=number + 1) for number in range(MANY)]
    found = at_once(lambda number: house.invited.enter(code, days[number], f"client {number}"))

    assert [who for who in found if isinstance(who, Principal)] == []
    (after,) = house.inviting.of_case(ANNA, one.case)
    assert after.tries <= 5
    for number in range(5 - after.tries):  # some were faster than others could count
        house.invited.enter(code, days[number], f"late {number}")
    assert not isinstance(house.invited.enter(code, BORN, "the person"), Principal)


def book_at_once(store: Store) -> None:
    house = demo_house(store)
    one = invite(house, annas_case(house))
    phones = [house.invited.enter(code_of(house, one), BORN, f"phone {number}") for number in range(MANY)]
    offered = house.invited_meetings.choices(one)
    assert offered is not None
    today = local_date(house.clock.now())
    free = house.places.free(offered, MeetingForm.PHONE, (today, today + timedelta(days=14)))

    def book(number: int) -> str:
        who = phones[number]
        assert isinstance(who, Principal)
        desk = house.invited_meetings
        held = desk.hold(who, (offered, MeetingForm.PHONE), free[number].start, once(one), {})
        return desk.confirm(who, ItemId(held.result), once(one)).result

    at_once(book)
    (after,) = house.inviting.of_case(ANNA, one.case)
    if after.standing is Standing.OPEN:  # each let go of what another held
        book(0)
        (after,) = house.inviting.of_case(ANNA, one.case)
    confirmed = store.query(BOOKINGS_OF_PERSON, {"person": one.person, "state": "confirmed"}, limit=10).documents
    assert [found.id for found in confirmed] == [after.booking]
    actions, whole = trail(house, one.case)
    assert actions.count("meeting:confirmed") == 1
    assert whole


def trail(house: House, case: CaseId) -> tuple[list[str], bool]:
    """What stands in the case's trail, and whether the chain is whole."""
    page = house.store.query(CASE_TIMELINE, {"case": case}, limit=CASE_TIMELINE.page)
    entries = list(reversed(page.documents))
    stored = house.store.get("cases", case)
    assert stored is not None
    return [str(one.fields["action"]) for one in entries], verify(entries, str(stored.fields["audit_head"]))


@KEEPERS
def test_twelve_guesses_at_once_are_five(keeper: Callable[[Path], Iterator[Store]], tmp_path: Path) -> None:
    with keeper(tmp_path) as store:  # type: ignore[attr-defined]
        guess_at_once(store)


@KEEPERS
def test_twelve_phones_with_one_code_book_one_meeting(
    keeper: Callable[[Path], Iterator[Store]], tmp_path: Path
) -> None:
    with keeper(tmp_path) as store:  # type: ignore[attr-defined]
        book_at_once(store)


@pytest.mark.emulator
def test_codes_hold_in_firestore_too(emulator: Emulator) -> None:
    for name, act in (("guesses", guess_at_once), ("phones", book_at_once)):
        store = FirestoreStore(emulator.database(name), patience=60, try_s=20)
        act(store)
        store.close()


def test_whoever_opens_an_invitation_is_logged_first_and_without_the_log_it_stays_shut() -> None:
    house = demo_house()
    one = invite(house, annas_case(house))
    code = code_of(house, one)
    assert isinstance(house.invited.enter(code, BORN, "a phone"), Principal)
    page = house.store.query(CASE_DISCLOSURES, {"case": one.case}, limit=5)
    assert [(found.fields["what"], found.fields["actor"]) for found in page.documents][:1] == [("invitation", one.id)]

    def fails_when_it_is_logged(*_: object) -> None:
        raise Unavailable

    house._disclosures.record = fails_when_it_is_logged  # type: ignore[assignment, method-assign]
    with pytest.raises(Unavailable):
        house.invited.enter(code, BORN, "a phone")


def test_an_invitation_is_sent_once_however_often_it_is_posted() -> None:
    house = demo_house()
    case = annas_case(house)
    today = local_date(house.clock.now())
    terms = Terms("radgivning", ("anna.exempel",), (MeetingForm.PHONE,), today, today + timedelta(days=28))
    draft, once = draft_in(house, case, KIND), Submission(str(ANNA.staff), SubmissionId(fresh()), {})
    post = Post(Addressed(named(), text(KIND)), How.PRINT)
    sent = [
        house.inviting.invite(ANNA, case, Wanted(terms), post, submission=once, draft=draft).result for _ in range(2)
    ]

    assert sent[0] == sent[1]
    assert len(house.inviting.of_case(ANNA, case)) == 1
    other = Submission(str(ANNA.staff), SubmissionId(fresh()), {})
    with pytest.raises(AlreadyDone):
        house.inviting.invite(ANNA, case, Wanted(terms), post, submission=other, draft=draft)


def test_a_letter_of_this_kind_never_goes_without_what_its_code_opens() -> None:
    house = demo_house()
    case = annas_case(house)
    once = Submission(str(ANNA.staff), SubmissionId(fresh()), {})
    with pytest.raises(NotOpen):
        house.letters.send(
            ANNA, case, KIND, [Addressed(named(), text(KIND))], How.PRINT, plan="", submission=once,
            draft=draft_in(house, case, KIND),
        )  # fmt: skip


def test_where_contact_is_not_safe_an_invitation_takes_a_plan() -> None:
    house = demo_house()
    with pytest.raises(ProtectionFirst):
        invite(house, annas_case(house, Answer.NO))
    assert invite(house, annas_case(house, Answer.NO), plan="Barnet är hos sin moster.").standing is Standing.OPEN


def test_another_letter_shuts_the_room_of_the_meeting_for_whoever_came_with_the_old_code() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    one = invite(house, annas_case(house), form=MeetingForm.VIDEO)
    found, offered = house.invited.enter(code_of(house, one), BORN, "his phone"), house.invited_meetings.choices(one)
    assert isinstance(found, Principal)
    assert offered is not None
    today = local_date(clock.now())
    free = house.places.free(offered, MeetingForm.VIDEO, (today, today + timedelta(days=14)))[0]
    desk = house.invited_meetings
    id = ItemId(desk.hold(found, (offered, MeetingForm.VIDEO), free.start, once(one), {}).result)
    desk.confirm(found, id, once(one))
    clock.at = free.start
    assert house.video_rooms.enter(found, id, "Deltagare") is not None

    post = Post(Addressed(named(), text(KIND)), How.PRINT)
    house.inviting.anew(ANNA, one.case, one.id, post, Submission(str(ANNA.staff), SubmissionId(fresh()), {}))
    (after,) = house.inviting.of_case(ANNA, one.case)
    theirs = house.invited.enter(code_of(house, after), BORN, "her phone")
    assert isinstance(theirs, Principal)
    assert house.video_rooms.enter(found, id, "Deltagare") is None
    assert house.video_rooms.enter(theirs, id, "Deltagare") is not None
    clock.at = free.start + timedelta(minutes=offered.length + 5)  # the line broke as they said goodbye
    assert house.video_rooms.enter(theirs, id, "Deltagare") is not None


@pytest.mark.parametrize("again", [False, True], ids=["taken back", "sent anew"])
def test_the_letter_of_a_code_that_is_dead_is_not_put_in_the_post(*, again: bool) -> None:
    house = demo_house()
    one = invite(house, annas_case(house))
    assert [waits.id for waits in house.print_queue.page(ANNA).letters] == [one.letter]
    act = Submission(str(ANNA.staff), SubmissionId(fresh()), {})
    if again:
        house.inviting.anew(ANNA, one.case, one.id, Post(Addressed(named(), text(KIND)), How.INBOX), act)
    else:
        house.inviting.withdraw(ANNA, one.case, one.id, act)

    assert house.print_queue.page(ANNA).letters == []
    assert house.print_queue.printed(ANNA, [one.letter]).letters == []
    with pytest.raises(NotOpen):  # who has printed it already is told before it lies in the post
        house.print_queue.posted(ANNA, one.letter, Submission(str(ANNA.staff), SubmissionId(fresh()), {}))


def test_a_letter_that_was_posted_stays_so_when_its_invitation_is_taken_back() -> None:
    house = demo_house()
    one = invite(house, annas_case(house))
    house.print_queue.posted(ANNA, one.letter, Submission(str(ANNA.staff), SubmissionId(fresh()), {}))
    house.inviting.withdraw(ANNA, one.case, one.id, Submission(str(ANNA.staff), SubmissionId(fresh()), {}))
    letter = house.letters.open(ANNA, one.case, one.letter)

    assert letter is not None
    assert letter.posted_at is not None
    assert letter.stopped_at is None
