"""The promise of what knows who people are: folkbokföringen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.household import Household
    from shared.domain.register import Family


class PopulationRegister(Protocol):
    """Folkbokföringen, asked about one person at a time (like Skatteverket's Navet). Nothing of it is kept."""

    @property
    def source(self) -> Mapping[str, str]:
        """What the register is called on a page, by language."""
        ...

    def family(self, number: str) -> "Family | None":
        """The child of this number (12 digits) with its guardians and their other wards; None: nobody has it.

        Answers within 1.5 seconds or raises `RegisterUnavailable`. A protected person is told of with the flag.
        """
        ...

    def household(self, number: str) -> "Household | None":
        """The adult of this number and those whom it has custody of; None: nobody has the number.

        Answers in the same time, or raises the same.
        """
        ...


class RegisterUnavailable(Exception):
    """The population register did not answer in time, or there is none: nothing is known, not even who is protected."""
