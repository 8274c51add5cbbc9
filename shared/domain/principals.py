"""Who acts: a principal is made in one place from a verified login and is never merged with input."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.domain.ids import ItemId, OrganisationId, PersonIndex, SessionId, StaffId, UnitId


class Kind(StrEnum):
    RESIDENT = "resident"
    REPORTER = "reporter"
    STAFF = "staff"
    INVITED = "invited"
    """Somebody with the code of a letter and no e-ID: reaches that one invitation, and nothing else."""
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


class Role(StrEnum):
    INTAKE_CASEWORKER = "intake_caseworker"
    TEAM_LEAD = "team_lead"
    DUTY = "duty"
    ADMINISTRATOR = "administrator"
    """Looks after the people and the organisations, and reads no case."""


CASE_ROLES: Final = frozenset({Role.INTAKE_CASEWORKER, Role.TEAM_LEAD, Role.DUTY})
"""The roles that work with reports; an administrator without one of these opens no case."""


@dataclass(frozen=True, slots=True)
class Principal:
    """One acting person or machine, as the login proved it.

    `person` is a keyed index and never a personnummer. `name` is for display to the
    person itself and to colleagues; it is never logged.
    """

    kind: Kind
    person: PersonIndex | None = None
    name: str = ""
    session: SessionId | None = None
    assurance: int = 0
    organisation: OrganisationId | None = None
    organisation_name: str = ""
    staff: StaffId | None = None
    unit: UnitId | None = None
    roles: frozenset[Role] = frozenset()
    socionom: bool = False
    invitation: ItemId | None = None
    """The one invitation of somebody `INVITED`, who has no `person`: whatever belongs to a person is not theirs."""
    letter: ItemId | None = None
    """The letter whose code opened it; that of an older letter opens nothing any more."""

    def has(self, role: Role) -> bool:
        """Whether the principal holds the role."""
        return role in self.roles


ANONYMOUS = Principal(Kind.ANONYMOUS)
SYSTEM = Principal(Kind.SYSTEM)
