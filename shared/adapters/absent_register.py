"""The population register of an installation that is not connected to one."""

from collections.abc import Mapping
from typing import Final

from shared.domain.household import Household
from shared.domain.register import Family
from shared.ports.register import RegisterUnavailable


class AbsentRegister:
    """Never answers: every page then does what it does when the register is down."""

    source: Final[Mapping[str, str]] = {"sv": "Inget register är anslutet", "en": "No register is connected"}

    def family(self, number: str) -> Family | None:  # noqa: ARG002 - the port's signature
        """Nothing is known."""
        raise RegisterUnavailable

    def household(self, number: str) -> Household | None:  # noqa: ARG002 - the port's signature
        """Nothing is known."""
        raise RegisterUnavailable
