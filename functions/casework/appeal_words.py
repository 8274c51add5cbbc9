"""An appeal in words for staff: what came in, what is known of the time, and what has been done about it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from functions.casework import words
from functions.casework.cards import cards
from shared.app import house
from shared.domain.appeal_items import Appeal, AppealRuling, RulingKind, Sent
from shared.domain.appeal_time import TimeCheck, Told
from shared.records.appeal_cases import CaseAppeals
from shared.records.casefiles import CaseFile
from shared.web import gettext, language, mark, principal
from shared.web.words import day, moment

_TOLD: Final = {
    Told.OPENED: mark("Brevet med beslutet öppnades i inkorgen %(day)s."),
    Told.POSTED: mark("Brevet med beslutet postades %(day)s. När det kom fram vet vi inte."),
    Told.UNOPENED: mark("Brevet med beslutet ligger oöppnat i inkorgen. Då har ingen tid börjat räknas."),
    Told.UNKNOWN: mark("Vi hittar inget brev med beslutet."),
}
_COUNTED: Final = {
    True: mark("Räknat så kom överklagandet i rätt tid."),
    False: mark(
        "Räknat så kom överklagandet för sent. Se efter om det beror på oss, eller om domstolen fick det i tid."
    ),
    None: mark("Det går inte att räkna säkert. När ni inte vet räknas det som i rätt tid."),
}
RULINGS: Final = {
    RulingKind.IN_TIME: mark("Kom in i rätt tid"),
    RulingKind.DISMISSED: mark("Avvisat som för sent"),
    RulingKind.LIFTED: mark("Avvisningen är hävd: det räknas som i rätt tid"),
    RulingKind.KEPT: mark("Omprövat: beslutet ändras inte"),
    RulingKind.CHANGED: mark("Omprövat: beslutet är ändrat"),
    RulingKind.HANDED_OVER: mark("Lämnat till förvaltningsrätten"),
}
WAYS: Final = {
    Sent.POST: mark("Post"),
    Sent.SECURE: mark("Säker digital kommunikation eller domstolens e-tjänst"),
    Sent.BY_HAND: mark("Lämnades på plats"),
}


def beside(found: CaseFile, *first: RulingKind) -> list[dict[str, Any]]:
    """What is read beside the forms: how the time counts, and the appeal with its additions; the reading is logged.

    What was decided of the kinds that come `first` stands above it.
    """
    opened = house().appeal_cases.of_case(principal(), found.case.id)
    if opened is None:
        return []
    return [*(_signed(one) for one in opened.rulings if one.kind in first), _time(opened.check), *filed(opened)]


def beside_lifting(found: CaseFile) -> list[dict[str, Any]]:
    """The same, and first why it was dismissed."""
    return beside(found, RulingKind.DISMISSED)


def _signed(one: AppealRuling) -> dict[str, Any]:
    shown = ruling(one, house().clock.now())
    return {**shown, "language": language(), "rows": [{**row, "field": ""} for row in shown["rows"]]}


def filed(opened: CaseAppeals) -> list[dict[str, Any]]:
    """The appeal and what was added to it, each a card in its own words that says when it came in."""
    found: list[dict[str, Any]] = []
    for one in (*opened.appeals, *opened.earlier):
        if one.withdraws:
            continue
        kind = gettext(_kind(one, earlier=one in opened.earlier))
        when = moment(one.received_at, language())
        shown = [*cards(one.snapshot), *(cards(one.contact) if one.contact else ())]
        found.append({**shown[0], "title": f"{kind} {when}", "rows": [row for part in shown for row in part["rows"]]})
    return found


def _kind(one: Appeal, *, earlier: bool) -> str:
    if earlier:
        return mark("Tidigare tillägg") if one.adds_to else mark("Tidigare överklagande")
    return mark("Tillägg") if one.adds_to else mark("Överklagande")


def added(opened: CaseAppeals) -> str:
    """When the last addition to the appeal came in, or nothing."""
    found = [one.received_at for one in opened.appeals if one.adds_to and not one.withdraws]
    return moment(max(found), language()) if found else ""


def withdrawn(opened: CaseAppeals) -> str:
    """When the appeal was taken back, or nothing."""
    found = next((one for one in opened.appeals if one.withdraws), None)
    return moment(found.received_at, language()) if found else ""


def counted(check: TimeCheck) -> list[str]:
    """What is known of the time, sentence by sentence, the count last."""
    said = [gettext(_TOLD[check.told], day=_day(check.day) if check.day else "")]
    if check.last_day is not None:
        said.append(gettext("Sista dagen: %(day)s.", day=_day(check.last_day)))
    return [*said, gettext("Överklagandet kom in %(day)s.", day=_day(check.received)), gettext(_COUNTED[check.in_time])]


def ruling(one: AppealRuling, now: datetime) -> dict[str, Any]:
    """One thing that was decided or done."""
    rows = [{"key": key, "value": value} for key, value in _rows(one) if value]
    by = f"{words.staff_name(one.by)}, {one.title}"
    return {"title": gettext(RULINGS[one.kind]), "rows": rows, "by": by, "at": moment(one.at, language(), now)}


def _rows(one: AppealRuling) -> Iterator[tuple[str, str]]:
    yield gettext("Fick del av beslutet"), _day(one.told_on) if one.told_on else ""
    yield gettext("Sista dag"), _day(one.last_day) if one.last_day else ""
    yield gettext("Skickades"), _day(one.on) if one.on else ""
    yield gettext("Hur"), gettext(WAYS[one.how]) if one.how else ""
    yield gettext("Skäl") if one.kind is not RulingKind.HANDED_OVER else gettext("Anteckning"), one.reasons


def _time(check: TimeCheck) -> dict[str, Any]:
    rows = [{"key": gettext("Så räknar systemet"), "value": "\n".join(counted(check)), "field": ""}]
    return {"title": gettext("Tiden"), "language": language(), "rows": rows}


def _day(when: Any) -> str:
    return day(when, language())
