"""Codes of cases, clocks and the trail in words, in the reader's language."""

from datetime import datetime
from typing import Any, Final

from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.cases import AgeBand, Case, CaseClock, CaseKind, ClockState, Step
from shared.domain.change import Action
from shared.domain.clock_view import ClockKind, clock_view
from shared.domain.ids import StaffId, UnitId
from shared.domain.letters import LetterKind
from shared.domain.municipality import Municipality, Staff
from shared.domain.principals import Role
from shared.domain.queue import Filter, Group
from shared.domain.reports import AskedHow
from shared.formkit.loading import load
from shared.settings import ROOT
from shared.web import gettext, language, local_text, mark, ngettext
from shared.web.words import clock_time, moment, near_day, short_day

KINDS: Final = {
    CaseKind.OROSANMALAN: mark("Orosanmälan"),
    CaseKind.UTREDNING: mark("Utredning"),
    CaseKind.EKONOMISKT_BISTAND: mark("Ekonomiskt bistånd"),
}
STEPS: Final = {
    Step.SKYDDSBEDOMNING: mark("Skyddsbedömning"),
    Step.FORHANDSBEDOMNING: mark("Beslut: inleda eller inte"),
    Step.ATERKOPPLING: mark("Återkoppling till anmälaren"),
    Step.UTREDNING: mark("Utredning"),
    Step.UPPFOLJNING: mark("Uppföljning"),
    Step.FORSTA_GENOMGANG: mark("Läsa ansökan"),
    Step.HANDLAGGNING: mark("Handläggning"),
    Step.RATTIDSPROVNING: mark("Överklagat: kom det i tid?"),
    Step.OMPROVNING: mark("Överklagat: ompröva beslutet"),
    Step.OVERLAMNANDE: mark("Överklagat: lämna till domstolen"),
    Step.AVSLUTAT: mark("Avslutat"),
}
BANDS: Final = {
    AgeBand.UNBORN: mark("väntat barn"),
    AgeBand.ADULT: mark("vuxen"),
    AgeBand.UNKNOWN: mark("okänd"),
}
SOURCES: Final = {
    "school_preschool": mark("Skola"),
    "health_dental": mark("Vården"),
    "social_services": mark("Socialtjänst"),
    "police": mark("Polisen"),
    "decision": mark("Eget beslut"),
    "application": mark("Sökte själv"),
}
"""The usual sources in one word, for lists; others are named as the report's form names them."""
ACTIONS: Final = {
    Action.REPORT_RECEIVED: mark("Anmälan kom in"),
    Action.APPLICATION_RECEIVED: mark("Ansökan kom in"),
    Action.APPLICATION_REVIEWED: mark("Läste ansökan och såg till det som inte kan vänta"),
    Action.APPLICATION_GRANTED: mark("Beslut: ansökan beviljas. Beslutet lades i sökandens inkorg"),
    Action.APPLICATION_PARTLY_GRANTED: mark("Beslut: ansökan beviljas delvis. Beslutet lades i sökandens inkorg"),
    Action.APPLICATION_REFUSED: mark("Beslut: ansökan avslås. Beslutet lades i sökandens inkorg"),
    Action.APPLICATION_DISMISSED: mark("Beslut: ansökan avvisas. Beslutet lades i sökandens inkorg"),
    Action.APPLICATION_WITHDRAWN: mark("Ansökan togs tillbaka. En bekräftelse lades i sökandens inkorg"),
    Action.SUPPLEMENT_REQUESTED: mark("Begärde komplettering"),
    Action.SUPPLEMENT_SENT: mark("Skickade något av det som begärts"),
    Action.SUPPLEMENT_ACCEPTED: mark("Godtog något av det som begärts"),
    Action.SUPPLEMENT_RENEWED: mark("Begärde komplettering igen, med ny sista dag"),
    Action.SUPPLEMENT_CLOSED: mark("Avslutade kompletteringen"),
    Action.SUPPLEMENT_READ: mark("Läste det som kommit in"),
    Action.APPEAL_RECEIVED: mark("Beslutet överklagades"),
    Action.APPEAL_ADDED_TO: mark("Tillägg till överklagandet kom in"),
    Action.APPEAL_ADDED_AFTER: mark("Tillägg till överklagandet kom in, efter att det gick till domstolen"),
    Action.APPEAL_WITHDRAWN: mark("Överklagandet togs tillbaka"),
    Action.APPEAL_IN_TIME: mark("Överklagandet kom in i rätt tid"),
    Action.APPEAL_DISMISSED: mark("Beslut: överklagandet avvisas som för sent. Beslutet lades i sökandens inkorg"),
    Action.APPEAL_DISMISSAL_LIFTED: mark("Hävde avvisningen: överklagandet går vidare"),
    Action.APPEAL_DECISION_KEPT: mark("Omprövade beslutet: det ändras inte"),
    Action.APPEAL_DECISION_CHANGED: mark("Beslut: det överklagade beslutet ändras. Beslutet lades i sökandens inkorg"),
    Action.APPEAL_HANDED_OVER: mark("Lämnade överklagandet till förvaltningsrätten"),
    Action.CASE_TAKEN: mark("Tog ärendet"),
    Action.CASE_ASSIGNED: mark("Gav ärendet till %(to)s"),
    Action.CASE_GIVEN_BACK: mark("%(to)s kan inte ha ärendet längre: det saknar handläggare"),
    Action.PROTECTION_ASSESSED: mark("Skyddsbedömning gjord"),
    Action.INVESTIGATION_OPENED: mark("Beslut: utredning inleds"),
    Action.INVESTIGATION_NOT_OPENED: mark("Beslut: utredning inleds inte"),
    Action.REPORT_ATTACHED: mark("Beslut: anmälan hör till en pågående utredning"),
    Action.INVESTIGATION_EXTENDED: mark("Beslut: längre tid för utredningen"),
    Action.INVESTIGATION_ENDED: mark("Beslut: utredningen avslutas utan insats"),
    Action.INVESTIGATION_ENDED_WITH_MEASURE: mark("Beslut: utredningen avslutas med insats"),
    Action.FOLLOW_UP_STARTED: mark("Beslut: utredningen avslutas utan insats, och barnets situation följs upp"),
    Action.FOLLOW_UP_ENDED: mark("Beslut: uppföljningen avslutas"),
    Action.FEEDBACK_REQUESTED: mark("Anmälaren bad om återkoppling, %(how)s"),
    Action.FEEDBACK_RELEASED: mark("Återkoppling hanterad"),
    Action.DECISION_SENT: mark("Skickade beslutet"),
    Action.LETTER_SENT: mark("Skickade brev: %(letter)s"),
    Action.LETTER_READ: mark("Öppnade brev: %(letter)s"),
    Action.LETTER_POSTED: mark("Postade brev: %(letter)s"),
    Action.NOTE_SIGNED: mark("Skrev i journalen"),
    Action.NOTE_REVIEWED: mark("Prövade att lämna ut en journalanteckning"),
    Action.NOTE_OBJECTED_TO: mark("Tyckte att en anteckning är fel"),
    Action.FILE_ADDED_TO: mark("La till något i sin akt"),
    Action.OBJECTION_ANSWERED: mark("Svarade den som akten gäller"),
    Action.OBJECTION_HEARD: mark("Läste det som den som akten gäller har lagt till"),
    Action.NOTE_ADDED_TO: mark("La till i en journalanteckning"),
    Action.MEETING_INVITED: mark("Bjöd in till ett möte"),
    Action.MEETING_BOOKED_FOR: mark("Bokade ett möte och skickade inbjudan"),
    Action.MEETING_INVITED_ANEW: mark("Skickade inbjudan till möte igen, med en ny kod"),
    Action.MEETING_WITHDRAWN: mark("Tog tillbaka en inbjudan till möte"),
    Action.MEETING_CONFIRMED: mark("Bokade mötet"),
    Action.MEETING_MOVED: mark("Flyttade mötet"),
    Action.MEETING_CANCELLED: mark("Avbokade mötet"),
    Action.FILE_STOPPED: mark("En bilaga har stoppats: den kan innehålla skadlig kod"),
}
ASKED: Final = {
    AskedHow.LOGGED_IN: mark("inloggad"),
    AskedHow.PHONE: mark("per telefon"),
    AskedHow.MEETING: mark("vid ett möte"),
    AskedHow.WRITTEN: mark("skriftligt"),
}
"""How a reporter asked for feedback after the report."""
LETTERS: Final = {
    LetterKind.REPORT_INVITATION: mark("Inbjudan till samtal"),
    LetterKind.INVESTIGATION_OPENED: mark("Utredning har inletts"),
    LetterKind.INVESTIGATION_EXTENDED: mark("Längre tid för utredningen"),
    LetterKind.INVESTIGATION_ENDED: mark("Utredningen är avslutad"),
    LetterKind.FOLLOW_UP_STARTED: mark("Uppföljning börjar"),
    LetterKind.FOLLOW_UP_ENDED: mark("Uppföljningen är avslutad"),
    LetterKind.COMMUNICATION: mark("Kommunicering"),
    LetterKind.DELAY_NOTICE: mark("Ärendet är försenat"),
    LetterKind.MEETING_INVITATION: mark("Inbjudan till möte, med kod"),
    LetterKind.DECISION: mark("Beslutet i original"),
    LetterKind.SUPPLEMENT: mark("Begäran om komplettering"),
    LetterKind.APPEAL_SENT_ON: mark("Överklagandet har skickats till domstolen"),
    LetterKind.APPEAL_GOES_ON: mark("Överklagandet prövas ändå"),
    LetterKind.APPLICATION_WITHDRAWN: mark("Ansökan är återkallad"),
}
GROUPS: Final = {
    Group.LATE: mark("Försenat"),
    Group.TODAY: mark("I dag"),
    Group.WEEK: mark("Denna vecka"),
    Group.LATER: mark("Senare"),
}
PILES: Final = {
    Group.LATE: mark("försenade"),
    Group.TODAY: mark("ska bli klara i dag"),
    Group.WEEK: mark("denna vecka"),
}
FILTERS: Final = {
    Filter.ALL: mark("Alla"),
    Filter.UNASSIGNED: mark("Utan handläggare"),
    Filter.MINE: mark("Mina"),
    Filter.OROSANMALAN: mark("Orosanmälningar"),
    Filter.UTREDNING: mark("Utredningar"),
    Filter.EKONOMISKT_BISTAND: mark("Ekonomiskt bistånd"),
}
_OTHERS: Final = {
    Action.LETTER_READ: mark("mottagaren"),
    Action.APPLICATION_RECEIVED: mark("sökanden"),
    Action.SUPPLEMENT_SENT: mark("sökanden"),
    Action.APPEAL_RECEIVED: mark("sökanden"),
    Action.APPEAL_ADDED_TO: mark("sökanden"),
    Action.APPEAL_ADDED_AFTER: mark("sökanden"),
    Action.APPEAL_WITHDRAWN: mark("sökanden"),
    Action.NOTE_OBJECTED_TO: mark("den som akten gäller"),
    Action.FILE_ADDED_TO: mark("den som akten gäller"),
}
"""Who does it, when it is neither staff nor the system nor a reporter."""
_REPORTER: Final = mark("anmälaren")
_DAY_HOURS: Final = 24


def waiting(case: Case) -> str:
    """What the case waits for next, in a list: that somebody reads what came, whoever applied for it, or its step."""
    if case.open and case.news:
        return gettext("Läsa komplettering")
    return gettext("Väntar på den sökande") if case.open and case.awaits else gettext(STEPS[case.step])


def age(band: AgeBand) -> str:
    """The age band: "4–6 år"."""
    if band in BANDS:
        return gettext(BANDS[band])
    return gettext("%(years)s år", years=band.value.replace("-", "–"))


def source(code: str) -> str:
    """How the case came in, as short as it can be said."""
    if code in SOURCES:
        return gettext(SOURCES[code])
    category = load(ROOT / "forms" / "concern_report_professional.toml").field("reporter_category")
    named = next((option.label for option in category.options if option.code == code), None)
    return local_text(named) if named else gettext("Inte angivet")


def clock_badge(clock: CaseClock, now: datetime) -> dict[str, str]:
    """The state of a clock for the badge, and its words."""
    if clock.state is ClockState.MET:
        ended = clock.ended_at or clock.due
        return {"state": "done", "words": gettext("Klar %(when)s", when=moment(ended, language(), now))}
    if clock.state is ClockState.CANCELLED:
        return {"state": "done", "words": gettext("Behövs inte")}
    view = clock_view(clock.due, now)
    match view.kind:
        case ClockKind.LATE:
            return {"state": "late", "words": _late(view.days, view.hours)}
        case ClockKind.TODAY:
            return {"state": "today", "words": gettext("I dag %(time)s", time=_until(clock.due))}
        case ClockKind.SOON:
            return {"state": "soon", "words": gettext("Snart: %(day)s", day=short_day(view.day, language()))}
    return {"state": "ok", "words": short_day(view.day, language())}


def clock_on_case(clock: CaseClock, now: datetime) -> dict[str, str]:
    """The same beside a date that is written out: how long is left."""
    badge = clock_badge(clock, now)
    if badge["state"] in {"soon", "ok"}:
        left = clock_view(clock.due, now).days
        return {**badge, "words": ngettext("%(num)s dag kvar", "%(num)s dagar kvar", left)}
    return badge


def _until(due: datetime) -> str:
    midnight = clock_time(due, language()).startswith("00")
    return gettext("24.00") if midnight else clock_time(due, language())


def _late(days: int, hours: int) -> str:
    if hours < _DAY_HOURS:
        return ngettext("Försenad %(num)s tim", "Försenad %(num)s tim", max(hours, 1))
    return ngettext("Försenad %(num)s dag", "Försenad %(num)s dagar", days)


def staff_name(id: str | None) -> str:
    """The employee's name, also of somebody who has left; without a row any more they are named as such."""
    if not id:
        return ""
    found = directory().staff.get(StaffId(id)) or directory().former.get(StaffId(id))
    return found.name if found else gettext("tidigare medarbetare")


def at_work(one: Staff) -> str:
    """The colleague's name, and until when they are away and who stands in."""
    if one.away is None or not one.is_away(local_date(house().clock.now())):
        return one.name
    until, instead = short_day(one.away.last_day, language()), staff_name(one.away.substitute)
    if instead:
        return gettext("%(name)s (borta till %(day)s, vikarie %(instead)s)", name=one.name, day=until, instead=instead)
    return gettext("%(name)s (borta till %(day)s)", name=one.name, day=until)


def leads(unit: UnitId) -> list[str]:
    """The names of the unit's leads."""
    return [one.name for one in directory().colleagues(unit) if Role.TEAM_LEAD in one.roles]


def directory() -> Municipality:
    """The municipality's own data."""
    return house().municipality


def day_only(instant: datetime, now: datetime) -> str:
    """The Swedish day of the instant, near days by name."""
    return near_day(local_date(instant), local_date(now), language())


def trail_entry(entry: dict[str, Any], now: datetime) -> dict[str, str]:
    """One audit entry for the timeline: when, what, who."""
    return {"when": moment(entry["at"], language(), now), "title": _done(entry), "who": _actor(entry)}


def _done(entry: dict[str, Any]) -> str:
    action, detail = Action(entry["action"]), entry["detail"]
    if action is Action.DECISION_SENT and detail != LetterKind.DECISION.value:
        action = Action.LETTER_SENT  # its words tell of the decision, whose original goes with them
    if action.value.startswith("letter:"):
        return gettext(ACTIONS[action], letter=gettext(LETTERS[LetterKind(detail)]))
    if action is Action.FEEDBACK_REQUESTED:
        return gettext(ACTIONS[action], how=gettext(ASKED[AskedHow(detail)]))
    return gettext(ACTIONS[action], to=staff_name(detail)) if detail else gettext(ACTIONS[action])


def _actor(entry: dict[str, Any]) -> str:
    if entry["actor_kind"] == "staff":
        return staff_name(entry["actor"])
    if entry["actor_kind"] in {"invited", "resident"} and entry["action"].startswith("meeting:"):
        return gettext("den inbjudna")
    if entry["actor_kind"] == "system":
        return gettext("systemet")
    return gettext(_OTHERS.get(entry["action"], _REPORTER))
