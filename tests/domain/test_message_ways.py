"""Which words leave the house, by which ways, to whom, and when they are not worth it any more."""

from dataclasses import replace
from datetime import date

import pytest

from shared.domain import messages
from shared.domain.addressees import Addressee, addressee, choose, worth_sending
from shared.domain.ids import CaseId, NoticeId, StaffId
from shared.domain.message_routes import leaving
from shared.domain.message_texts import WORDS, words
from shared.domain.messages import (
    DUTY_PHONE,
    Channel,
    Reason,
    Recipient,
    RecipientKind,
    Template,
)
from shared.domain.municipality import Absence, Staff
from shared.domain.notices import Notice, NoticeKind
from shared.domain.phone_numbers import international
from shared.domain.principals import Role
from tests.people import ANNA, MONDAY, UNIT
from tests.towns import TOWN
from tests.written_messages import BOTH, RESIDENT, STAFF, message

PLACE = "e-tjanster.en-ganska-lang-exempelkommun.example.se"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("template", Template)
def test_the_words_fit_one_sms_and_lead_nowhere(template: Template, language: str) -> None:
    said = WORDS[template][language].filled(place=PLACE, code="012345", when="Wednesday at 09.00")

    assert len(said.text) <= 160
    assert set(said.text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÅÄÖåäö .,-0123456789")
    told = ("barn", "child", "socialtjänst", "social service", "orosanmälan", "report", "anmäl")
    for word in ("http", "://", "www", *told):
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
