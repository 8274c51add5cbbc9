"""The deadlines of the law, and what this municipality has decided where the law leaves it open; read only."""

from typing import Any, Final

from flask import Blueprint, render_template

from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.deadline_law import LAW, Confidence, Roll, Rule, Span
from shared.domain.own_law import AS_THE_LAW, OwnRule
from shared.web import gettext, language, mark, ngettext
from shared.web.words import day

pages = Blueprint("law", __name__, url_prefix="/forvaltning/frister")

NAMES: Final = {
    "skyddsbedomning": mark("Skyddsbedömning"),
    "forhandsbedomning": mark("Beslut om att inleda utredning"),
    "aterkoppling": mark("Återkoppling till den som har anmält"),
    "aterkoppling_genast": mark("Återkoppling när en utredning redan pågår"),
    "utredning": mark("Utredning"),
}
SURE: Final = {
    Confidence.STATUTE: mark("Står i lagtexten."),
    Confidence.SECOND_HAND: mark("Bygger på en källa i andra hand."),
    Confidence.PRACTICE: mark("Bygger på praxis."),
    Confidence.UNCERTAIN: mark("Osäkert: er jurist behöver ta ställning."),
}


@pages.get("")
def show() -> str:
    """Every deadline as it holds today."""
    today, own = local_date(house().clock.now()), house().municipality.law
    rows = [one for one in LAW if one.valid_from <= today and (one.valid_to is None or today < one.valid_to)]
    return render_template(
        "law.html",
        rows=[_row(one, own.get(one.name, AS_THE_LAW)) for one in rows],
        since=day(house().municipality.valid_from, language()),
    )


def _row(law: Rule, own: OwnRule) -> dict[str, Any]:
    held = own.over(law)
    return {
        "title": gettext(NAMES[law.name]),
        "length": _length(law),
        "source": law.source,
        "sure": gettext(SURE[law.confidence]),
        "facts": [*_facts(held)],
        "own": own.why,
    }


def _length(law: Rule) -> str:
    if law.count == 0:
        return gettext("Genast: samma dag")
    said = {
        Span.DAYS: ngettext("%(num)s dag", "%(num)s dagar", law.count),
        Span.WEEKS: ngettext("%(num)s vecka", "%(num)s veckor", law.count),
        Span.MONTHS: ngettext("%(num)s månad", "%(num)s månader", law.count),
    }
    return said[law.span]


def _facts(held: Rule) -> list[str]:
    found = []
    if held.remind_days:
        days = ", ".join(map(str, held.remind_days))
        found.append(gettext("Påminner så många dagar före sista dagen: %(days)s", days=days))
    if held.duty_from is not None:
        found.append(gettext("Jouren får veta genast från kl. %(clock)s", clock=f"{held.duty_from:%H.%M}"))
    if held.unassigned_after is not None:
        minutes = int(held.unassigned_after.total_seconds() // 60)
        found.append(
            gettext("Gruppledaren får veta om ingen har tagit ärendet efter %(minutes)s minuter", minutes=minutes)
        )
    if held.roll is Roll.DUE:
        found.append(gettext("En sista dag som inte är en arbetsdag flyttas till nästa"))
    return found
