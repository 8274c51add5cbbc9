"""Where a letter on paper goes when it is printed: the register's word of that moment, not that of the sending."""

from dataclasses import replace
from enum import StrEnum

from shared.domain.letter_recipients import lines, of_an_adult
from shared.domain.letters import Recipient, Relation
from shared.domain.register import Contact, Family, Outcome, Registration, Reply


class Held(StrEnum):
    """Why a letter is not printed now."""

    UNAVAILABLE = "unavailable"
    """The register does not answer: nobody knows whether the address still may be used."""
    DECEASED = "deceased"
    MOVED_OUT = "moved_out"
    """Registered as having left the country: the address is nobody's who reads this."""
    NOT_GUARDIAN = "not_guardian"
    """The register no longer names the recipient as the child's guardian."""
    UNSURE = "unsure"
    """The register does not know the recipient any more, or not where, or something in it does not add up."""


def delivery(to: Recipient, own: Reply, family: Reply) -> Recipient | Held:
    """The recipient as the envelope shows them now, or why there is none.

    `own` is what the register says of the recipient's number, `family` of the child's. Whoever has become protected
    (OSL 22:1-22:2, FOL 16 §), or has somebody protected in the family, goes by number alone through Skatteverket;
    whoever was, still does. Whoever has moved gets the letter where they live now. A typed address of somebody whom
    no register vouched for is the caseworker's own word, and stands while the register is silent.
    """
    person = None if own.family is None else own.family.child
    if person is not None and person.registration is Registration.DECEASED:
        return Held.DECEASED
    if to.forward or Contact.PROTECTED in {own.contact, family.contact}:
        return replace(to, address=(), forward=True)
    if held := _doubt(to, own, family):
        return held
    if person is None or not to.address or not to.confirmed:
        return to
    return _at_home(to, lines(person.address), person.registration, family)


def _doubt(to: Recipient, own: Reply, family: Reply) -> Held | None:
    if Outcome.UNAVAILABLE in {own.outcome, family.outcome}:
        return Held.UNAVAILABLE if to.confirmed and to.address else None
    if to.relation is Relation.GUARDIAN and not _is_guardian(to, family.family):
        return Held.UNSURE if family.family is None else Held.NOT_GUARDIAN
    return Held.UNSURE if to.confirmed and own.family is None else None


def _is_guardian(to: Recipient, family: Family | None) -> bool:
    return family is not None and to.number in family.child.guardians


def _at_home(to: Recipient, now: tuple[str, ...], registration: Registration, family: Reply) -> Recipient | Held:
    if registration is Registration.MOVED_OUT:
        return Held.MOVED_OUT
    asked = of_an_adult(family) if to.relation is Relation.APPLICANT else family
    sure = asked.contact is Contact.OPEN
    if to.relation is Relation.OTHER and not sure:
        return to  # as at the sending: the typed address, of somebody who is known not to be protected
    return replace(to, address=now) if sure and now else Held.UNSURE
