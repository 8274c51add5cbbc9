"""An invitation by itself: what is left to choose, what staff see of it, and how long somebody who guesses waits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain.booking.bookings import BookingAction, BookingChange, State, unplaced
from shared.domain.booking.invitations import TRIES, Invitation, InvitationOver, Shown, Standing, Terms, anew, withdraw
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.meeting_messages import cancelled
from shared.domain.guessing import FORGOTTEN, LONGEST_WAIT, Guesses
from shared.domain.ids import CaseId, ItemId, KeyId, PersonIndex, StaffId, UnitId
from shared.domain.principals import Kind, Principal
from shared.domain.quiet import QuietHours
from tests.meetings import ADVICE, meeting
from tests.people import ANNA, MONDAY

LATER = MONDAY + timedelta(days=14)
TERMS = Terms(ADVICE, ("vera",), (MeetingForm.PHONE,), MONDAY.date() + timedelta(days=3), LATER.date())
ONE = Invitation(
    id=ItemId("1"), rev=1, case=CaseId("2"), key=KeyId("3"), unit=UnitId("mottagningen"), standing=Standing.OPEN,
    person=PersonIndex("4"), name="Tolvan", born="1912-12-12", terms=TERMS, code="c", letter=ItemId("5"),
    made_at=MONDAY, expires_at=LATER, by=StaffId("anna.exempel"),
)  # fmt: skip


def test_what_is_offered_is_narrowed_to_the_invitation() -> None:
    left = TERMS.narrowed(meeting(staff=("samir", "vera")), MONDAY)

    assert left is not None
    assert (left.staff, left.forms, left.ahead) == (("vera",), (MeetingForm.PHONE,), 14)
    assert MONDAY + timedelta(hours=left.lead) >= MONDAY.replace(hour=0) + timedelta(days=2, hours=22)


@pytest.mark.parametrize("gone", [{"staff": ("samir",)}, {"forms": (MeetingForm.VISIT,)}], ids=str)
def test_nothing_is_left_when_nobody_holds_it_so_or_the_days_are_over(gone: dict[str, object]) -> None:
    assert TERMS.narrowed(meeting(**gone), MONDAY) is None
    assert TERMS.narrowed(meeting(), LATER) is None


@pytest.mark.parametrize(
    ("changes", "at", "shown"),
    [
        ({}, MONDAY, Shown.OPEN),
        ({}, LATER, Shown.EXPIRED),
        ({"tries": TRIES}, MONDAY, Shown.LOCKED),
        ({"standing": Standing.BOOKED}, MONDAY, Shown.BOOKED),
        ({"standing": Standing.BOOKED}, LATER, Shown.OVER),
        ({"standing": Standing.CANCELLED, "tries": TRIES}, LATER, Shown.CANCELLED),
        ({"standing": Standing.WITHDRAWN}, LATER, Shown.WITHDRAWN),
    ],
)
def test_staff_see_what_has_become_of_it(changes: dict[str, object], at: object, shown: Shown) -> None:
    assert replace(ONE, **changes).shown(at) is shown  # type: ignore[arg-type]


def test_the_day_of_birth_is_the_whole_day_and_nothing_less() -> None:
    assert ONE.is_born(date(1912, 12, 12))
    assert not any(map(ONE.is_born, (date(1912, 12, 11), date(2012, 12, 12), None)))
    assert not replace(ONE, born="").is_born(None)


@pytest.mark.parametrize("standing", [Standing.BOOKED, Standing.CANCELLED, Standing.WITHDRAWN])
def test_what_is_booked_or_off_is_not_taken_back(standing: Standing) -> None:
    with pytest.raises(InvitationOver):
        withdraw(replace(ONE, standing=standing))


@pytest.mark.parametrize("standing", [Standing.CANCELLED, Standing.WITHDRAWN])
def test_what_is_off_gets_no_new_code(standing: Standing) -> None:
    with pytest.raises(InvitationOver):
        anew(replace(ONE, standing=standing), ItemId("6"), "d", TERMS, LATER)


def test_a_new_code_forgets_wrong_days() -> None:
    again = anew(replace(ONE, tries=TRIES), ItemId("6"), "d", TERMS, LATER)

    assert (again.tries, again.letter, again.code) == (0, "6", "d")


def test_everybody_may_err_and_nobody_may_try_thousands() -> None:
    tries, waits, now = Guesses(), [], MONDAY
    for _ in range(14):
        wait = tries.wait(now)
        waits.append(wait)
        now += wait or timedelta(0)
        tries = tries.tried(now)

    assert waits[:5] == [None] * 5
    assert waits[5:8] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert waits[-1] == LONGEST_WAIT
    assert tries.wait(now + FORGOTTEN) is None
    assert tries.tried(now + FORGOTTEN).count == 1


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (Principal(Kind.INVITED, invitation=ONE.id, letter=ONE.letter), False),
        (Principal(Kind.RESIDENT, person=ONE.person), False),
        (Principal(Kind.INVITED, invitation=ItemId("another")), True),
        (ANNA, True),
    ],
    ids=["the guest", "the person", "another guest", "staff"],
)
def test_nobody_is_told_by_message_of_what_they_have_cancelled_themselves(by: Principal, *, told: bool) -> None:
    begun = unplaced(ONE.person, "Tolvan", meeting(), MeetingForm.PHONE)
    booked = replace(begun, id=ItemId("8"), state=State.CONFIRMED, invitation=ONE.id)
    change = BookingChange(booked, replace(booked, state=State.CANCELLED), BookingAction.CANCELLED, by, MONDAY)

    assert (cancelled(change, QuietHours()) is not None) is told
