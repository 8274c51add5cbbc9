"""A person and the personakt that holds the person's cases."""

from dataclasses import dataclass

from shared.domain.ids import AktId, KeyId, PersonId, PersonIndex


@dataclass(frozen=True, slots=True)
class Person:
    """Someone a case is about. `index` is None while the identity is unknown. `name` and `number` lie sealed."""

    id: PersonId
    rev: int
    akt: AktId
    key: KeyId
    name: str
    number: str
    index: PersonIndex | None = None


@dataclass(frozen=True, slots=True)
class Akt:
    """A personakt (SoL 20:1: a child's assessment is documented in one). Legal hold sits here.

    It is kept as long as its person, whose key carries the retention class, and holds nothing about anybody.
    """

    id: AktId
    rev: int
    person: PersonId
    legal_hold: bool = False
