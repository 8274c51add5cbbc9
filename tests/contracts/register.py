"""The contract of the population register: a family whole, nobody for a strange number, and an answer in time."""

from abc import abstractmethod

from shared.domain.register import Family
from shared.ports.register import PopulationRegister


class RegisterContract:
    """`make` gives a register; `child` is the number of a child in it who has guardians and a sibling."""

    child: str

    @abstractmethod
    def make(self) -> PopulationRegister: ...

    def answer(self) -> Family:
        found = self.make().family(self.child)
        assert found is not None
        return found

    def test_it_says_what_it_is_called_in_both_languages(self) -> None:
        assert self.make().source.keys() >= {"sv", "en"}

    def test_nobody_is_found_for_a_number_that_nobody_has(self) -> None:
        assert [self.make().family(number) for number in ("191212121212", "", "å", "1" * 4000)] == [None] * 4

    def test_a_child_comes_with_its_guardians_and_siblings(self) -> None:
        found = self.answer()

        assert found.child.number == self.child
        assert [one.number for one in found.guardians] == list(found.child.guardians) != []
        assert [one.number for one in found.siblings] != []

    def test_custody_is_told_of_from_both_sides(self) -> None:
        assert all(self.child in one.wards for one in self.answer().guardians)

    def test_an_adult_comes_with_those_it_has_custody_of(self) -> None:
        guardian = self.answer().guardians[0]
        found = self.make().household(guardian.number)

        assert found is not None
        assert found.person == guardian
        assert self.child in found.people
        assert set(found.people) == {guardian.number, *guardian.wards}

    def test_no_household_is_found_for_a_number_that_nobody_has(self) -> None:
        assert [self.make().household(number) for number in ("191212121212", "", "å", "1" * 4000)] == [None] * 4

    def test_the_child_is_not_its_own_sibling(self) -> None:
        assert self.child not in {one.number for one in self.answer().siblings}
