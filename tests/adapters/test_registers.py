"""The registers keep the contract; the practice families hold every kind of case; a slow register is not waited for."""

import time

import pytest

from shared.adapters.absent_register import AbsentRegister
from shared.adapters.family_file import FAMILIES, FamilyFile
from shared.adapters.timely_register import TimelyRegister
from shared.app import assemble
from shared.domain.cases import CasePerson
from shared.domain.register import Address, Contact, Doubt, Family, Protection, Registration, answered
from shared.ports.register import PopulationRegister, RegisterUnavailable
from shared.settings import Settings, Stage
from tests.contracts.register import RegisterContract
from tests.houses import DEMO, kept
from tests.people import MONDAY
from tests.registers import CHILD, HandRegister, family

SEPARATED, SOLE, MARKED, HIDDEN = "201701012393", "202504182391", "202510022383", "202503312387"
COORDINATED, BEREAVED, MOVED = "202509012387", "202512232386", "202601012384"


class TestFamilyFile(RegisterContract):
    child = CHILD

    def make(self) -> PopulationRegister:
        return FamilyFile()


class TestTimelyRegister(RegisterContract):
    child = CHILD

    def make(self) -> PopulationRegister:
        return TimelyRegister(HandRegister(family()))


def of(number: str) -> Family:
    found = FamilyFile(FAMILIES).family(number)
    assert found is not None
    return found


def test_shared_custody_in_one_home_and_in_two() -> None:
    together, apart = of(CHILD), of(SEPARATED)

    assert len({one.address for one in (together.child, *together.guardians)}) == 1
    assert len({one.address for one in apart.guardians}) == 2


def test_a_half_sister_is_found_through_the_guardian_they_share() -> None:
    assert [one.number for one in of(SEPARATED).siblings] == ["202508242381"]


def test_sole_custody() -> None:
    assert len(of(SOLE).guardians) == 1


def test_each_level_of_protection_and_what_the_register_then_holds() -> None:
    marked, hidden = of(MARKED), of(HIDDEN)

    assert (marked.child.protection, type(marked.child.address)) == (Protection.SEKRETESSMARKERING, Address)
    assert (hidden.child.protection, hidden.child.address) == (Protection.SKYDDAD_FOLKBOKFORING, None)


def test_a_coordination_number_a_death_and_moves_abroad() -> None:
    registrations = [[one.registration for one in of(number).guardians] for number in (COORDINATED, BEREAVED, MOVED)]

    assert registrations == [
        [Registration.COORDINATION],
        [Registration.DECEASED, Registration.MOVED_OUT],
        [Registration.MOVED_OUT],
    ]


@pytest.mark.parametrize("number", [CHILD, SEPARATED, SOLE, COORDINATED, MOVED])
def test_a_family_without_protection_adds_up(number: str) -> None:
    found = of(number)

    assert answered(found, CasePerson(name=found.child.name, number=number), MONDAY).contact is Contact.OPEN


def test_a_register_that_hangs_is_not_waited_for_longer_than_promised() -> None:
    hanging = HandRegister(family(), hangs=True)
    started = time.monotonic()

    with pytest.raises(RegisterUnavailable):
        TimelyRegister(hanging, 0.05).family(CHILD)

    assert time.monotonic() - started < 1
    hanging.let_go.set()


def test_a_register_that_hangs_is_not_asked_by_ever_more_threads() -> None:
    hanging = HandRegister(family(), hangs=True)
    timely = TimelyRegister(hanging, 0.01)

    for _ in range(12):
        with pytest.raises(RegisterUnavailable):
            timely.family(CHILD)

    assert len(hanging.asked) == 8
    hanging.let_go.set()


def test_a_register_that_is_down_is_said_to_be() -> None:
    with pytest.raises(RegisterUnavailable):
        TimelyRegister(HandRegister(down=True)).family(CHILD)


def test_where_no_register_is_connected_nothing_is_known() -> None:
    with pytest.raises(RegisterUnavailable):
        AbsentRegister().family(CHILD)


def test_invented_families_are_for_practice_only() -> None:
    production = Settings(stage=Stage.PRODUCTION, origin="https://example.se")

    assert isinstance(assemble(production, kept()).register, AbsentRegister)
    assert assemble(DEMO, kept()).register.family(CHILD) is not None


def test_one_death_is_no_doubt_while_a_guardian_lives() -> None:
    found = of(BEREAVED)

    assert Doubt.NO_GUARDIAN not in answered(found, CasePerson(name="Vera", number=BEREAVED), MONDAY).doubts
