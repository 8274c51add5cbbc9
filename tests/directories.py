"""Builders: what an administrator does to the directory of a house."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.directory import Entity
from shared.domain.ids import StaffId, SubmissionId
from shared.domain.municipality import Staff
from shared.domain.principals import Role
from shared.records.submissions import Sent, Submission
from tests.people import staff

RONJA: Final = staff("ronja", Role.ADMINISTRATOR, socionom=False)
"""Looks after the people and reads no cases."""


def sent(id: str = "", **content: Any) -> Submission:
    """One form that Ronja sends."""
    return Submission(str(RONJA.staff), SubmissionId(id or fresh()), content)


def person(house: House, id: str) -> Staff:
    """The person as the directory knows them, here or gone."""
    return house.administration.directory(RONJA).staff[StaffId(id)]


def put(house: House, entity: Entity, seen: int | None = None) -> Sent:
    """Ronja adds or changes it, as she last saw it."""
    rev = seen
    if rev is None:
        rev = _rev(house, entity)
    return house.administration.put(RONJA, entity, rev, sent())


def change(house: House, id: str, **changed: Any) -> Staff:
    """Ronja changes the person; as they stand afterwards."""
    put(house, replace(person(house, id), **changed))
    return person(house, id)


def leaves(house: House, id: str, last_day: date) -> Staff:
    """Ronja writes down the person's last day."""
    return change(house, id, last_day=last_day)


def take_roles(house: House, id: str) -> Staff:
    """The person keeps the employment and loses every role."""
    return change(house, id, roles=frozenset())


def _rev(house: House, entity: Entity) -> int:
    from shared.records.directory_rows import COLLECTION, row_id

    document = house.store.get(COLLECTION, row_id(entity))
    return 0 if document is None else document.rev
