"""What would have left the house, in one list: in the practice room no phone rings and no inbox fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.app import House
from shared.domain.addressees import Addressee, addressee
from shared.domain.messages import DUTY_PHONE, Channel, staff_recipient
from shared.web import gettext, mark

_CHANNELS: Final[Mapping[Channel, tuple[str, str]]] = {
    Channel.SMS: ("phone", mark("Sms")),
    Channel.EMAIL: ("message", mark("E-post")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as its recipient would see it: the way it went, whose address it is, the words."""

    icon: str
    channel: str
    to: str
    address: str
    at: datetime
    subject: str
    text: str
    urgent: bool


def posted(house: House) -> list[Shown]:
    """The latest hundred, newest first."""
    names = _names(house)
    shown = []
    for one in house.practice_post.newest:
        icon, channel = _CHANNELS[one.channel]
        subject = one.out.subject if one.channel is Channel.EMAIL else ""
        to = names.get(one.out.to, "")
        shown.append(Shown(icon, gettext(channel), to, one.out.to, one.at, subject, one.out.text, one.out.urgent))
    return shown


def _names(house: House) -> dict[str, str]:
    """Who answers at which address."""
    directory = house.municipality
    people = {one.name: addressee(staff_recipient(one.id), directory) for one in directory.staff.values()}
    known: dict[str, Addressee | None] = {**people, gettext("Jourtelefonen"): addressee(DUTY_PHONE, directory)}
    return {address: name for name, to in known.items() if to is not None for address in to.addresses.values()}
