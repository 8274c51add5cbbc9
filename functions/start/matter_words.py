"""How a matter is told to the person whose it is: how it stands, what comes next, and when; never more than the law."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from flask import url_for

from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.cases import AppealState, CaseKind, Step
from shared.domain.deadlines import last_day
from shared.domain.matters import Turn
from shared.web import gettext, language, local_text, mark
from shared.web.words import day, moment

if TYPE_CHECKING:
    from shared.domain.cases import CaseAppeal, CaseWithdrawal
    from shared.domain.supplements import Supplement
    from shared.records.drafts import Draft
    from shared.records.own_matters import Matter

_KINDS: Final = {CaseKind.EKONOMISKT_BISTAND: mark("Ekonomiskt bistånd")}
_STANDING: Final = {
    Step.FORSTA_GENOMGANG: mark("Vi har fått din ansökan"),
    Step.HANDLAGGNING: mark("Vi arbetar med din ansökan"),
    Step.RATTIDSPROVNING: mark("Vi har fått ditt överklagande"),
    Step.OMPROVNING: mark("Vi läser beslutet igen"),
    Step.OVERLAMNANDE: mark("Överklagandet ska till domstolen"),
}
_READ_BY: Final = ("bistand_genast", "bistand_genomgang")
_AIM: Final = "bistand_beslut"
_MAY_DEMAND: Final = "bistand_sex_manader"
_HANDING_OVER: Final = "overklagande"


def matter(one: "Matter", now: datetime) -> dict[str, Any]:
    """One own matter as the page shows it."""
    unit = house().municipality.units.get(one.unit)
    return {
        "title": gettext(_KINDS.get(one.kind, mark("Ansökan"))),
        "reference": one.reference,
        "href": f"/ansok/kvitto/{one.application}" if one.application else None,
        "over": one.turn is Turn.OVER,
        "asked": None if one.asked is None else _asked(one.asked, now),
        "status": _status(one),
        "came": moment(one.opened_at, language(), now),
        "coming": [] if one.turn is Turn.OVER else _coming(one, local_date(now)),
        "unit": unit.name if unit else house().municipality.name,
        "phone": unit.phone if unit else house().municipality.contact.phone,
        "decided": one.decided,
        "letter_href": url_for("inbox.read", id=one.decision_letter) if one.decision_letter else None,
        "withdrawn": None if one.withdrawn is None else _withdrawn(one.withdrawn),
        **_appeal(one),
    }


def _withdrawn(withdrawn: "CaseWithdrawal") -> dict[str, str]:
    """That the application was taken back, and the letter that confirms it."""
    return {
        "said": gettext("Ansökan togs tillbaka %(day)s. Den prövas inte. Du kan ansöka igen.", day=_said(withdrawn.on)),
        "href": url_for("inbox.read", id=withdrawn.letter),
    }


def _appeal(one: "Matter") -> dict[str, Any]:
    """Where the decision is appealed, or how far that has come."""
    if one.appeal is None:
        return {"appeal_href": f"/overklaga/{one.decision}" if one.decision_letter else None, "appealed": []}
    again = one.appeal.again
    return {
        "receipt_href": f"/overklaga/kvitto/{one.appeal.id}",
        "appeal_href": f"/overklaga/{again}" if again else None,
        "add_href": None if again else f"/overklaga/{one.appeal.decision}",
        "appealed": list(_appealed(one, one.appeal)),
    }


def _appealed(one: "Matter", appeal: "CaseAppeal") -> Iterator[str]:
    yield gettext("Du överklagade: det kom in %(day)s.", day=_said(appeal.received))
    if appeal.added is not None:
        yield gettext("Du lade till mer i överklagandet: det kom in %(day)s.", day=_said(appeal.added))
    if appeal.on is not None:
        yield gettext("Vi skickade det till domstolen %(day)s.", day=_said(appeal.on))
    if appeal.state is AppealState.DISMISSED:
        yield gettext("Vi har bestämt att det kom in för sent. Det beslutet kan du överklaga.")
    elif appeal.state is AppealState.WITHDRAWN:
        yield gettext("Du har tagit tillbaka det.")
    elif _HANDING_OVER in one.running:
        by, today = last_day(one.running[_HANDING_OVER]), local_date(house().clock.now())
        yield _handing_over(by, today, added=appeal.on is not None)


def _handing_over(by: date, today: date, *, added: bool) -> str:
    if added and by >= today:
        return gettext("Det du har lagt till skickar vi vidare, senast %(day)s.", day=_said(by))
    if by < today:
        return gettext(
            "Vi skulle ha skickat det till domstolen senast %(day)s. Felet är vårt. Ring oss.", day=_said(by)
        )
    return gettext("Vi läser beslutet igen och skickar sedan allt till domstolen, senast %(day)s.", day=_said(by))


def answered(when: datetime | None, now: datetime) -> str | None:
    """That something in the own file has been answered, and when; None for nothing of late."""
    if when is None:
        return None
    return gettext("Du fick svar %(when)s.", when=moment(when, language(), now))


def draft(one: "Draft", now: datetime) -> dict[str, str]:
    """One draft: what, when it was saved, and the last whole day it is kept."""
    from shared.formkit.declared import declared

    form = declared(one.form)
    return {
        "title": local_text(form.title) if form else gettext("Ansökan"),
        "href": f"{'/overklaga' if one.about else '/ansok'}/utkast/{one.id}",
        "saved": moment(one.saved_at, language(), now),
        "kept": day(local_date(one.expires_at) - timedelta(days=1), language(), year=False),
    }


def _asked(asked: "Supplement", now: datetime) -> dict[str, Any]:
    """What is missing, how much has come, and by when."""
    until, missing = last_day(asked.due), asked.missing
    return {
        "href": f"/ansok/komplettering/{asked.id}",
        "names": [local_text(item.name) for item in missing],
        "by": _said(until),
        "late": until < local_date(now),
        "came": gettext("%(came)s av %(of)s har kommit.", came=len(asked.items) - len(missing), of=len(asked.items)),
    }


def _status(one: "Matter") -> str:
    if one.turn is Turn.APPLICANT:
        return gettext("Vi väntar på dig")
    if one.appeal is not None and one.appeal.state is AppealState.ADDED:
        return gettext("Det du lade till ska till domstolen")
    if one.turn is Turn.OVER:
        if one.appeal is not None and one.appeal.on is not None:
            return gettext("Hos domstolen")
        if one.withdrawn is not None:
            return gettext("Återkallad")
        return gettext("Vi har bestämt") if one.decided else gettext("Avslutat")
    return gettext(_STANDING.get(one.step, mark("Vi arbetar med din ansökan")))


def _coming(one: "Matter", today: date) -> list[str]:
    """The next step with its day, and when it is decided. A day that has passed is said to have passed."""
    reading = min((last_day(one.running[name]) for name in _READ_BY if name in one.running), default=None)
    said = [] if reading is None else [_reading(reading, today)]
    if _AIM in one.running:
        aim = _deciding(last_day(one.running[_AIM]), today)
        said.append(aim if one.promised is None else _promised(one.promised, today))
    if _MAY_DEMAND in one.running and last_day(one.running[_MAY_DEMAND]) < today:
        said.append(gettext("Det har gått mer än sex månader. Då får du skriva till oss och begära att vi bestämmer."))
    return said


def _reading(by: date, today: date) -> str:
    if by < today:
        return gettext("Vi skulle ha läst den senast %(day)s. Felet är vårt. Ring oss.", day=_said(by))
    return gettext("Nu läser vi den, senast %(day)s. Behöver vi veta mer hör vi av oss.", day=_said(by))


def _deciding(by: date, today: date) -> str:
    if by < today:
        return gettext("Vi siktade på att bestämma senast %(day)s. Vi är sena. Ring oss om du undrar.", day=_said(by))
    return gettext("Vi siktar på att bestämma senast %(day)s.", day=_said(by))


def _promised(by: date, today: date) -> str:
    if by < today:
        return gettext("Vi skrev att vi skulle bestämma senast %(day)s. Felet är vårt. Ring oss.", day=_said(by))
    return gettext("Det dröjer, som vi skrev. Nu räknar vi med att bestämma senast %(day)s.", day=_said(by))


def _said(when: date) -> str:
    return day(when, language(), year=False)
