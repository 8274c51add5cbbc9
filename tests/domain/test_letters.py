"""A letter in a case: when it may be sent, to whom, and that nobody protected has an address in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain import lettering
from shared.domain.assessments import Answer, ProtectionAssessment
from shared.domain.broken_rules import AlreadyDone, BrokenRule, Incomplete, NotAllowed, NotOpen, ProtectionFirst
from shared.domain.cases import Case, CasePerson
from shared.domain.change import Action, Change
from shared.domain.decisions import Outcome
from shared.domain.ids import ItemId, KeyId, PersonIndex, StaffId
from shared.domain.letter_recipients import candidates, is_another, other
from shared.domain.letters import Addressed, How, Letter, LetterKind, Relation
from shared.domain.principals import Principal, Role
from shared.domain.register import Outcome as Said
from shared.domain.register import Protection, Registration, Reply, answered
from tests import applications
from tests.cases import PROTECTION, assessed, decided, filed, preliminary_form, received, taken
from tests.letters import recipient, text
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER, Ids, staff
from tests.registers import CHILD, FATHER, MOTHER, family, person

KIM = CasePerson(name="Kim Exempel", number=CHILD)
INVITED = LetterKind.MEETING_INVITATION
LATER = MONDAY + timedelta(hours=2)


def index(number: str) -> PersonIndex:
    return PersonIndex(f"index of {number}")


def assessment(contact: Answer = Answer.YES) -> ProtectionAssessment:
    form = replace(PROTECTION, guardians_may_be_contacted=contact)
    return ProtectionAssessment(
        ItemId("a"), 0, received().case.id, KeyId("k"), StaffId("anna.exempel"), MONDAY, MONDAY, form
    )


def investigation() -> Case:
    return decided(received(), preliminary_form(Outcome.OPEN)).cases[1]


def send(
    case: Case,
    *,
    kind: LetterKind = LetterKind.REPORT_INVITATION,
    contact: Answer = Answer.YES,
    plan: str = "",
    by: Principal = ANNA,
    to: Mapping[ItemId, Addressed] | None = None,
) -> Change:
    addressed = {ItemId("l" * 32): Addressed(recipient(), text(kind))} if to is None else to
    return lettering.send(
        case, [assessment(contact)], kind, addressed, How.INBOX, plan=plan, by=by, now=LATER, fresh=Ids()
    )


def letter(how: How = How.INBOX, **changes: object) -> Letter:
    (sent,) = send(assessed(received())).items
    assert isinstance(sent, Letter)
    return replace(sent, how=how, **changes)  # type: ignore[arg-type]


def test_a_letter_is_written_in_the_case_for_its_unit_and_seals_with_its_key() -> None:
    case = assessed(received())
    change = send(case)
    (sent,) = change.items

    assert isinstance(sent, Letter)
    assert (sent.case, sent.unit, sent.key, sent.by, sent.sent_at) == (case.id, case.unit, case.key, ANNA.staff, LATER)
    assert (change.action, change.detail, change.case) == (Action.LETTER_SENT, "report_invitation", case)


def test_no_letter_goes_home_before_the_protection_assessment() -> None:
    for violence in Answer:
        with pytest.raises(ProtectionFirst):
            send(taken(received(filed(violence=violence))))


@pytest.mark.parametrize("contact", [Answer.NO, Answer.UNKNOWN])
def test_where_contact_is_not_safe_a_letter_takes_a_plan_in_writing(contact: Answer) -> None:
    case = assessed(received(filed(violence=Answer.YES)))
    for nothing in ("", " \n"):
        with pytest.raises(ProtectionFirst):
            send(case, contact=contact, plan=nothing)

    (sent,) = send(case, contact=contact, plan="Barnet är hos mormor.").items
    assert isinstance(sent, Letter)
    assert sent.plan == "Barnet är hos mormor."


@pytest.mark.parametrize(
    ("by", "rule"),
    [(SAMIR, NotAllowed), (MARIA, NotAllowed), (STRANGER, NotAllowed), (ELSA, NotAllowed)],
    ids=["colleague", "lead", "another unit", "reporter"],
)
def test_the_cases_own_caseworker_alone_sends(by: Principal, rule: type[BrokenRule]) -> None:
    for case in (taken(received()), assessed(received())):
        with pytest.raises(rule):
            send(case, by=by)


@pytest.mark.parametrize(
    ("case", "fitting"),
    [
        (taken(received()), []),
        (assessed(received()), [LetterKind.REPORT_INVITATION, LetterKind.DELAY_NOTICE, INVITED]),
        (decided(received(), preliminary_form()).case, [LetterKind.DECISION]),
        (decided(received(filed(feedback=False)), preliminary_form()).case, [LetterKind.DECISION]),
        (
            investigation(),
            [LetterKind.INVESTIGATION_OPENED, LetterKind.COMMUNICATION, LetterKind.DELAY_NOTICE, INVITED],
        ),
    ],
    ids=["unassessed", "assessed", "decided", "ended", "investigation"],
)
def test_a_letter_has_its_place_in_the_case(case: Case, fitting: list[LetterKind]) -> None:
    assert lettering.kinds(case) == fitting
    for kind in {*LetterKind, INVITED} - (set(fitting) - {INVITED}):
        with pytest.raises(NotOpen if not lettering.waits_for_protection(case) else ProtectionFirst):
            send(case, kind=kind)


def test_a_decision_is_sent_as_itself_also_when_the_case_has_ended() -> None:
    ended = decided(received(filed(feedback=False)), preliminary_form()).case
    change = send(ended, kind=LetterKind.DECISION)
    (sent,) = change.items

    assert isinstance(sent, Letter)
    assert (change.action, change.case, sent.decision) == (Action.DECISION_SENT, ended, ended.decision)
    for by in (SAMIR, MARIA, STRANGER, ELSA):
        with pytest.raises(NotAllowed):
            send(ended, kind=LetterKind.DECISION, by=by)


def test_a_letter_to_nobody_is_incomplete() -> None:
    with pytest.raises(Incomplete):
        send(assessed(received()), to={})


def test_a_letter_is_read_once_and_posted_once() -> None:
    case = assessed(received())
    opened = lettering.read(case, letter(), by=ELSA, now=LATER).items[0]
    posted = lettering.post(case, letter(How.PRINT), by=MARIA, now=LATER).items[0]

    assert isinstance(opened, Letter)
    assert isinstance(posted, Letter)
    assert (opened.read_at, posted.posted_at, posted.posted_by) == (LATER, LATER, MARIA.staff)
    with pytest.raises(AlreadyDone):
        lettering.read(case, opened, by=ELSA, now=LATER)
    with pytest.raises(AlreadyDone):
        lettering.post(case, posted, by=MARIA, now=LATER)
    with pytest.raises(NotOpen):
        lettering.post(case, letter(), by=MARIA, now=LATER)


@pytest.mark.parametrize("by", [STRANGER, ELSA, staff("jorge", Role.DUTY)], ids=["another unit", "reporter", "duty"])
def test_the_units_own_post_its_letters(by: Principal) -> None:
    with pytest.raises(NotAllowed):
        lettering.post(assessed(received()), letter(How.PRINT), by=by, now=LATER)


# ── To whom ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def reply(**changes: object) -> Reply:
    """What the register says of Kim, whose mother has these changes."""
    mother = person(MOTHER, "Karin Exempel", wards=(CHILD, "202503082386"), **changes)  # type: ignore[arg-type]
    return answered(family(mother), KIM, MONDAY)


def test_both_guardians_may_get_a_letter_at_their_addresses() -> None:
    found = candidates(reply(), index, MONDAY.date())

    assert [(one.name, one.relation, one.address, one.forward, one.confirmed) for one in found] == [
        ("Karin Exempel", Relation.GUARDIAN, ("Storgatan 12", "999 01 Exempelstad"), False, True),
        ("Omar Exempel", Relation.GUARDIAN, ("Storgatan 12", "999 01 Exempelstad"), False, True),
    ]
    assert [one.index for one in found] == [index(MOTHER), index(FATHER)]


def test_a_child_gets_letters_of_its_own_from_its_fifteenth_birthday() -> None:
    for day, own in (("2029-12-31", False), ("2030-01-01", True)):
        now = MONDAY.replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]))
        found = candidates(answered(family(), KIM, now), index, now.date())
        assert (Relation.CHILD in {one.relation for one in found}) is own


@pytest.mark.parametrize("protection", [Protection.SEKRETESSMARKERING, Protection.SKYDDAD_FOLKBOKFORING])
def test_when_one_is_protected_nobody_in_the_family_has_an_address(protection: Protection) -> None:
    found = candidates(reply(protection=protection), index, MONDAY.date())

    assert {one.name for one in found} == {"Karin Exempel", "Omar Exempel"}
    assert {(one.address, one.forward) for one in found} == {((), True)}


def test_what_is_in_doubt_is_marked_and_has_no_address() -> None:
    doubtful = answered(family(person(MOTHER, "Karin Exempel", wards=())), KIM, MONDAY)

    assert {(one.address, one.confirmed) for one in candidates(doubtful, index, MONDAY.date())} == {((), False)}


def test_the_dead_get_no_letters() -> None:
    found = candidates(reply(registration=Registration.DECEASED), index, MONDAY.date())

    assert [one.name for one in found] == ["Omar Exempel"]


@pytest.mark.parametrize("outcome", [Said.UNAVAILABLE, Said.NOT_FOUND, Said.NO_NUMBER])
def test_a_silent_register_offers_nobody(outcome: Said) -> None:
    assert candidates(Reply(MONDAY, outcome), index, MONDAY.date()) == ()


def test_a_number_that_may_be_another_childs_offers_nobody() -> None:
    mistaken = answered(family(), replace(KIM, name="Nova Björk"), MONDAY)

    assert candidates(mistaken, index, MONDAY.date()) == ()


def own(*, name: str = "Omar Exempel", protection: Protection = Protection.NONE) -> Reply:
    """What the register says of somebody whom staff named."""
    return answered(
        family(person(FATHER, name, protection=protection), child=FATHER), CasePerson(number=FATHER), MONDAY
    )


TYPED = ("Egen gata 1",)


def test_somebody_named_by_staff_is_confirmed_only_by_the_register() -> None:
    silent = Reply(MONDAY, Said.UNAVAILABLE)

    known = other(FATHER, "Omar Exempel", TYPED, index, own=own(), family=reply())
    assert (known.confirmed, known.address, known.forward) == (True, ("Storgatan 12", "999 01 Exempelstad"), False)
    asked = other(FATHER, "Omar Exempel", TYPED, index, own=silent, family=silent)
    assert (asked.confirmed, asked.address, asked.forward) == (False, TYPED, False)


@pytest.mark.parametrize("whose", ["own", "the child's"])
def test_a_typed_address_is_dropped_when_anybody_is_protected(whose: str) -> None:
    hidden = Protection.SKYDDAD_FOLKBOKFORING
    said = (own(protection=hidden), reply()) if whose == "own" else (own(), reply(protection=hidden))
    found = other(FATHER, "Omar Exempel", TYPED, index, own=said[0], family=said[1])

    assert (found.address, found.forward) == ((), True)


def test_a_number_that_is_somebody_elses_is_seen() -> None:
    assert is_another(own(), "Per Okänd")
    assert not is_another(own(), "omar EXEMPEL-Berg")
    assert not is_another(Reply(MONDAY, Said.UNAVAILABLE), "Per Okänd")


def test_without_any_assessment_a_letter_takes_a_plan() -> None:
    assert lettering.needs_plan([])


def test_the_day_that_a_notice_of_delay_promises_an_applicant_stands_in_the_case() -> None:
    case, day = taken(applications.received()), date(2027, 1, 15)
    late = lettering.send(
        case, [], LetterKind.DELAY_NOTICE, {ItemId("l" * 32): Addressed(recipient(), text(LetterKind.DELAY_NOTICE))},
        How.INBOX, plan="", by=ANNA, now=LATER, fresh=Ids(), promised=day,
    )  # fmt: skip

    assert late.case.promised == day
    assert send(assessed(received()), kind=LetterKind.DELAY_NOTICE).case.promised is None
