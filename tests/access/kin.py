"""Those who are close to what stands in the town and have no part in it: whom the report is about, and who had part."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from shared.app import House
from shared.domain.letters import Recipient
from shared.domain.principals import Principal
from tests.functions.inbox_browser import resident
from tests.journeys.town import PEOPLE, Town
from tests.letters import named
from tests.registers import FATHER, MOTHER

REPORTED, FORMER = MOTHER, FATHER
"""Who is named in the report as having custody, and who had it when letters came."""
LIKE: Final = "another resident"
"""They are met as anybody else is."""


def kin(town: Town) -> Mapping[str, Principal | None]:
    """Everybody who is met like another resident, also where that is let in: they see their own things there, if any.

    Where letters were sent, the former guardian has one of the case.
    """
    return {
        LIKE: PEOPLE[LIKE],
        "the reported": replace(resident(town.house, REPORTED), name="Karin Exempel"),
        "a former guardian": replace(resident(town.house, FORMER), name="Omar Exempel"),
    }


def former_guardian(house: House) -> Recipient:
    """The former guardian, as staff named them."""
    return named(str(resident(house, FORMER).person), number=FORMER, name="Omar Exempel")
