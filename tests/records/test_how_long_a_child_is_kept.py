"""What an investigation needs is kept until the child has turned 30; what led nowhere is not kept longer for it."""

from shared.app import House
from shared.domain.cases import Case
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import CaseId
from shared.ports.store import Delete
from tests.cases import PROTECTION, filed, preliminary_form
from tests.houses import demo_house
from tests.people import ANNA
from tests.records.reports import Forms, filed_case

FIVE_YEARS, UNTIL_30 = "FIVE_YEARS_NOT_OPENED", "CHILD_30"


def assessed_case(house: House) -> Case:
    case = filed_case(house)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    house.caseworker.assess(ANNA, case, PROTECTION, Forms(ANNA).new(), None)
    return case_of(house, case)


def decided(house: House, form: PreliminaryForm) -> Case:
    case = assessed_case(house)
    house.caseworker.decide(ANNA, case.id, form, title="t", submission=Forms(ANNA).new(), draft=None)
    return case_of(house, case.id)


def case_of(house: House, id: CaseId) -> Case:
    found = house.files.case(ANNA, id)
    assert found is not None
    return found


def kept(house: House, case: Case) -> dict[str, str]:
    """The retention classes of the case's key and of the key that seals who the child is."""
    keys = house.kept.ring._store  # type: ignore[attr-defined]
    akt = house.store.get("akter", case.akt)
    assert akt is not None
    person = house.store.get("persons", str(akt.fields["person"]))
    assert person is not None
    return {
        "case": keys.get("data_keys", case.key).fields["retention"],
        "child": keys.get("data_keys", person.fields["key"]).fields["retention"],
    }


def test_a_report_that_led_nowhere_is_kept_for_five_years() -> None:
    house = demo_house()

    assert kept(house, decided(house, preliminary_form(Outcome.NOT_OPEN))) == {
        "case": FIVE_YEARS,
        "child": FIVE_YEARS,
    }


def test_an_opened_investigation_keeps_case_and_child_until_the_child_is_thirty() -> None:
    house = demo_house()

    assert kept(house, decided(house, preliminary_form(Outcome.OPEN))) == {
        "case": UNTIL_30,
        "child": UNTIL_30,
    }


def test_the_investigated_child_can_be_named_when_the_reports_class_is_erased() -> None:
    house = demo_house()
    case = decided(house, preliminary_form(Outcome.OPEN))
    house.kept.ring._store.commit([Delete("class_keys", FIVE_YEARS)])  # type: ignore[attr-defined]
    ring = house.kept.ring
    ring._data._kept.clear()  # type: ignore[attr-defined]
    ring._classes._kept.clear()  # type: ignore[attr-defined]
    person = house.store.get("persons", str(house.store.get("akter", case.akt).fields["person"]))  # type: ignore[union-attr]
    assert person is not None

    core = house.reporting._sealing.open(person, person.fields["key"], ("core",))["core"]  # type: ignore[arg-type]

    assert core["name"] == filed().child.name


def test_a_report_attached_to_an_investigation_is_kept_as_long_as_it() -> None:
    house = demo_house()
    first = decided(house, preliminary_form(Outcome.OPEN))

    attached = decided(house, preliminary_form(Outcome.ONGOING, investigation=str(first.continues_in)))

    assert kept(house, attached) == {"case": UNTIL_30, "child": UNTIL_30}


def test_a_later_report_that_leads_nowhere_shortens_nothing_and_is_itself_kept_for_five_years() -> None:
    house = demo_house()
    decided(house, preliminary_form(Outcome.OPEN))

    later = decided(house, preliminary_form(Outcome.NOT_OPEN))

    assert kept(house, later) == {"case": FIVE_YEARS, "child": UNTIL_30}
