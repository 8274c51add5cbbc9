"""Letters as they are kept: sealed to the last word, one batch, one chain, and nothing lost in a race."""

from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.app.foundations import fresh
from shared.domain import lettering
from shared.domain.assessments import Answer
from shared.domain.broken_rules import NotAllowed, NotOpen, ProtectionFirst
from shared.domain.cases import Case
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, SubmissionId
from shared.domain.letters import Addressed, How
from shared.domain.queries import CASE_TIMELINE, CASES_TAKEN_OVER, EVENTS_SINCE
from shared.ports.store import Conflict, Delete, NotFound, Replace, Unavailable
from shared.records.submissions import Submission
from shared.records.trail import verify
from tests.adapters.faulty_store import FaultyStore
from tests.cases import PROTECTION, preliminary_form
from tests.houses import demo_house
from tests.letters import INVITATION, STREET, WORDS, draft_in, letters_of, recipient, send_letter, text
from tests.people import ANNA, MARIA, MONDAY, SAMIR, STRANGER
from tests.records.reports import Forms, filed_case
from tests.records.test_deciding_a_case import decide

SECRETS = (WORDS, STREET, "Tolvan", "191212121212", "Vi vill träffa dig", "report_invitation", "Mormor vet")


def annas_case(house: House, contact: Answer = Answer.YES) -> CaseId:
    """A case that Anna has and has assessed."""
    case, forms = filed_case(house), Forms(ANNA)
    house.caseworker.take(ANNA, case, forms.new())
    house.caseworker.assess(
        ANNA, case, replace(PROTECTION, guardians_may_be_contacted=contact, guardians_why_not="-"), forms.new(), None
    )
    return case


def stored(house: House, case: CaseId) -> list[dict[str, Any]]:
    found = [house.store.get("letters", one) for one in letters_of(house, case)]
    return [dict(one.fields) for one in found if one is not None]


def test_nothing_of_a_letter_lies_open() -> None:
    house = demo_house()
    case = annas_case(house, Answer.NO)
    for how in How:
        send_letter(house, case, recipient(), how, plan="Mormor vet.")

    for fields in stored(house, case):
        assert [secret for secret in SECRETS if secret in repr(fields)] == []
        assert set(fields["sealed"]) == {"text", "envelope", "care"}
    assert {fields["inbox"] for fields in stored(house, case)} == {"f" * 32, ""}


def test_a_letter_is_in_the_chain_and_in_the_figures_and_names_nobody_there() -> None:
    house = demo_house()
    case = annas_case(house)
    send_letter(house, case, recipient())
    entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=20).documents
    document = house.store.get("cases", case)
    events = house.store.query(EVENTS_SINCE, {"kind": "orosanmalan"}, limit=50).documents

    assert document is not None
    assert verify(list(reversed(entries)), str(document.fields["audit_head"]))
    assert (entries[0].fields["action"], entries[0].fields["detail"]) == ("letter:sent", "report_invitation")
    assert "letter:sent" in {one.fields["step"] for one in events}
    assert [
        secret for secret in (WORDS, "Tolvan", "f" * 32) if secret in repr([one.fields for one in (*entries, *events)])
    ] == []


def test_the_draft_goes_with_the_sending_and_a_colleague_cannot_send_it_again() -> None:
    house = demo_house()
    case = annas_case(house)
    draft = draft_in(house, case)
    once = [Submission(str(ANNA.staff), SubmissionId(fresh()), {}) for _ in range(2)]

    def send(submission: Submission) -> None:
        to = [Addressed(recipient(), text())]
        house.letters.send(ANNA, case, INVITATION, to, How.INBOX, plan="", submission=submission, draft=draft)

    send(once[0])
    assert house.drafts.find(draft.id, case) is None
    send(once[0])
    with pytest.raises(Conflict):
        send(once[1])
    assert len(letters_of(house, case)) == 1


def test_a_lost_answer_is_found_again_and_a_lost_write_leaves_the_draft() -> None:
    house = demo_house(store := FaultyStore(MemoryStore()))
    case = annas_case(house)
    draft = draft_in(house, case)
    once = Submission(str(ANNA.staff), SubmissionId(fresh()), {})
    to = [Addressed(recipient(), text())]

    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        house.letters.send(ANNA, case, INVITATION, to, How.INBOX, plan="", submission=once, draft=draft)
    assert house.drafts.find(draft.id, case) is not None
    store.fail_commits_after(1)
    house.letters.send(ANNA, case, INVITATION, to, How.INBOX, plan="", submission=once, draft=draft)
    assert len(letters_of(house, case)) == 1


def test_a_colleague_who_writes_in_the_case_meanwhile_is_in_nobodys_way() -> None:
    house = demo_house(store := FaultyStore(MemoryStore()))
    case = annas_case(house)
    store.conflict_commits(0)
    draft = draft_in(house, case)
    store.conflict_commits(2)
    once = Submission(str(ANNA.staff), SubmissionId(fresh()), {})
    to = [Addressed(recipient(), text())]
    house.letters.send(ANNA, case, INVITATION, to, How.INBOX, plan="", submission=once, draft=draft)

    assert len(letters_of(house, case)) == 1


def test_the_rule_is_kept_at_the_door_whatever_the_page_says() -> None:
    house = demo_house()
    case = annas_case(house, Answer.UNKNOWN)
    with pytest.raises(ProtectionFirst):
        send_letter(house, case, recipient())
    with pytest.raises(NotAllowed):
        send_letter(house, annas_case(house), recipient(), by=MARIA)
    with pytest.raises(NotFound):
        send_letter(house, annas_case(house), recipient(), by=STRANGER)


def test_the_register_is_asked_for_the_cases_own_caseworker_alone() -> None:
    house = demo_house()
    case = annas_case(house)
    found: Case | None = house.files.case(SAMIR, case)

    assert found is not None
    for colleague in (SAMIR, MARIA):
        with pytest.raises(NotAllowed):
            house.letters.addressees(colleague, found)


def test_letters_are_read_by_the_unit_in_their_own_case_alone() -> None:
    house = demo_house()
    case, another = annas_case(house), annas_case(house)
    letter = send_letter(house, case, recipient())

    assert house.letters.open(SAMIR, case, letter) is not None
    assert house.letters.open(SAMIR, another, letter) is None
    assert house.letters.open(STRANGER, case, letter) is None
    assert house.letters.of_case(STRANGER, case) is None


def test_a_letter_read_from_the_store_is_the_letter_that_was_sent() -> None:
    house = demo_house()
    case = annas_case(house)
    to = recipient(address=("c/o Björk", STREET), forward=False, confirmed=False)
    letter = house.letters.open(ANNA, case, send_letter(house, case, to, How.PRINT))

    assert letter is not None
    assert (letter.recipient, letter.text, letter.how, letter.sent_at) == (to, text(), How.PRINT, MONDAY)
    assert (letter.read_at, letter.posted_at, letter.decision, letter.plan) == (None, None, None, "")


def test_only_letters_on_paper_are_posted() -> None:
    house = demo_house()
    case = annas_case(house)
    inbox = send_letter(house, case, recipient())

    with pytest.raises(NotOpen):
        house.print_queue.posted(ANNA, inbox, Forms(ANNA).new())
    with pytest.raises(NotFound):
        house.print_queue.posted(STRANGER, inbox, Forms(STRANGER).new())


def opened(house: House, reports: int = 1) -> Case:
    """An investigation that took over so many reports, each assessed so that the guardians may be contacted."""
    decide(house, annas_case(house), preliminary_form(Outcome.OPEN))
    (first,) = house.files.investigations(case_in(house, annas_case(house)))
    for _ in range(reports - 1):
        decide(house, annas_case(house), preliminary_form(Outcome.ONGOING, investigation=first.id))
    return case_in(house, first.id)


def case_in(house: House, id: CaseId) -> Case:
    found: Case | None = house.files.case(ANNA, id)
    assert found is not None
    return found


def needs_plan(house: House, case: Case) -> bool:
    return lettering.needs_plan(house.letters.assessments(case))


def taken_over(house: House, case: Case) -> Case:
    (one, *_) = house.files.taken_over(case)
    return case_in(house, one.id)


def test_an_investigation_whose_reports_say_yes_takes_no_plan() -> None:
    house = demo_house()

    assert not needs_plan(house, opened(house, reports=2))


def test_an_assessment_that_is_gone_takes_a_plan() -> None:
    house = demo_house()
    case = opened(house, reports=2)
    assessment = taken_over(house, case).assessment
    assert assessment is not None
    house.store.commit([Delete("assessments", assessment)])

    assert needs_plan(house, case)


def test_an_assessment_whose_key_is_erased_takes_a_plan_and_stops_nobody() -> None:
    house = demo_house()
    case = opened(house, reports=2)
    (attached,) = {case_in(house, one.id).key for one in house.files.taken_over(case)} - {case.key}
    house.kept.ring.erase(attached)

    assert needs_plan(house, case)


def test_an_assessment_that_was_tampered_with_takes_a_plan() -> None:
    house = demo_house()
    case = opened(house)
    assessment = house.store.get("assessments", str(taken_over(house, case).assessment))
    assert assessment is not None
    house.store.commit([Replace("assessments", assessment.id, assessment.rev, {**assessment.fields, "sealed": {}})])

    assert needs_plan(house, case)


def test_a_report_taken_over_without_an_assessment_takes_a_plan() -> None:
    house = demo_house()
    case = opened(house, reports=2)
    report = house.store.get("cases", taken_over(house, case).id)
    assert report is not None
    house.store.commit([Replace("cases", report.id, report.rev, {**report.fields, "assessment": None})])

    assert needs_plan(house, case)


def test_more_reports_than_are_looked_at_take_a_plan() -> None:
    house = demo_house()
    case = opened(house, reports=CASES_TAKEN_OVER.page)
    assert not needs_plan(house, case)
    decide(house, annas_case(house), preliminary_form(Outcome.ONGOING, investigation=case.id))

    assert needs_plan(house, case)
