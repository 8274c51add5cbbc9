"""What somebody wrote in one employment stays with it: a new employer gives no right to read it."""

from dataclasses import replace

from shared.domain.decisions import Outcome
from shared.domain.ids import ItemId, OrganisationId
from shared.records.drafts import report_owner
from tests.cases import PROTECTION, preliminary_form
from tests.houses import demo_house
from tests.people import ANNA, ELSA
from tests.records.reports import Forms, case_of, draft_of, file_report

ELSA_ELSEWHERE = replace(ELSA, organisation=OrganisationId("exempelvarden"), organisation_name="Exempelvården")


def test_what_was_filed_for_a_former_employer_is_not_read_again() -> None:
    house = demo_house()
    report = ItemId(file_report(house).result)

    assert house.reporting.receipt(ELSA_ELSEWHERE, report, whole=True) is None
    assert house.reporting.receipt(ELSA, report, whole=True) is not None


def test_only_number_and_day_of_a_report_follow_to_a_new_employer() -> None:
    house = demo_house()
    report = file_report(house).result
    case, forms = case_of(house, report), Forms(ANNA)
    house.caseworker.take(ANNA, case, forms.new())
    house.caseworker.assess(ANNA, case, PROTECTION, forms.new(), None)
    form = preliminary_form(Outcome.OPEN)
    house.caseworker.decide(ANNA, case, form, title="t", submission=forms.new(), draft=None)
    house.caseworker.release(ANNA, case, withhold=False, submission=forms.new())

    single = house.reporting.receipt(ELSA_ELSEWHERE, ItemId(report))
    (listed,) = house.reporting.own(ELSA_ELSEWHERE).reports
    (before,) = house.reporting.own(ELSA).reports

    assert single == listed
    assert (listed.reference, listed.report.received_at) == (before.reference, before.report.received_at)
    assert (before.here, before.report.feedback is not None) == (True, True)
    assert (listed.here, listed.report.feedback, listed.report.feedback_requested) == (False, None, False)


def test_a_draft_is_found_for_the_employer_it_was_written_for_alone() -> None:
    house = demo_house()
    draft = draft_of(house)

    assert house.drafts.find(draft.id, report_owner(ELSA)) is not None
    assert house.drafts.find(draft.id, report_owner(ELSA_ELSEWHERE)) is None
    assert house.drafts.of(report_owner(ELSA_ELSEWHERE)) == []
