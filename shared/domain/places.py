"""Where what comes in lands: the unit, and the akt of the person it is about."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.cases import CasePerson
from shared.domain.change import Item
from shared.domain.ids import AktId, KeyId, PersonId, PersonIndex, UnitId
from shared.domain.persons import Akt, Person


@dataclass(frozen=True, slots=True)
class Place:
    """Where it lands: the unit, and the person's akt, known or to be made.

    `case_key` seals the case. A person who is not known before has a `person_key`, which seals the person; both keys
    exist before their first data and belong to the akt.
    """

    unit: UnitId
    akt: AktId
    case_key: KeyId
    person: PersonIndex | None = None
    person_key: KeyId | None = None


def new_person(about: CasePerson, place: Place, fresh: Callable[[], str]) -> tuple[Item, ...]:
    """The person and the akt to be made; nothing when they are known."""
    if place.person_key is None:
        return ()
    person = PersonId(fresh())
    return (
        Person(person, 0, place.akt, place.person_key, about.name, about.number, place.person),
        Akt(place.akt, 0, person),
    )
