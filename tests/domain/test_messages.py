"""A message on its way: which ones there are, how they are tried, and how far each word brings them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.domain import messages
from shared.domain.addressees import Addressee, addressee, choose, worth_sending
from shared.domain.ids import CaseId, MessageId, NoticeId, StaffId
from shared.domain.message_routes import leaving
from shared.domain.message_texts import WORDS, words
from shared.domain.messages import (
    DUTY_PHONE,
    Channel,
    Message,
    Reason,
    Recipient,
    RecipientKind,
    State,
    Template,
    message_id,
)
from shared.domain.municipality import Absence, Staff
from shared.domain.notices import Notice, NoticeKind
from shared.domain.phone_numbers import international
from shared.domain.principals import Role
from shared.domain.quiet import QuietHours
from tests.people import ANNA, MONDAY, UNIT
from tests.towns import TOWN

NIGHT = QuietHours()
STAFF = Recipient(RecipientKind.STAFF, str(ANNA.staff))
RESIDENT = Recipient(RecipientKind.RESIDENT, "p" * 32)
BOTH = frozenset(Channel)


def message(**changes: object) -> Message:
    """A message to Anna that may leave on Monday morning."""
    plain = Message(
        id=MessageId("m" * 32),
        recipient=STAFF,
        channel=Channel.EMAIL,
        template=Template.LOOK,
        unit=UNIT,
        case=CaseId("c" * 32),
        at=MONDAY,
        not_before=MONDAY,
        next_try=MONDAY,
        gives_up_at=MONDAY + timedelta(days=1),
        clock="forhandsbedomning",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


# ── Once ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_event_has_one_message_for_each_recipient() -> None:
    assert message_id(STAFF, "e") == message_id(STAFF, "e")
    assert len({message_id(STAFF, "e"), message_id(STAFF, "f"), message_id(DUTY_PHONE, "e")}) == 3


# ── Words and ways ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("template", Template)
def test_the_words_fit_one_sms_and_lead_nowhere(template: Template, language: str) -> None:
    said = WORDS[template][language]

    assert len(said.text) <= 160
    assert set(said.text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÅÄÖåäö .,")
    for word in ("http", "www", "barn", "child", "socialtjänst", "social service", "orosanmälan", "report", "anmäl"):
        assert word not in f"{said.subject} {said.text}".lower()


def test_a_language_that_is_not_spoken_is_written_to_in_swedish() -> None:
    assert words(Template.LOOK, "fi") == WORDS[Template.LOOK]["sv"]


def test_staff_and_the_duty_phone_are_reached_at_the_employers_own_addresses() -> None:
    anna, duty = addressee(STAFF, TOWN), addressee(DUTY_PHONE, TOWN)

    assert anna is not None
    assert anna.addresses == {Channel.EMAIL: "anna.exempel@example.se", Channel.SMS: "+46313900620"}
    assert duty is not None
    assert duty.addresses == {Channel.SMS: "+46313900613"}


def test_who_has_left_is_reached_nowhere() -> None:
    assert addressee(Recipient(RecipientKind.STAFF, "borta.exempel"), TOWN) is None
    assert choose(message(), None, BOTH) is Reason.NO_ADDRESS


@pytest.mark.parametrize("email", ["", "anna", "anna@", "anna@example.se\r\nBcc: x@example.com", "a b@example.se"])
def test_an_address_that_is_none_is_not_written_to(email: str) -> None:
    known = TOWN.staff[ANNA.staff]  # type: ignore[index]
    town = replace(TOWN, staff={known.id: replace(known, email=email, phone="")})

    assert choose(message(), addressee(STAFF, town), BOTH) is Reason.NO_ADDRESS


def test_the_other_way_is_taken_when_the_preferred_one_is_missing_or_not_connected() -> None:
    anna = addressee(STAFF, TOWN)
    phone = Addressee({Channel.SMS: "+46313900620"}, BOTH)

    assert choose(message(), anna, BOTH) is Channel.EMAIL
    assert choose(message(), phone, BOTH) is Channel.SMS
    assert choose(message(), anna, [Channel.SMS]) is Channel.SMS
    assert choose(message(), anna, []) is Channel.EMAIL


def test_a_resident_is_not_written_to_by_a_channel_that_nobody_has_said_is_safe() -> None:
    both = {Channel.SMS: "+46701740605", Channel.EMAIL: "x@example.se"}
    to_resident = message(recipient=RESIDENT)

    assert addressee(RESIDENT, TOWN) is None
    assert choose(to_resident, Addressee(both), BOTH) is Reason.NOT_SAFE
    assert choose(to_resident, Addressee(both, frozenset({Channel.SMS})), BOTH) is Channel.SMS


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("031-390 06 13", "+46313900613"),
        ("070-174 06 05", "+46701740605"),
        ("+46 (0)31 390 06 13", "+46313900613"),
        ("0046313900613", "+46313900613"),
        ("+358 40 1234567", "+358401234567"),
        ("", ""),
        ("112", ""),
        ("031-390 06 13; DROP", ""),
        ("+46313900613\r\nto: +46313900614", ""),
        ("٠٣١٣٩٠٠٦١٣", ""),
    ],
)
def test_a_number_is_written_for_the_whole_world_or_not_at_all(number: str, expected: str) -> None:
    assert international(number) == expected


# ── Still worth it ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reminder_of_what_is_done_is_not_worth_sending() -> None:
    assert worth_sending(message(), {"forhandsbedomning"}, assigned=True)
    assert not worth_sending(message(), {"utredning"}, assigned=True)
    assert not worth_sending(message(), set(), assigned=True)


def test_that_nobody_has_a_case_is_not_worth_saying_when_somebody_has_taken_it() -> None:
    unassigned = message(assigned_ends_it=True)

    assert worth_sending(unassigned, {"forhandsbedomning"}, assigned=False)
    assert not worth_sending(unassigned, {"forhandsbedomning"}, assigned=True)


def test_a_case_that_cannot_be_found_is_no_reason_to_keep_quiet() -> None:
    assert worth_sending(message(), None, assigned=False)


# ── Tries ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_keeps_everybody_else_away_until_its_time_is_over() -> None:
    mine = messages.claimed(message(), Channel.EMAIL, MONDAY)

    assert messages.ready(message(), MONDAY)
    assert not messages.ready(mine, MONDAY + messages.CLAIM - timedelta(seconds=1))
    assert messages.ready(mine, MONDAY + messages.CLAIM)


def test_tries_come_further_and_further_apart() -> None:
    pauses = [messages.pause(message(tries=n)) for n in range(1, 9)]

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(hours=1))


def test_a_page_is_tried_again_within_a_minute_and_every_five_minutes() -> None:
    pauses = [messages.pause(message(tries=n, urgent=True)) for n in range(1, 9)]

    assert (pauses[0], max(pauses)) == (timedelta(seconds=15), timedelta(minutes=5))


def test_a_try_that_would_come_at_night_waits_for_the_morning_but_a_page_does_not() -> None:
    evening = datetime(2026, 11, 2, 20, 45, tzinfo=UTC)
    tired = messages.tried(message(tries=4), NIGHT, evening)
    page = messages.tried(message(tries=4, urgent=True), NIGHT, evening)

    assert tired.next_try == tired.not_before == datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
    assert (page.next_try, page.not_before) == (evening + timedelta(minutes=2), MONDAY)


@pytest.mark.parametrize(
    ("recipient", "urgent", "most"), [(STAFF, False, 3), (DUTY_PHONE, True, 12), (RESIDENT, False, 1)]
)
def test_what_may_have_left_is_sent_again_a_few_times_and_to_a_resident_never(
    recipient: Recipient, urgent: bool, most: int
) -> None:
    one, tries = message(recipient=recipient, urgent=urgent), 0
    while one.state is State.WAITING:
        one = messages.tried(messages.claimed(one, one.channel, MONDAY), NIGHT, MONDAY, unsure=True)
        tries += 1

    assert (tries, one.state, one.reason) == (most, State.DEAD, Reason.UNCLEAR)


def test_a_sender_that_was_never_heard_of_again_may_have_sent_it() -> None:
    first = messages.claimed(message(), Channel.EMAIL, MONDAY)
    second = messages.claimed(first, Channel.EMAIL, MONDAY + messages.CLAIM)

    assert (first.unsure, second.unsure) == (0, 1)
    assert messages.lost(replace(second, unsure=2))
    assert not messages.lost(second)
    assert messages.lost(replace(first, recipient=RESIDENT))


def test_another_try_that_a_person_asks_for_begins_anew_by_day() -> None:
    night = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    over = messages.dead(message(tries=9, unsure=3), Reason.UNCLEAR)
    anew = messages.again(over, NIGHT, night)

    assert (anew.state, anew.tries, anew.unsure, anew.reason) == (State.WAITING, 0, 0, Reason.NONE)
    assert anew.next_try == datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
    assert anew.gives_up_at > anew.next_try
    assert messages.again(replace(over, urgent=True), NIGHT, night).next_try == night


def test_what_is_dead_or_undelivered_asks_for_a_person_until_somebody_has_seen_to_it() -> None:
    over = messages.dead(message(), Reason.REFUSED)

    assert (over.troubled, over.open) == (True, False)
    assert not messages.handled(over).troubled
    assert not messages.dropped(message()).troubled


# ── What gateways tell ────────────────────────────────────────────────────────────────────────────────────────────────

SENT = messages.sent(messages.claimed(message(), Channel.SMS, MONDAY), MONDAY)
DELIVERED = messages.reported(SENT, State.DELIVERED, MONDAY)
FAILED = messages.reported(SENT, State.FAILED, MONDAY)
CLAIMED = messages.claimed(message(), Channel.SMS, MONDAY)


@pytest.mark.parametrize(
    ("before", "told", "after"),
    [
        (CLAIMED, State.SENT, State.SENT),
        (CLAIMED, State.DELIVERED, State.DELIVERED),
        (CLAIMED, State.FAILED, State.FAILED),
        (SENT, State.SENT, State.SENT),
        (SENT, State.DELIVERED, State.DELIVERED),
        (SENT, State.FAILED, State.FAILED),
        (FAILED, State.SENT, State.FAILED),
        (FAILED, State.FAILED, State.FAILED),
        (FAILED, State.DELIVERED, State.DELIVERED),
        (DELIVERED, State.SENT, State.DELIVERED),
        (DELIVERED, State.FAILED, State.DELIVERED),
        (DELIVERED, State.DELIVERED, State.DELIVERED),
        (messages.dead(CLAIMED, Reason.UNCLEAR), State.DELIVERED, State.DELIVERED),
        (messages.dead(CLAIMED, Reason.UNCLEAR), State.FAILED, State.DEAD),
        (messages.dropped(CLAIMED), State.DELIVERED, State.DROPPED),
        (message(), State.DELIVERED, State.WAITING),
        (SENT, State.DEAD, State.SENT),
        (SENT, State.WAITING, State.SENT),
    ],
)
def test_a_word_from_the_gateway_only_brings_a_message_forward(before: Message, told: State, after: State) -> None:
    got = messages.reported(before, told, MONDAY)

    assert got.state is after
    assert replace(got, state=before.state, reason=before.reason, sent_at=before.sent_at) == before


def test_a_word_that_comes_a_week_later_changes_nothing() -> None:
    assert messages.reported(SENT, State.DELIVERED, MONDAY + messages.REPORTS_FOR) == SENT


def test_the_staff_of_the_town_can_be_reached() -> None:
    assert [one.id for one in TOWN.staff.values() if not _reached(one)] == []
    assert {Role.DUTY, Role.TEAM_LEAD} <= {role for one in TOWN.staff.values() for role in one.roles}


def _reached(one: Staff) -> bool:
    to = addressee(messages.staff_recipient(one.id), TOWN)
    return to is not None and set(to.addresses) == set(Channel)


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_has_a_way_out(kind: NoticeKind) -> None:
    notice = Notice(NoticeId("n" * 32), 0, UNIT, MONDAY, kind, CaseId("c" * 32), role=Role.TEAM_LEAD)

    assert [one.recipient.id for one in leaving([notice], TOWN, MONDAY)] == ["maria.exempel"]


def test_while_the_lead_is_away_the_substitute_is_written_to_and_without_one_the_lead() -> None:
    maria = TOWN.staff[StaffId("maria.exempel")]
    notice = Notice(NoticeId("n" * 32), 0, UNIT, MONDAY, NoticeKind.ACUTE_REPORT, CaseId("c" * 32), role=Role.TEAM_LEAD)

    def told(substitute: StaffId | None) -> list[str]:
        away = Absence(date(2026, 11, 1), date(2026, 11, 8), substitute)
        town = replace(TOWN, staff={**TOWN.staff, maria.id: replace(maria, away=away)})
        return [one.recipient.id for one in leaving([notice], town, MONDAY)]

    assert told(StaffId("samir.exempel")) == ["samir.exempel"]
    assert told(None) == ["maria.exempel"]
