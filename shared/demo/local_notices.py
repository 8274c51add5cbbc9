"""What the product has told its staff, in words and in one list: in the practice room nobody has an inbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shared.app import House
from shared.domain.deadlines import last_day
from shared.domain.login import renew
from shared.domain.municipality import Municipality
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Kind, Principal, Role
from shared.web import gettext, mark
from shared.web.law_words import CLOCKS

_SHOWN: Final = 25
_ROLES: Final[Mapping[Role, str]] = {
    Role.INTAKE_CASEWORKER: mark("alla socialsekreterare i mottagningen"),
    Role.TEAM_LEAD: mark("gruppledaren"),
    Role.DUTY: mark("jouren"),
    Role.ADMINISTRATOR: mark("den som sköter behörigheter"),
}
_TITLES: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.ACUTE_REPORT: mark("En anmälan säger att ett barn kan vara i fara"),
    NoticeKind.URGENT_APPLICATION: mark("En ansökan som inte kan vänta"),
    NoticeKind.SUPPLEMENT_SENT: mark("Den sökande har skickat något som begärts"),
    NoticeKind.PAGE_FAILED: mark("Jouren har inte nåtts"),
    NoticeKind.CASE_ASSIGNED: mark("Gruppledaren har fördelat ett ärende"),
    NoticeKind.REPORT_ATTACHED: mark("En ny anmälan hör till en utredning som pågår"),
    NoticeKind.CASE_GIVEN_BACK: mark("Ett ärende saknar handläggare: den som hade det kan inte ha det längre"),
    NoticeKind.FEEDBACK_REQUESTED: mark("En anmälare vill ha återkoppling, och beslutet är fattat"),
    NoticeKind.NOTE_OBJECTED_TO: mark("Någon tycker att en anteckning om dem är fel"),
    NoticeKind.FILE_ADDED_TO: mark("Någon har lagt till något i sin akt"),
    NoticeKind.APPEAL_WITHDRAWN: mark("Ett överklagande är återkallat"),
    NoticeKind.APPEAL_ADDED_TO: mark("Något är tillagt i ett överklagande"),
    NoticeKind.APPEAL_RECEIVED: mark("Ett beslut är överklagat"),
    NoticeKind.FILE_STOPPED: mark("En bilaga till en anmälan har stoppats"),
}
_CLOCKS: Final[Mapping[str, str]] = {
    **CLOCKS,
    "skyddsbedomning": mark("Skyddsbedömningen"),
    "synpunkt": mark("Svaret på en synpunkt"),
    "uppfoljning": mark("Uppföljningen"),
    "komplettering": mark("Kompletteringen av ansökan"),
    "forhandsbedomning": mark("Förhandsbedömningen"),
    "aterkoppling": mark("Återkopplingen"),
    "aterkoppling_genast": mark("Återkopplingen"),
    "utredning": mark("Utredningen"),
    "bistand_genast": mark("Läsningen av ansökan"),
    "bistand_genomgang": mark("Läsningen av ansökan"),
    "bistand_beslut": mark("Beslutet om ansökan"),
    "bistand_sex_manader": mark("Handläggningen av ansökan"),
    "overklagande": mark("Överlämnandet av ett överklagande"),
}
_REMINDERS: Final[Mapping[str, str]] = {
    "acute": mark("ska göras genast"),
    "unassigned": mark("har ingen handläggare än"),
    "overdue": mark("är försenad"),
    "T-0": mark("ska vara klar i dag"),
    "T-1": mark("ska vara klar i morgon"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One notice in words: what it says, to whom, when; the last day of what it reminds of, and if that is over."""

    says: str
    to: str
    at: datetime
    last_day: date | None
    late: bool
    urgent: bool


def told(house: House) -> list[Told]:
    """The newest notices to anybody on the staff, newest first; at most 25."""
    directory = house.municipality
    found = {notice.id: notice for one in _everybody(directory) for notice in house.notices.newest(one)}
    newest = sorted(found.values(), key=lambda notice: (notice.at, notice.id), reverse=True)[:_SHOWN]
    now = house.clock.now()
    return [_told(one, directory, now) for one in newest]


def _told(notice: Notice, directory: Municipality, now: datetime) -> Told:
    last = None if notice.due is None else last_day(notice.due)
    late = notice.due is not None and notice.due <= now
    return Told(_says(notice), _to(notice, directory), notice.at, last, late, _urgent(notice))


def _everybody(directory: Municipality) -> list[Principal]:
    known = (renew(Principal(Kind.STAFF, staff=id), directory) for id in directory.staff)
    return [one for one in known if one is not None]


def _says(notice: Notice) -> str:
    if notice.kind in _TITLES:
        return gettext(_TITLES[notice.kind])
    clock = gettext(_CLOCKS.get(notice.deadline, notice.deadline))
    return f"{clock} {_reminder(notice.warning)}"


def _reminder(warning: str) -> str:
    if warning in _REMINDERS:
        return gettext(_REMINDERS[warning])
    return gettext("ska vara klar om %(days)s dagar", days=warning.removeprefix("T-"))


def _to(notice: Notice, directory: Municipality) -> str:
    if notice.staff is not None:
        known = directory.staff.get(notice.staff)
        return notice.staff if known is None else known.name
    return "" if notice.role is None else gettext(_ROLES[notice.role])


def _urgent(notice: Notice) -> bool:
    return notice.acute or notice.kind is NoticeKind.ACUTE_REPORT or notice.warning == "overdue"
