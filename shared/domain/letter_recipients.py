"""Who a letter in a child's case may go to, as the population register knows them: silence and doubt are no answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from shared.domain.cases import Case, birth_date
from shared.domain.ids import PersonIndex
from shared.domain.letters import Recipient, Relation
from shared.domain.register import Address, Contact, Doubt, Outcome, RegisteredPerson, Registration, Reply, same_person

OWN_FROM: Final = 15
"""Years from which a child is a party of its own (SoL 3:4)."""
_ANOTHER_PERSON: Final = frozenset({Doubt.NAME_DIFFERS, Doubt.OF_AGE})
"""Doubts that make the family in the register perhaps another family: nobody of it is offered."""

_OF_ADULTS: Final = frozenset({Doubt.OF_AGE, Doubt.NO_GUARDIAN})

Index: TypeAlias = Callable[[str], PersonIndex]
"""The keyed index of a number."""


def candidates(reply: Reply, index: Index, today: date) -> tuple[Recipient, ...]:
    """The living guardians, and the child from 15; nobody while the register is silent or may mean another child.

    Addresses come along only when nobody is protected and nothing is in doubt.
    """
    family = reply.family
    if family is None or _ANOTHER_PERSON & set(reply.doubts):
        return ()
    living = [one for one in family.guardians if one.registration is not Registration.DECEASED]
    found = [_recipient(one, Relation.GUARDIAN, reply, index) for one in living]
    if is_own_party(family.number, today):
        found.append(_recipient(family.child, Relation.CHILD, reply, index))
    return tuple(found)


def applicant(case: Case, own: Reply) -> tuple[Recipient, ...]:
    """Who has applied, in the own matter: `own` is what the register says of that number, `of_an_adult`.

    Nobody who is dead. The address comes along only when nobody is protected and nothing is in doubt.
    """
    person = None if own.family is None else own.family.child
    if case.applicant is None or (person is not None and person.registration is Registration.DECEASED):
        return ()
    address = lines(person.address) if person is not None and own.contact is Contact.OPEN else ()
    known = Recipient(case.applicant, case.person.number, case.person.name, Relation.APPLICANT, address)
    return (replace(known, forward=own.contact is Contact.PROTECTED, confirmed=person is not None and not own.doubts),)


def of_an_adult(reply: Reply) -> Reply:
    """What the register says of somebody who need not be a child: being of age and without guardians is no doubt."""
    return replace(reply, doubts=tuple(one for one in reply.doubts if one not in _OF_ADULTS))


def is_own_party(number: str, today: date) -> bool:
    """Whether the person of this number has turned 15 (SoL 3:4)."""
    born = birth_date(number)
    return born is not None and (today.year - OWN_FROM, today.month, today.day) >= (born.year, born.month, born.day)


def other(number: str, name: str, typed: tuple[str, ...], index: Index, *, own: Reply, family: Reply) -> Recipient:
    """Somebody whom staff named, with what the register says of that number (`own`) and of the child (`family`).

    The typed address counts only when nobody is known to be protected; the register's goes before it.
    """
    forward = Contact.PROTECTED in {own.contact, family.contact}
    registered = () if own.family is None else lines(own.family.child.address)
    sure = family.contact is Contact.OPEN  # `own` has the doubts of an answer about a child, and means an adult
    return Recipient(
        index=index(number),
        number=number,
        name=name,
        relation=Relation.OTHER,
        address=() if forward else (registered if sure and registered else typed),
        forward=forward,
        confirmed=own.family is not None,
    )


def is_another(own: Reply, name: str) -> bool:
    """Whether the register gives the number to somebody of a wholly other name, or to somebody who has died."""
    if own.outcome is not Outcome.ANSWERED or own.family is None:
        return False
    person = own.family.child
    return person.registration is Registration.DECEASED or not same_person(person.name, name)


def lines(address: Address | None) -> tuple[str, ...]:
    """The address as it stands on an envelope."""
    if address is None:
        return ()
    care_of = (f"c/o {address.care_of}",) if address.care_of else ()
    return (*care_of, address.street, f"{address.postcode} {address.town}")


def _recipient(person: RegisteredPerson, relation: Relation, reply: Reply, index: Index) -> Recipient:
    return Recipient(
        index=index(person.number),
        number=person.number,
        name=person.name,
        relation=relation,
        address=lines(person.address) if reply.contact is Contact.OPEN else (),
        forward=reply.contact is Contact.PROTECTED,
        confirmed=not reply.doubts,
    )
